"""Derived gaps turned into actions: one for each action and target, however many gaps it closes."""

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.bank import Action
from app.domain.ids import ActionId, ActionKey, PersonId, Target
from app.domain.plan.drafts import Closing, Draft, collect
from app.domain.plan.prerequisites import acyclic, dependents, neighbourhood
from app.domain.plan.subjects import Subject
from app.domain.planning import ActionNote, OwnAction
from app.domain.risk.engine import Engine


class Candidate(Struct, frozen=True, eq=False):
    """One action for one target, before it has a month."""

    key: ActionKey
    action: ActionId
    target: Target
    title: str
    phase: int
    role: str
    effort: float
    """Person-days, own estimate first."""
    done: bool
    """Costs nothing any more; its gaps close by an answer only."""
    leads: bool
    """Comes first whatever it brings: done, or the decision about a workflow."""
    confirm_first: bool
    done_when: str
    owner: PersonId | None
    closings: tuple[Closing, ...]
    needs: tuple[ActionKey, ...] = ()
    assumes: tuple[ActionId, ...] = ()

    @property
    def remaining(self) -> float:
        return 0.0 if self.done else self.effort


def candidates(
    engine: Engine,
    audit: Audit,
    subjects: tuple[Subject, ...],
    *,
    phases: int = 5,
    excluded: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """All actions that could be planned up to phase `phases`, prerequisites resolved.

    Excluded actions (keys, or ids for every target) leave together with all that depends on them.
    Order: by workflow, question and step, then own actions that close nothing.
    """
    found = _resolved(audit, subjects, collect(engine, audit, subjects, phases))
    names = set(excluded)
    out = {c.key for c in found if c.key in names or c.action in names}
    if not out:
        return found
    banned = dependents({c.key: c.needs for c in found}, out)
    return _resolved(audit, subjects, collect(engine, audit, subjects, phases, banned))


def _resolved(
    audit: Audit, subjects: tuple[Subject, ...], drafts: Mapping[ActionKey, Draft]
) -> tuple[Candidate, ...]:
    """Drafts with texts, own efforts and prerequisites. What is done waits for nothing."""
    near = neighbourhood(tuple(s.case for s in subjects))
    actions = {a.id: a for a in audit.bank.actions}
    own = acyclic(
        {
            key: [p for p in audit.own_actions[d.action].prereqs if p in drafts]
            for key, d in drafts.items()
            if d.action in audit.own_actions
        }
    )
    found = []
    for key, draft in drafts.items():
        note = audit.action_notes.get(key, ActionNote())
        if draft.action in audit.own_actions:
            candidate = _from_own(key, draft, audit.own_actions[draft.action], note)
            candidate = replace(candidate, needs=own.get(key, ()))
        else:
            candidate = _from_bank(key, draft, actions[draft.action], note)
            workflows = {c.workflow for c in draft.closings}
            needs, assumes = near.resolve(
                draft.target, workflows, actions[draft.action], actions, drafts
            )
            candidate = replace(candidate, needs=needs, assumes=assumes)
        found.append(replace(candidate, needs=(), assumes=()) if note.done else candidate)
    return tuple(found)


def _from_bank(key: ActionKey, draft: Draft, action: Action, note: ActionNote) -> Candidate:
    return Candidate(
        key=key,
        action=action.id,
        target=draft.target,
        title=action.title,
        phase=action.phase,
        role=action.role,
        effort=sum(action.effort) / 2 if note.effort is None else note.effort,
        done=note.done,
        leads=note.done or draft.decides,
        confirm_first=draft.confirm_first,
        done_when=action.done_when,
        owner=note.owner,
        closings=tuple(draft.closings),
    )


def _from_own(key: ActionKey, draft: Draft, own: OwnAction, note: ActionNote) -> Candidate:
    return Candidate(
        key=key,
        action=draft.action,
        target=own.target,
        title=own.title,
        phase=own.phase,
        role=own.role,
        effort=own.effort if note.effort is None else note.effort,
        done=note.done,
        leads=note.done,
        confirm_first=draft.confirm_first,
        done_when=own.done_when,
        owner=note.owner,
        closings=tuple(draft.closings),
    )
