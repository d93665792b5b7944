"""Edits of one question, each with its label and the reason a confirmed answer needs."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject

from app.desk.desk import Desk
from app.domain.answers import Proof, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.edits import answers, records
from app.domain.edits.people import person_named
from app.domain.ids import ParkingId, PersonId, QuestionId, StageId, Target, WorkflowId
from app.domain.workshop import ParkingItem
from app.ui.models.walk.ask import Ask, answer_of, stage_record


class Typed(Struct, frozen=True):
    """What a prompt was given."""

    text: str
    who: PersonId | None
    by: dt.date | None
    new_name: str = ""
    """Somebody who is not on the list yet, in place of `who`."""


AskReason = Callable[[str, Callable[[str], object]], None]
"""Show a sentence, and call back with the reason that was typed."""
Then = Callable[[], object]


class WalkEdits(QObject):
    def __init__(self, desk: Desk, ask_reason: AskReason, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ask_reason = desk, ask_reason
        self._reasons: dict[tuple[Target, QuestionId], str] = {}
        self.mode = ""

    def level(self, ask: Ask, level: int, then: Then | None = None) -> None:
        """The room agrees on a level; the same level again keeps how it was backed."""
        before = self._settled(ask)
        same = before is not None and before.level == level
        said = before if same and before else Said(Reply.LEVEL, level)
        self.settle(ask, said, then=then)

    def unknown(self, ask: Ask, then: Then | None = None) -> None:
        self.settle(ask, Said(Reply.UNKNOWN), then=then)

    def not_applicable(self, ask: Ask, reason: str) -> bool:
        return self._apply(ask, Said(Reply.NOT_APPLICABLE, reason=reason), reason)

    def grade(self, ask: Ask, grade: Grade) -> None:
        before = self._settled(ask)
        if before and before.reply is Reply.LEVEL:
            self.settle(ask, replace(before, grade=grade))

    def proof(self, ask: Ask, proof: Proof) -> None:
        before = self._settled(ask)
        if before and before.reply is Reply.LEVEL:
            said = replace(before, proof=None if proof == Proof() else proof)
            self.settle(ask, said, field=f"proof {ask.question.id} {ask.target}")

    def settle(self, ask: Ask, said: Said, *, field: str = "", then: Then | None = None) -> None:
        """Agree on a reply, and go on where that was done."""

        def agree(reason: str) -> bool:
            done = self._apply(ask, said, reason, field)
            if done and then:
                then()
            return done

        self.with_reason(ask, agree)

    def with_reason(self, ask: Ask, act: Callable[[str], object], sentence: str = "") -> None:
        """After the owner's confirmation a reason is asked for first, once per question."""
        place = ask.target, ask.question.id
        if not self.is_confirmed(ask) or place in self._reasons:
            act(self._reasons.get(place, ""))
            return

        def given(reason: str) -> object:
            self._reasons[place] = reason
            return act(reason)

        self._ask_reason(sentence or self.why(ask.target), given)

    def withdraw(self, ask: Ask) -> None:
        """Take the answer back."""
        label = self.tr("Withdraw {0} for {1}").format(ask.question.id, self.name(ask.target))

        def take(reason: str) -> bool:
            place = ask.target, ask.question.id
            return self._desk.apply(label, answers.withdraw, *place, reason=reason)

        if self.is_confirmed(ask):
            self._ask_reason(self.why(ask.target), take)
        else:
            take("")

    def dispute(self, ask: Ask) -> None:
        self.dispute_place(ask.kept, ask.question.id)

    def dispute_place(self, target: Target, question: QuestionId) -> None:
        label = self.tr("Dispute {0} for {1}").format(question, self.name(target))
        self._desk.apply(label, answers.dispute, target, question)

    def note(self, ask: Ask, text: str) -> None:
        place = ask.target, ask.question.id
        label = self.tr("Note on {0} for {1}").format(ask.question.id, self.name(ask.target))
        field = "note {} {}".format(*place)
        self._desk.apply_to_field(field, label, answers.note, *place, text)

    def find_out(self, ask: Ask, typed: Typed) -> bool:
        label = self.tr("Who finds out {0}").format(ask.question.id)

        def give(audit: Audit) -> Audit:
            audit, who = _named(audit, typed)
            place = ask.target, ask.question.id
            return answers.ask_to_find_out(audit, *place, who, typed.by)

        return self._desk.apply(label, give)

    def settle_undisputed(self, targets: set[Target]) -> None:
        """One step for everything over which nobody differs by more than one level."""
        label = self.tr("Settle the undisputed")

        def settle(reason: str) -> bool:
            return self._desk.apply(
                label, answers.settle_undisputed, targets, mode=self.mode, reason=reason
            )

        confirmed = sorted(t for t in targets if WorkflowId(t) in self._desk.audit.confirmations)
        if confirmed:
            self._ask_reason(self.why(confirmed[0]), settle)
        else:
            settle("")

    def park(self, typed: Typed) -> bool:
        audit = self._desk.audit
        running = [s for s, r in sorted(audit.sessions.items()) if r.started and not r.ended]
        number = len(audit.parking) + 1
        while ParkingId(f"park-{number}") in audit.parking:
            number += 1
        session = running[-1] if running else None

        def put(audit: Audit) -> Audit:
            audit, who = _named(audit, typed)
            item = ParkingItem(typed.text, who, typed.by, session)
            return records.put(audit, "parking", (f"park-{number}",), item)

        return self._desk.apply(self.tr("Park: {0}").format(typed.text[:40]), put)

    def stage(
        self, workflow: WorkflowId, stage: StageId, new_name: str = "", **fields: Any
    ) -> None:
        """Owner, mechanism or another field of one stage of one workflow.

        `new_name`: the owner, where nobody on the list is called so.
        """
        label = self.tr("Stage {0} of {1}").format(self.stage_title(stage), self.name(workflow))

        def put(audit: Audit) -> Audit:
            if new_name:
                audit, fields["owner"] = person_named(audit, new_name)
            after = replace(stage_record(audit, workflow, stage), **fields)
            return records.put(audit, "stages", (workflow, stage), after)

        self._desk.apply(label, put)

    def is_confirmed(self, ask: Ask) -> bool:
        return WorkflowId(ask.target) in self._desk.audit.confirmations

    def why(self, target: Target) -> str:
        return self.tr("The owner confirmed the answers of {0}. Why does this one change?").format(
            self.name(target)
        )

    def why_voted(self, ask: Ask) -> str:
        return self.tr(
            "The owner confirmed the answers of {0}. Why does the room vote on {1} again?"
        ).format(self.name(ask.target), ask.question.id)

    def stage_title(self, stage: StageId) -> str:
        return next((s.title for s in self._desk.audit.bank.stages if s.id == stage), stage)

    def name(self, target: str) -> str:
        """What a target is called in labels and sentences."""
        audit = self._desk.audit
        for group in (audit.workflows, audit.platforms, audit.sources):
            if target in group:
                return str(group[target].name)  # type: ignore[index]
        return audit.organisation.title or self.tr("the organisation")

    def _settled(self, ask: Ask) -> Said | None:
        answer = answer_of(self._desk.audit, ask)
        return answer.settled if answer else None

    def _apply(self, ask: Ask, said: Said, reason: str, field: str = "") -> bool:
        place = ask.target, ask.question.id
        label = self.tr("Answer {0} for {1}").format(ask.question.id, self.name(ask.target))
        if field:
            return self._desk.apply_to_field(
                field, label, answers.settle, *place, said, mode=self.mode, reason=reason
            )
        return self._desk.apply(label, answers.settle, *place, said, mode=self.mode, reason=reason)


def _named(audit: Audit, typed: Typed) -> tuple[Audit, PersonId | None]:
    return person_named(audit, typed.new_name) if typed.new_name else (audit, typed.who)
