"""From the inputs to the report's model: redacted, in words, drawable."""

from msgspec.structs import replace

from app.domain.ids import SessionId
from app.domain.replies import active_cases
from app.errors import ExportFailed
from app.report.annexes.control import control, control_annex
from app.report.contents import annexes, check_keys, lettered, pages
from app.report.draft import Draft, by_state
from app.report.dress import look
from app.report.frame import frame
from app.report.glyphs import Glyphs, legible, legible_tables
from app.report.inputs import ReportInputs
from app.report.long_names import names_annex, pointed, shortened
from app.report.minutes.parts import minutes_sections
from app.report.model import SCHEMA, Control, ReportModel
from app.report.pages.brief import brief
from app.report.pages.facts import confirmed
from app.report.redaction import names
from app.report.registers.complete import registers
from app.report.request import Request
from app.report.sentences import Sentences
from app.words import Words


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
    draft = _draft(inputs, request, words, glyphs)
    plain = _plain(draft, _model(draft, control(draft)), glyphs)
    # Registers hold texts a second time: the count above is that of the report's own pages.
    return replace(plain, registers=legible_tables(registers(draft), glyphs))


def build_minutes(
    inputs: ReportInputs, request: Request, words: Words, session: SessionId | None = None
) -> ReportModel:
    """Minutes as a document of their own, of one session or of all; it has no decision brief.

    ExportFailed for an audit without that session, or without any.
    """
    known = inputs.audit.sessions
    if not known or (session is not None and session not in known):
        what = "no session" if session is None else f"no session “{session}”"
        raise ExportFailed(
            f"This audit has {what}, so there are no minutes to write. Nothing was written. "
            "Add a session in the log, or name one that is there."
        )
    glyphs = Glyphs()
    draft = _draft(inputs, request, words, glyphs)
    made = control(draft)
    last = [a for a in (names_annex(draft), control_annex(draft, made)) if a]
    model = ReportModel(
        schema=SCHEMA,
        language=words.language,
        audience=request.audience,
        page=request.page,
        frame=frame(
            draft,
            made,
            words("label.report_title"),
            words("minutes.status", date=words.date(draft.date)),
        ),
        brief=None,
        sections=minutes_sections(draft, session),
        annexes=tuple(lettered(draft, n, annex) for n, annex in enumerate(last)),
        control=made,
        look=look(draft),
    )
    return _plain(draft, model, glyphs)


def _draft(inputs: ReportInputs, request: Request, words: Words, glyphs: Glyphs) -> Draft:
    return Draft(
        inputs=inputs,
        request=request,
        names=shortened(names(inputs.audit, request.audience, words, glyphs.clean), inputs.audit),
        words=words,
        say=Sentences(words),
        cases={case.id: case for case in active_cases(inputs.audit, request.date)},
        estimates=by_state(inputs.audit, inputs.portfolio.estimates),
    )


def _plain(draft: Draft, model: ReportModel, glyphs: Glyphs) -> ReportModel:
    """Drawable text everywhere; its last annex, document control, says how much was replaced."""
    plain = legible(model, glyphs)
    if not plain.control.replaced:
        return plain
    made = replace(model.control, replaced=plain.control.replaced)
    last = replace(control_annex(draft, made), label=plain.annexes[-1].label)
    plain = legible(replace(plain, annexes=(*plain.annexes[:-1], last)), glyphs)
    return replace(plain, control=replace(plain.control, replaced=made.replaced))


def _model(draft: Draft, made: Control) -> ReportModel:
    sections = pages(draft)
    provisional = confirmed(draft) < len(draft.estimates)
    status = "label.provisional" if provisional else "label.confirmed"
    return ReportModel(
        schema=SCHEMA,
        language=draft.words.language,
        audience=draft.request.audience,
        page=draft.request.page,
        frame=frame(
            draft,
            made,
            draft.words("label.report_title"),
            draft.words(status, date=draft.words.date(draft.date)),
        ),
        brief=pointed(draft, brief(draft)),
        sections=sections,
        annexes=annexes(draft, sections, made),
        control=made,
        look=look(draft),
    )
