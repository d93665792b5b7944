"""The next audit begun from the last one: what was found is proposed, what was promised stays."""

from collections.abc import Mapping

from msgspec.structs import replace

from app.domain.answers import Answer, Review
from app.domain.audit import Audit
from app.domain.gaps import open_own_gaps
from app.domain.ids import QuestionId
from app.domain.sessions import named_people


def reaudit(audit: Audit) -> Audit:
    """The record as the start of another audit.

    Kept: organisation, bank, reference set, people but no stand-ins of seats, workflows,
    platforms, sources, rules, stages, evidence, what people noted about gaps and actions, gaps
    recorded in the room and parked items that are still open, the plan's settings, edge cases,
    past deployments. Settled answers are proposed until the room settles them again; what each
    person said, votes, screening, beliefs, confirmations, sessions, decisions and snapshots belong
    to the last audit and stay in its file.
    """
    return Audit(
        bank=audit.bank,
        reference=audit.reference,
        organisation=audit.organisation,
        plan=replace(audit.plan, start=None, pins={}),
        people=named_people(audit),
        platforms=audit.platforms,
        workflows=audit.workflows,
        stages=audit.stages,
        sources=audit.sources,
        links=audit.links,
        policies=audit.policies,
        enforcement=audit.enforcement,
        answers={
            target: kept for target, group in audit.answers.items() if (kept := _proposed(group))
        },
        evidence=audit.evidence,
        gap_notes=audit.gap_notes,
        action_notes=audit.action_notes,
        own_actions=audit.own_actions,
        upgrades=audit.upgrades,
        deployments=audit.deployments,
        edge_cases=audit.edge_cases,
        parking={
            key: replace(item, session=None) for key, item in audit.parking.items() if not item.done
        },
        own_gaps={key: replace(gap, session=None) for key, gap in open_own_gaps(audit)},
        imports=audit.imports,
    )


def _proposed(group: Mapping[QuestionId, Answer]) -> dict[QuestionId, Answer]:
    """Answers the room had settled, as proposals; notes and open questions stay beside them."""
    return {
        question: replace(
            answer,
            review=Review.PROPOSED if answer.settled else Review.OPEN,
            individual={},
            mode="",
        )
        for question, answer in group.items()
        if answer.settled or answer.note or answer.find_out
    }
