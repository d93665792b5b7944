"""Where the walk stands: workflow, mode, view and question; nothing of the audit itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.bank import Mode, Scope
from app.domain.ids import ORGANISATION, QuestionId, StageId, Target, WorkflowId
from app.domain.progress import Progress, mode_questions, progress
from app.domain.replies import Status
from app.ui.models.walk.ask import Ask, asks, can_differ, strip, to_discuss, workflow_of
from app.ui.models.walk.ranking import NarrowLine, Ranking

DISPUTED = "disputed"
FIRST_MODE = "core"
FLOW, OWNERS, PROOFS, PILOT, TABLE = range(5)
FACETS = {OWNERS: "owner", PROOFS: "evidence"}
Key = tuple[QuestionId, str]


class WalkPlace:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.workflow: WorkflowId | None = None
        self.mode = FIRST_MODE
        self.view = FLOW
        self.key: Key | None = None
        self.narrows = False
        """What narrows the range most comes first, instead of the order of the flow."""
        self.is_fresh = False
        """Nobody has chosen a question since the workflow or the order was chosen."""
        self._line = NarrowLine()
        self._differs: set[tuple[WorkflowId, QuestionId]] = set()
        self._all: tuple[Audit | None, WorkflowId | None, tuple[Ask, ...]] = (None, None, ())
        self._order: tuple[object, list[WorkflowId]] = (None, [])
        self._active: frozenset[str] = frozenset()
        self._asked: dict[WorkflowId, tuple[tuple[Any, ...], bool]] = {}

    # Workflows.

    def order(self) -> list[WorkflowId]:
        """Active workflows by name."""
        found = self._desk.audit.workflows
        if self._order[0] is not found:
            active = [w for w, record in found.items() if record.is_active]
            active.sort(key=lambda w: (found[w].name.casefold(), w))
            self._order, self._active = (found, active), frozenset(active)
        return self._order[1]

    def keep_or_choose(self) -> None:
        """Another workflow where the one shown is gone."""
        if self.workflow not in self._desk.audit.workflows:
            order = self.order() or sorted(self._desk.audit.workflows)
            self.workflow, self.key = (order[0] if order else None), None

    def turn(self, by: int) -> None:
        """To the workflow `by` places on, round the end."""
        order = self.order()
        if not order:
            return
        place = order.index(self.workflow) if self.workflow in order else -1 if by > 0 else 0
        self.walk(order[(place + by) % len(order)])

    def walk(self, workflow: WorkflowId) -> None:
        if workflow != self.workflow:
            self.workflow, self.key, self.is_fresh = workflow, None, True
            self._line.restart()

    # Questions.

    @property
    def stored_mode(self) -> str:
        """The mode kept with an answer; what is disputed may be any question."""
        return "full" if self.mode == DISPUTED else self.mode

    def modes(self) -> list[Mode]:
        return [m for m in self._desk.audit.bank.modes if m.scored]

    def all(self) -> tuple[Ask, ...]:
        """Every question that can be asked about the workflow, in the order of the walk."""
        audit = self._desk.audit
        if self.workflow is None:
            return ()
        if self._all[0] is not audit or self._all[1] != self.workflow:
            every = {q.id for q in audit.bank.questions}
            found = asks(audit, self._desk.case(self.workflow), every)
            self._all = audit, self.workflow, found
        return self._all[2]

    @property
    def is_narrowing(self) -> bool:
        """The order by narrowing is chosen, and what is shown has an order to choose."""
        return self.narrows and self.may_narrow

    @property
    def may_narrow(self) -> bool:
        return self.view in (FLOW, TABLE) and self.mode != DISPUTED

    def order_by(self, narrows: bool) -> None:
        self.narrows, self.is_fresh = narrows, True
        self._line.restart()

    def take_ranking(self, ranking: Ranking) -> None:
        """Reorder what was not walked yet; the first question of all, where nobody chose one."""
        if not self.is_narrowing:
            return
        if self.is_fresh:
            self.key, self.is_fresh = None, False
            self._line.restart()
        self._line.follow(self.in_flow(), self.key, ranking)

    def found(self) -> tuple[Ask, ...]:
        """The questions of the view and mode, in the order they are asked."""
        found = self.in_flow()
        return self._line.ordered(found) if self.is_narrowing else found

    def in_flow(self) -> tuple[Ask, ...]:
        """The same in the order of the flow."""
        audit = self._desk.audit
        if self.view in FACETS:
            return strip(audit, self.all(), FACETS[self.view])
        if self.mode == DISPUTED:
            return to_discuss(audit, self.all())
        wanted = mode_questions(audit.bank, self.mode)
        return tuple(a for a in self.all() if a.question.id in wanted)

    def ask(self) -> Ask | None:
        """The question shown; at first the first one that nobody was asked."""
        found = self.found()
        ask = next((a for a in self.all() if a.key == self.key), None)
        if ask is None:
            ask = next((a for a in found if not a.is_asked), found[0] if found else None)
            self.key = ask.key if ask else None
        if ask and self.workflow and (self.workflow, ask.question.id) in self._differs:
            own = Target(self.workflow)
            if ask.target == own:
                self._differs.discard((self.workflow, ask.question.id))
            else:
                ask = replace(ask, target=own, kept=own, status=Status.NOT_ASKED)
        return ask

    def step(self, by: int) -> bool:
        """To the next or previous question; False at the end."""
        self.is_fresh = False
        keys = [a.key for a in self.found()]
        if self.key in keys:
            place = keys.index(self.key) + by
        else:
            # The question left the list, as a dispute does that was settled: go on from there.
            every = [a.key for a in self.all()]
            here = every.index(self.key) if self.key in every else -1
            later = [n for n, key in enumerate(keys) if every.index(key) > here]
            place = (later[0] if later else len(keys)) + (0 if by > 0 else -1)
        if not 0 <= place < len(keys):
            return False
        self.key = keys[place]
        return True

    def to_stage(self, stage: StageId) -> None:
        """The first open question of a stage, in the mode if it has one."""
        for among in (self.found(), self.all()):
            same = [a for a in among if a.question.stage == stage]
            if same:
                self.key = next((a for a in same if not a.is_asked), same[0]).key
                return

    def to_question(self, question: QuestionId, target: Target | None = None) -> bool:
        """A question about a target; the workflow changes where it must. False: not asked."""
        if target and not self._has(question, target):
            other = workflow_of(self._desk.audit, target)
            if other and target != ORGANISATION:
                self.walk(other)
        same = [a for a in self.all() if a.question.id == question]
        fitting = [a for a in same if target in (a.target, a.kept)]
        if fitting or same:
            self.key = (fitting or same)[0].key
        return bool(same)

    def _has(self, question: QuestionId, target: Target) -> bool:
        return any(a.question.id == question and target in (a.target, a.kept) for a in self.all())

    def differ(self, ask: Ask) -> bool:
        """From now on the workflow answers for itself; False where it does already."""
        assert self.workflow
        own = ask.target == Target(self.workflow)
        place = self.workflow, ask.question.id
        if own and place in self._differs:
            self._differs.discard(place)
            return True
        if own or not can_differ(self._desk.audit, self.workflow, ask):
            return False
        self._differs.add(place)
        return True

    # How far it is.

    def progress(self) -> Progress:
        assert self.workflow
        wanted = mode_questions(self._desk.audit.bank, self.stored_mode)
        return progress([self._desk.case(self.workflow)], wanted)

    def fully_asked(self) -> int:
        """Active workflows whose questions of the mode were all asked."""
        audit = self._desk.audit
        wanted = mode_questions(audit.bank, self.stored_mode)
        own = {
            q.id
            for q in audit.bank.questions
            if q.id in wanted and q.scope is Scope.WORKFLOW and q.ask_if is None
        }
        self.order()
        active = self._active
        return sum(
            self._is_asked(audit, WorkflowId(target), own, wanted)
            for target, said in audit.answers.items()
            if len(said) >= len(own) and target in active
        )

    def _is_asked(
        self, audit: Audit, workflow: WorkflowId, own: set[QuestionId], wanted: Iterable[QuestionId]
    ) -> bool:
        """Kept until something it stands on changes: thousands of workflows are counted often."""
        said = audit.answers.get(Target(workflow), {})
        if not own <= said.keys():
            return False
        record, links = audit.workflows[workflow], audit.links.get(workflow, {})
        others: Sequence[Any] = [
            audit.answers.get(Target(t)) for t in (ORGANISATION, record.platform or "", *links)
        ]
        stand = (self.stored_mode, audit.bank, record, links, said, *others)
        kept = self._asked.get(workflow)
        if kept is None or len(kept[0]) != len(stand) or any(
            a is not b for a, b in zip(kept[0], stand, strict=True)
        ):  # fmt: skip
            counted = progress([self._desk.case(workflow)], frozenset(wanted))
            self._asked[workflow] = kept = stand, counted.not_asked == 0
        return kept[1]
