"""From the inputs to the report's model: redacted, in words, drawable."""

import datetime as dt

from msgspec.structs import replace

from app.domain.replies import active_cases
from app.errors import ExportFailed
from app.report.apart import apart_page
from app.report.brief import brief
from app.report.control import control, control_annex
from app.report.cover import cover_page
from app.report.draft import Draft, by_state, cut
from app.report.facts import confirmed
from app.report.glyphs import Glyphs, legible
from app.report.inputs import ReportInputs
from app.report.method import method_annex, pictures_annex, standards_annex
from app.report.middle import middle_page
from app.report.model import (
    SCHEMA,
    Audience,
    Control,
    Frame,
    PageSize,
    ReportModel,
    Section,
)
from app.report.record import record_annex
from app.report.redaction import names
from app.report.register import find_out_annex, gaps_annex, waived_annex, workflows_annex
from app.report.roadmap import roadmap_page
from app.report.sentences import Sentences
from app.words import Words

HEAD_TEXT, FOOT_TEXT = 56, 40
"""Characters of typed text in the header and the footer."""
HEAD_SIGNS = 12
"""Characters of the chain head that stand in the footer."""


def build_report(
    inputs: ReportInputs, *, audience: Audience, page: PageSize, date: dt.date, words: Words
) -> ReportModel:
    """The whole report. ExportFailed for an audit without an active workflow."""
    if not inputs.portfolio.estimates:
        raise ExportFailed(
            "This audit has no active workflow, so there is nothing to report. Nothing was "
            "written. Add a workflow, or take one back into scope."
        )
    glyphs = Glyphs()
    draft = Draft(
        inputs=inputs,
        names=names(inputs.audit, audience, words, glyphs.clean),
        words=words,
        say=Sentences(words),
        date=date,
        cases={case.id: case for case in active_cases(inputs.audit, date)},
        estimates=by_state(inputs.audit, inputs.portfolio.estimates),
    )
    made = control(draft)
    model = _model(draft, audience, page, made)
    plain = legible(model, glyphs)
    if plain.control.replaced:
        made = replace(made, replaced=plain.control.replaced)
        last = control_annex(draft, made)
        plain = legible(replace(model, annexes=(*model.annexes[:-1], last)), glyphs)
        plain = replace(plain, control=replace(plain.control, replaced=made.replaced))
    return plain


def _model(draft: Draft, audience: Audience, page: PageSize, made: Control) -> ReportModel:
    sections = (
        middle_page(draft),
        cover_page(draft),
        apart_page(draft),
        roadmap_page(draft),
    )
    return ReportModel(
        schema=SCHEMA,
        language=draft.words.language,
        audience=audience,
        page=page,
        frame=_frame(draft, made),
        brief=brief(draft),
        sections=sections,
        annexes=_annexes(draft, sections, made),
        control=made,
    )


def _annexes(draft: Draft, sections: tuple[Section, ...], made: Control) -> tuple[Section, ...]:
    found = (
        workflows_annex(draft),
        gaps_annex(draft),
        find_out_annex(draft),
        waived_annex(draft),
        record_annex(draft),
        pictures_annex(draft, sections),
        method_annex(draft),
        standards_annex(draft),
        control_annex(draft, made),
    )
    return tuple(
        replace(section, label=draft.words("section.annex", letter=letter, name=section.label))
        for letter, section in zip("ABCDEFGHI", found, strict=True)
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
