"""Names and words for gaps, answers and findings, read from the audit for showing."""

from typing import Final

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Question
from app.domain.findings import Finding
from app.domain.gaps import Gap
from app.domain.ids import QuestionId, WorkflowId
from app.domain.planning import GapNote, OwnGap, Response
from app.ui.mending import place_of
from app.ui.page import Place, translate
from app.words import Words

NAMED: Final = ("other", "person", "owner", "workflow", "id")
"""Values of findings that may be ids; people read names."""
HOLDERS: Final = ("people", "workflows", "platforms", "sources")


def question_of(audit: Audit, question: QuestionId) -> Question | None:
    """The bank's question, or None where another bank had it."""
    return next((q for q in audit.bank.questions if q.id == question), None)


def level_text(question: Question, level: int | None, words: Words) -> str:
    """The chosen line of the ladder behind its number."""
    if level is None:
        return words("label.nobody_knows")
    return f"{level}  {question.levels[level]}"


def response_text(note: GapNote | OwnGap, words: Words) -> str:
    """`accept until 15 Jan 2027`, `disagree: the reason`."""
    if note.response is None:
        merged = isinstance(note, GapNote) and note.merged_into
        return words("label.merged") if merged else ""
    text = words(f"response.{note.response.value}")
    if note.response is Response.ACCEPT and note.accepted_until:
        text = words("label.until", what=text, date=words.short_date(note.accepted_until))
    return f"{text}: {note.because}" if note.because else text


def said_text(audit: Audit, said: Said, words: Words) -> str:
    """A reply with how it is backed, in one line."""
    if said.reply is not Reply.LEVEL or said.level is None:
        text = words(f"status.{said.reply.value}") if said.reply is not Reply.ABSTAIN else "–"
        return f"{text}: {said.reason}" if said.reason else text
    name = audit.bank.level_names[said.level]
    text = f"{said.level} {name}, {words(f'grade.{said.grade.value}')}"
    return f"{text}. {said.reason}" if said.reason else text


def proof_text(said: Said, words: Words) -> str:
    """What was shown, where, when and to whom."""
    proof = said.proof
    if proof is None:
        return ""
    parts = [proof.title, proof.place, words.short_date(proof.date) if proof.date else ""]
    parts += [proof.seen_by, proof.result]
    return ", ".join(p for p in parts if p)


def answer_of(audit: Audit, gap: Gap) -> Answer | None:
    return audit.answers.get(gap.target, {}).get(gap.question)


def gap_at(audit: Audit, gap: Gap, came_from: WorkflowId | None = None) -> Place:
    """Where the answer behind a gap is given; of several workflows, in the one one came from."""
    workflow = WorkflowId(gap.target)
    if workflow not in audit.workflows and gap.workflows:
        workflow = came_from if came_from in gap.workflows else gap.workflows[0]
    return Place("walk", workflow=workflow, question=gap.question, target=gap.target)


def finding_text(audit: Audit, finding: Finding, words: Words) -> str:
    """The sentence of a finding, with names in place of ids."""
    values: dict[str, str | int | float] = dict(finding.values)
    for key in NAMED:
        if isinstance(id_ := values.get(key), str):
            values[key] = record_name(audit, id_)
    for key in ("grade", "counts_as"):
        if key in values and words.has(f"grade.{values[key]}"):
            values[key] = words(f"grade.{values[key]}")
    if isinstance(needs := values.get("needs"), str):
        values["needs"] = ", ".join(part.replace("_", " ") for part in needs.split())
    return words(f"finding.{finding.kind.value}", **values)


def record_name(audit: Audit, id_: str) -> str:
    """The name of whatever carries this id, else the id."""
    for name in HOLDERS:
        record = getattr(audit, name).get(id_)
        if record and record.name:
            return str(record.name)
    if policy := audit.policies.get(id_):  # type: ignore[call-overload]
        return str(policy.text)
    return id_


def finding_kind_of_record(finding: Finding) -> str:
    """What sort of record a finding points at."""
    names = {
        "organisation": translate("Organisation"),
        "plan": translate("Plan"),
        "people": translate("Person"),
        "platforms": translate("Platform"),
        "workflows": translate("Workflow"),
        "stages": translate("Stage"),
        "sources": translate("Context source"),
        "links": translate("Context source"),
        "policies": translate("Rule"),
        "enforcement": translate("Rule"),
        "answers": translate("Answer"),
        "evidence": translate("Evidence"),
        "confirmations": translate("Confirmation"),
        "gap_notes": translate("Gap"),
        "own_gaps": translate("Gap"),
        "action_notes": translate("Action"),
        "own_actions": translate("Action"),
        "decisions": translate("Decision"),
        "parking": translate("Parked item"),
        "edge_cases": translate("Edge case"),
        "deployments": translate("Past deployment"),
        "imports": translate("Imported row"),
    }
    return names.get(finding.collection, finding.collection)


def finding_at(audit: Audit, finding: Finding) -> Place:
    """The page where a finding is mended; confirmations stand on the page of gaps itself."""
    if finding.collection == "confirmations":
        return Place("gaps", workflow=WorkflowId(finding.keys[0]), key="confirmations")
    return place_of(audit, finding)
