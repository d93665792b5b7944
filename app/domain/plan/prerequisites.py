"""What must be done before what: prerequisites found around a target, and looked through."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from app.domain.bank import Action
from app.domain.ids import ORGANISATION, ActionId, ActionKey, Target, WorkflowId
from app.domain.replies import Case, Status


class Neighbourhood(Struct, frozen=True):
    """Where the prerequisite of an action may lie, and what each workflow was asked about."""

    around: Mapping[Target, tuple[Target, ...]]
    """Workflow to itself, its platform, the organisation and its sources."""
    spoken: frozenset[tuple[ActionId, WorkflowId]]
    """Actions that lift a question somebody was asked, per workflow."""

    def resolve(
        self,
        target: Target,
        workflows: Collection[WorkflowId],
        action: Action,
        actions: Mapping[ActionId, Action],
        planned: Collection[ActionKey],
    ) -> tuple[tuple[ActionKey, ...], tuple[ActionId, ...]]:
        """Prerequisites that are planned, and those assumed because nobody was asked about them.

        What is not planned is looked through: its own prerequisites count instead.
        Source: scoring.md 3.2, rule 4.
        """
        near = self.around.get(target, (target, ORGANISATION))
        needs, assumes = set[ActionKey](), set[ActionId]()
        open_, seen = list(action.prereqs), set[ActionId]()
        while open_:
            wanted = open_.pop()
            if wanted in seen:
                continue
            seen.add(wanted)
            hits = {key for t in near if (key := ActionKey(f"{wanted}/{t}")) in planned}
            needs |= hits
            if hits:
                continue
            open_ += actions[wanted].prereqs
            if workflows and not any((wanted, w) in self.spoken for w in workflows):
                assumes.add(wanted)
        return tuple(sorted(needs)), tuple(sorted(assumes))


def neighbourhood(cases: Sequence[Case]) -> Neighbourhood:
    around: dict[Target, tuple[Target, ...]] = {}
    spoken: set[tuple[ActionId, WorkflowId]] = set()
    for case in cases:
        platform = case.workflow.platform
        sources = {s.target for s in case.standings if s.source is not None}
        around[Target(case.id)] = (
            Target(case.id),
            *([Target(platform)] if platform else []),
            ORGANISATION,
            *sorted(sources),
        )
        for standing in case.standings:
            if standing.status is not Status.NOT_ASKED:
                spoken.update((step.action, case.id) for step in standing.question.steps)
    return Neighbourhood(around, frozenset(spoken))


def dependents(
    needs: Mapping[ActionKey, Iterable[ActionKey]], of: Collection[ActionKey]
) -> frozenset[ActionKey]:
    """The given actions and everything that cannot be done without them."""
    opens: dict[ActionKey, list[ActionKey]] = {}
    for key, before in needs.items():
        for p in before:
            opens.setdefault(p, []).append(key)
    found, todo = set(of), list(of)
    while todo:
        fresh = [k for k in opens.get(todo.pop(), ()) if k not in found]
        found.update(fresh)
        todo += fresh
    return frozenset(found)


def acyclic(
    needs: Mapping[ActionKey, Sequence[ActionKey]],
) -> dict[ActionKey, tuple[ActionKey, ...]]:
    """Own actions may name each other in a circle; what would close it is not waited for."""
    kept: dict[ActionKey, tuple[ActionKey, ...]] = {}
    for key in sorted(needs):
        for wanted in sorted(needs[key]):
            if key not in _below(wanted, kept):
                kept[key] = (*kept.get(key, ()), wanted)
    return kept


def _below(key: ActionKey, needs: Mapping[ActionKey, Sequence[ActionKey]]) -> set[ActionKey]:
    """The action and everything it needs."""
    found, todo = {key}, [key]
    while todo:
        fresh = [k for k in needs.get(todo.pop(), ()) if k not in found]
        found.update(fresh)
        todo += fresh
    return found
