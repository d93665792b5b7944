"""The keys of the walk: one letter or digit while the question has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from app.domain.bank import Grade
from app.domain.edits.answers import undisputed
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.risk.stages import is_unowned
from app.ui.finder import Find, Finder
from app.ui.models.walk.ask import Ask, always_applies, answer_of, stage_record
from app.ui.page import Place, translate

if TYPE_CHECKING:
    from app.ui.pages.walk import WalkPage

GRADES = dict(zip("1234", Grade, strict=True))
HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def keys_in_words() -> list[tuple[str, str]]:
    tr = translate
    return [
        ("0–4", tr("The level of the answer")),
        ("?", tr("We don't know; then who finds out by when")),
        ("N", tr("Not applicable; then why")),
        ("Enter, Backspace", tr("Next and previous question")),
        ("/", tr("Jump to a question")),
        ("E 1–4", tr("Said, explained, shown, tested")),
        ("T", tr("Note")),
        ("O", tr("Owner of the stage")),
        ("G", tr("Gap of this question")),
        ("P", tr("Park something")),
        ("S", tr("Settle what was proposed or disputed")),
        ("V", tr("Vote: a sign per seat, Enter, R reveals, a digit settles")),
        ("D", tr("Dispute")),
        ("Shift+D", tr("Dissent from what was settled after a vote")),
        ("Shift+A", tr("List everything undisputed for a minute, then settle it")),
        ("Ctrl+PgUp, Ctrl+PgDown", tr("Previous and next workflow")),
        ("Ctrl+J", tr("Fold the estimate in or out")),
    ]


class WalkKeys:
    """What a key or the button of the same name does."""

    def __init__(self, page: WalkPage) -> None:
        self._page = page

    def press(self, event: QKeyEvent) -> bool:
        """True where the key was one of the walk's."""
        if event.modifiers() & HELD:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._page.step(1)
        elif event.key() == Qt.Key.Key_Backspace:
            self._page.step(-1)
        elif event.key() == Qt.Key.Key_Escape:
            self._page.card.grades.wait(False)
            self._page.card.setFocus()
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.list_undisputed()
        elif event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._page.with_ask(self.dissent)
        else:
            return self.command(event.text().casefold())
        return True

    def command(self, sign: str) -> bool:
        page, waits = self._page, self._page.card.grades.is_waiting
        ask = page.ask()
        if ask is None or not sign:
            return False
        if waits and sign in GRADES:
            self.grade(GRADES[sign])
            return True
        if sign in ("0", "1", "2", "3", "4"):
            self.level(int(sign))
            return True
        acts = {
            "?": self.unknown,
            "n": self.waive,
            "/": lambda _ask: self.jump(),
            "t": lambda _ask: page.card.write_note(),
            "e": self.evidence,
            "o": self.name_owner,
            "g": page.open_gap,
            "p": self.park,
            "s": self.settle,
            "v": lambda ask: page.card.vote.open(ask.target, ask.question.id),
            "d": page.edits.dispute,
            "own": self.own,
            "finder": self.find_out,
            "reveal": lambda _ask: self._reveal(),
            "estimate": lambda _ask: self._fold(),
        }
        if sign not in acts:
            return False
        page.leave_fields()
        acts[sign](ask)
        return True

    def choose_workflow(self) -> None:
        found = [
            Find(translate("Workflow"), self._page.desk.audit.workflows[w].name, w,
                 lambda w=w: self._page.go_to(Place("walk", workflow=WorkflowId(w))))
            for w in self._page.place.order()
        ]  # fmt: skip
        self._find(found)

    def jump(self) -> None:
        """To a question by its id or by words of it."""
        found = []
        for ask in self._page.place.all():
            asked = ask.question
            where = f"{asked.id}   {self._page.says.group(ask)}"
            found.append(
                Find(self._page.says.target(ask.target), asked.text, where,
                     lambda k=ask.key: self._page.show_key(k))
            )  # fmt: skip
        self._find(found)

    def _find(self, found: list[Find]) -> None:
        finder = Finder(found, self._page)
        finder.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        finder.open()
        finder.line.setFocus()

    def level(self, level: int) -> None:
        self._page.leave_fields()
        self._page.card.grades.wait(False)
        self._page.with_ask(lambda ask: self._page.edits.level(ask, level))
        if not self._page.prompt.isVisible():
            self._page.card.setFocus()
            QTimer.singleShot(
                0, lambda: self._page.board.ensureWidgetVisible(self._page.card.grades, 0, 20)
            )

    def unknown(self, ask: Ask) -> None:
        """After the reason that a confirmed answer needs: who finds out, by when."""

        def then() -> None:
            after = self._page.ask()
            if after and not self._finder(after)[0]:
                self.find_out(after)

        self._page.edits.unknown(ask, then)

    def find_out(self, ask: Ask) -> None:
        who, by = self._finder(ask)
        self._page.prompt.ask(
            translate("Who can find out {0}, by when?").format(ask.question.id),
            lambda typed: self._page.edits.find_out(ask, typed),
            text=None, who=who, by=by, with_person=True,
        )  # fmt: skip

    def _finder(self, ask: Ask) -> tuple:
        answer = answer_of(self._page.desk.audit, ask)
        task = answer.find_out if answer else None
        return (task.who, task.by) if task else (None, None)

    def waive(self, ask: Ask) -> None:
        if why := always_applies(ask.question):
            self._page.bench.tell(why)
            return
        self._page.prompt.ask(
            translate("Why does {0} not apply?").format(ask.question.id),
            lambda typed: self._page.edits.not_applicable(ask, typed.text),
            text=ask.question.na_when,
        )

    def park(self, ask: Ask) -> None:
        self._page.prompt.ask(
            translate("What shall be parked, and who comes back to it?"),
            self._page.edits.park,
            text=f"{ask.question.id}: ", with_person=True,
        )  # fmt: skip
        self._page.prompt.line.end(False)

    def evidence(self, ask: Ask) -> None:
        answer = answer_of(self._page.desk.audit, ask)
        if answer and answer.settled and answer.settled.level is not None:
            self._page.card.grades.wait(True)
            self._page.card.setFocus()
        else:
            self._page.bench.tell(translate("Answer with a level first, then say how you know."))

    def grade(self, grade: Grade) -> None:
        card = self._page.card
        card.grades.late.flush()
        self._page.with_ask(lambda ask: self._page.edits.grade(ask, grade))
        card.grades.wait(False)
        first = card.grades.first_empty(grade)
        if self._page.prompt.isVisible():
            return
        (first or card).setFocus()
        # The fields have their places only once the card was laid out anew.
        QTimer.singleShot(0, lambda: self._page.board.ensureWidgetVisible(card.grades, 0, 20))

    def name_owner(self, ask: Ask) -> None:
        """The stage's owner by name; nobody is offered where the room said so."""
        page = self._page
        stage = ask.question.stage
        if not (stage and page.place.workflow):
            page.bench.tell(translate("{0} belongs to no stage.").format(ask.question.id))
            return
        record = stage_record(page.desk.audit, page.place.workflow, stage)
        page.side.choose_owner(
            says_nobody=is_unowned(record, page.desk.case(page.place.workflow), stage)
        )

    def settle(self, ask: Ask) -> None:
        answer = answer_of(self._page.desk.audit, ask)
        if answer and answer.settled:
            self._page.edits.settle(ask, answer.settled)

    def own(self, ask: Ask) -> None:
        """The workflow answers for itself, or takes what its platform answered again."""
        if not self._page.place.differ(ask):
            self._page.edits.withdraw(ask)
        else:
            self._page.show_again()

    def undisputed(self) -> tuple[tuple[Target, QuestionId], ...]:
        targets = {ask.kept for ask in self._page.place.all()}
        return undisputed(self._page.desk.audit, targets)

    def list_undisputed(self) -> None:
        """Everybody sees for a minute what is to be settled without a word."""
        self._page.leave_fields()
        found = self.undisputed()
        if found:
            self._page.calm.begin(found)
            self._page.show_again()
            self._page.calm.table.setFocus()

    def undisputed_now(self) -> tuple[tuple[Target, QuestionId], ...]:
        """What the list holds: of the workflow, or of all of them."""
        if not self._page.calm.everywhere.isChecked():
            return self.undisputed()
        audit = self._page.desk.audit
        return undisputed(audit, audit.answers)

    def settle_undisputed(self) -> None:
        """All lines of the list, as one step."""
        targets = {target for target, _ in self._page.calm.places}
        self._page.show_again()
        self._page.take_focus()
        if targets:
            self._page.edits.settle_undisputed(targets)

    # The vote.

    def reveal_vote(self) -> None:
        page = self._page

        def reveal(reason: str) -> None:
            if page.bench.room.reveal(reason):
                page.card.vote.show_revealed()

        # What each said counts from now on, so that a confirmed answer changes here already.
        page.with_ask(lambda ask: page.edits.with_reason(ask, reveal, page.edits.why_voted(ask)))

    def settle_vote(self, level: int | None) -> None:
        """An act of its own: the round stays, and so does what everybody said."""
        page = self._page
        ask, settled = page.ask(), page.card.vote.show_settled
        if ask and level is None:
            page.edits.unknown(ask, settled)
        elif ask and level is not None:
            page.edits.level(ask, level, settled)

    def dissent(self, ask: Ask) -> None:
        if not self._page.card.vote.open_dissent(ask.target, ask.question.id):
            self._page.bench.tell(translate("Dissent follows a vote: reveal a round first (V)."))

    def _reveal(self) -> None:
        self._page.board.is_revealed = True
        self._page.show_again()

    def _fold(self) -> None:
        self._page.board.is_estimated = not self._page.board.is_estimated
        self._page.show_again()
