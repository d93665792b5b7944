"""Registers of what was said and decided: answers, to find out, decisions, parking lot."""

from msgspec import Struct

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.edits.rules import level_of
from app.domain.gaps import Gap, gap_key
from app.domain.ids import QuestionId, Target
from app.domain.replies import counted_grade
from app.domain.workshop import Decision, ParkingItem
from app.report.draft import Draft, question_of
from app.report.model import Table
from app.report.pages import facts
from app.report.registers import fields as f

IN_DOUBT = (Review.PROPOSED, Review.DISPUTED)
"""A settled reply in one of these counts as shown by nobody."""


class AnswerRow(Struct, frozen=True):
    target: Target
    question: QuestionId
    answer: Answer


def answers_register(draft: Draft) -> Table:
    """Every answer on record by target; key question/target."""
    questions = question_of(draft.audit)
    order = {question: n for n, question in enumerate(questions)}
    rows = sorted(
        (AnswerRow(*found) for found in facts.answers(draft.audit)),
        key=lambda r: (r.target, order.get(r.question, len(order)), r.question),
    )
    named = f.owners(draft)

    def asked(row: AnswerRow) -> str:
        return questions[row.question].text if row.question in questions else ""

    def reason(row: AnswerRow) -> str:
        return draft.names.typed(row.answer.settled.reason) if row.answer.settled else ""

    def voices(row: AnswerRow) -> str:
        found = sorted(row.answer.individual.items())
        return "; ".join(f"{named.get(p, '?')}: {_reply(draft, said)}" for p, said in found)

    def room(row: AnswerRow) -> str:
        return _reply(draft, row.answer.settled) if row.answer.settled else ""

    fields: tuple[f.Field[AnswerRow], ...] = (
        f.text(draft, "target", lambda r: draft.names.target(r.target)),
        f.text(draft, "question_id", lambda r: str(r.question), share=0.5),
        f.text(draft, "question", asked, share=f.WIDE),
        f.count(draft, "level", lambda r: level_of(r.answer)),
        f.text(draft, "reply", room),
        f.text(
            draft, "review", lambda r: draft.words(f"review.{r.answer.review.value}"), share=0.6
        ),
        f.text(draft, "grade", lambda r: _grade(draft, r, counted=False)),
        f.text(draft, "counts_as", lambda r: _grade(draft, r, counted=True)),
        f.text(draft, "reason", reason),
        f.text(draft, "note", lambda r: draft.names.typed(r.answer.note)),
        f.text(draft, "voices", voices, share=f.WIDE),
    )
    return f.register(
        draft, "answers", rows, lambda r: f"{r.question}/{draft.names.key(r.target)}", fields
    )


def _reply(draft: Draft, said: Said) -> str:
    """The level with its name, or what was said instead."""
    if said.reply is Reply.LEVEL and said.level is not None:
        return draft.level(said.level)
    return draft.words(f"reply.{said.reply.value}")


def _grade(draft: Draft, row: AnswerRow, *, counted: bool) -> str:
    said = row.answer.settled
    if said is None or said.reply is not Reply.LEVEL:
        return ""
    grade = said.grade
    if counted:
        grade = counted_grade(said, draft.date, copied=row.answer.review in IN_DOUBT)
    return draft.words(f"grade.{grade.value}")


def find_out_register(draft: Draft) -> Table:
    """What nobody in the room knew; key question/target."""
    questions = question_of(draft.audit)
    unknown = [gap for gap in draft.inputs.gaps if gap.not_known]

    def answer(gap: Gap) -> Answer:
        return draft.audit.answers.get(gap.target, {}).get(gap.question, Answer())

    fields: tuple[f.Field[Gap], ...] = (
        f.text(draft, "question_id", lambda g: str(g.question), share=0.5),
        f.text(draft, "question", lambda g: questions[g.question].text, share=f.WIDE),
        f.text(draft, "target", lambda g: draft.names.target(g.target)),
        f.owner(
            draft,
            f.owners(draft),
            lambda g: task.who if (task := answer(g).find_out) else None,
            key="who",
        ),
        f.day(draft, "by", lambda g: task.by if (task := answer(g).find_out) else None),
    )
    return f.register(
        draft,
        "find_out",
        unknown,
        lambda g: gap_key(g.question, Target(draft.names.key(g.target))),
        fields,
    )


def decisions_register(draft: Draft) -> Table:
    """Every decision, by id; keys as in the annex of decisions."""
    decisions = list(enumerate((d for _, d in sorted(draft.audit.decisions.items())), 1))

    def verdict(decision: Decision) -> str:
        return draft.words(f"verdict.{decision.verdict.value if decision.verdict else 'open'}")

    def concerned(decision: Decision) -> str:
        return "; ".join(draft.names.target(w) for w in decision.workflows)

    fields: tuple[f.Field[tuple[int, Decision]], ...] = (
        f.text(draft, "decision", lambda d: draft.names.typed(d[1].text), share=f.WIDE),
        f.owner(draft, f.owners(draft), lambda d: d[1].owner),
        f.day(draft, "due", lambda d: d[1].due),
        f.money(draft, "cost", lambda d: d[1].cost),
        f.text(draft, "verdict", lambda d: verdict(d[1]), share=0.6),
        f.day(draft, "decided", lambda d: d[1].decided),
        f.text(draft, "unblocks", lambda d: draft.names.typed(d[1].unblocks)),
        f.text(draft, "workflows", lambda d: concerned(d[1])),
        f.count(draft, "dissents", lambda d: len(d[1].dissent)),
        f.text(draft, "note", lambda d: draft.names.typed(d[1].note)),
    )
    return f.register(draft, "decisions", decisions, lambda d: f"decision-{d[0]}", fields)


def parking_register(draft: Draft) -> Table:
    items = list(enumerate((item for _, item in sorted(draft.audit.parking.items())), 1))

    def status(item: ParkingItem) -> str:
        return draft.words("label.done" if item.done else "label.open")

    fields: tuple[f.Field[tuple[int, ParkingItem]], ...] = (
        f.text(draft, "item", lambda p: draft.names.typed(p[1].text), share=f.WIDE),
        f.owner(draft, f.owners(draft), lambda p: p[1].owner),
        f.day(draft, "due", lambda p: p[1].due),
        f.text(draft, "status", lambda p: status(p[1]), share=0.6),
    )
    return f.register(draft, "parking", items, lambda p: f"parked-{p[0]}", fields)
