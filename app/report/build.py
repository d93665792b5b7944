"""From the inputs to the report's model: redacted, in words, drawable."""

from msgspec.structs import replace

from app.domain.replies import active_cases
from app.errors import ExportFailed
from app.report.brief import brief
from app.report.contents import annexes, check_keys, lettered, pages
from app.report.control import control, control_annex
from app.report.draft import Draft, by_state, cut
from app.report.facts import confirmed
from app.report.glyphs import Glyphs, legible
from app.report.inputs import ReportInputs
from app.report.model import SCHEMA, Control, Frame, ReportModel
from app.report.redaction import names
from app.report.request import Request
from app.report.sentences import Sentences
from app.words import Words

HEAD_TEXT, FOOT_TEXT = 56, 40
"""Characters of typed text in the header and the footer."""
HEAD_SIGNS = 12
"""Characters of the chain head that stand in the footer."""


def build_report(inputs: ReportInputs, request: Request, words: Words) -> ReportModel:
    """The whole report. ExportFailed for an audit without an active workflow, or unknown parts."""
    if not inputs.portfolio.estimates:
        raise ExportFailed(
            "This audit has no active workflow, so there is nothing to report. Nothing was "
            "written. Add a workflow, or take one back into scope."
        )
    if request.sections is not None:
        check_keys(request.sections)
    glyphs = Glyphs()
    draft = Draft(
        inputs=inputs,
        request=request,
        names=names(inputs.audit, request.audience, words, glyphs.clean),
        words=words,
        say=Sentences(words),
        cases={case.id: case for case in active_cases(inputs.audit, request.date)},
        estimates=by_state(inputs.audit, inputs.portfolio.estimates),
    )
    made = control(draft)
    plain = legible(_model(draft, made), glyphs)
    if plain.control.replaced:
        made = replace(made, replaced=plain.control.replaced)
        last = lettered(draft, len(plain.annexes) - 1, control_annex(draft, made))
        plain = legible(replace(plain, annexes=(*plain.annexes[:-1], last)), glyphs)
        plain = replace(plain, control=replace(plain.control, replaced=made.replaced))
    return plain


def _model(draft: Draft, made: Control) -> ReportModel:
    sections = pages(draft)
    return ReportModel(
        schema=SCHEMA,
        language=draft.words.language,
        audience=draft.request.audience,
        page=draft.request.page,
        frame=_frame(draft, made),
        brief=brief(draft),
        sections=sections,
        annexes=annexes(draft, sections, made),
        control=made,
    )


def _frame(draft: Draft, made: Control) -> Frame:
    names, words, organisation = draft.names, draft.words, draft.audit.organisation
    title = words("label.report_title")
    classification = words("label.pseudonymised")
    if not names.is_external:
        title = cut(names.known(organisation.title), HEAD_TEXT) or title
        classification = cut(names.known(organisation.classification), HEAD_TEXT)
    provisional = confirmed(draft) < len(draft.estimates)
    status = "label.provisional" if provisional else "label.confirmed"
    day = words.date(draft.date)
    footer = words(
        "label.footer",
        client=cut(names.organisation, FOOT_TEXT) or title,
        date=day,
        bank=made.bank,
        reference=made.reference,
        sequence=words.figure(made.sequence),
        head=made.chain_head[:HEAD_SIGNS],
    )
    return Frame(
        title=title,
        client=names.organisation,
        classification=classification,
        date=draft.date,
        date_text=day,
        status=words(status, date=day),
        footer=footer,
        of_pages=words("label.of_pages"),
    )
