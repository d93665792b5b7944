"""What the record lacks or contradicts, each finding pointing at what to mend."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from app.domain.answer_checks import answer_findings
from app.domain.audit import COLLECTIONS, Audit
from app.domain.bank import Facet
from app.domain.edits.ranges import check_values
from app.domain.edits.workshop import fingerprint
from app.domain.findings import Finding, FindingKind, FindingSeverity
from app.domain.ids import NOBODY, QuestionId, StageId, WorkflowId
from app.domain.landscape import EnforcementPoint, Lifecycle, Mechanism, Outcome, StageState
from app.domain.planning import Response
from app.domain.references import Reference, all_references, dangling, defined, records
from app.domain.replies import home, standing
from app.domain.sessions import named_people
from app.domain.shapes import CONTENT, TARGETS
from app.domain.workshop import EdgeCaseState, Verdict
from app.errors import EditError

__all__ = ["Finding", "checks", "has_contradiction"]

Check = Callable[[Audit, dt.date], Iterator[Finding]]
WORKING: Final = 3
"""Level from which a question says that its stage is run."""


def checks(audit: Audit, today: dt.date) -> tuple[Finding, ...]:
    """All findings: contradictions first, then by kind and record. Deterministic."""
    order = {kind: place for place, kind in enumerate(FindingKind)}
    names = {c.name: place for place, c in enumerate(COLLECTIONS)}
    found = [f for check in _CHECKS for f in check(audit, today)]
    return tuple(sorted(found, key=lambda f: (order[f.kind], names[f.collection], f.keys, f.field)))


def has_contradiction(findings: tuple[Finding, ...]) -> bool:
    return any(f.severity is FindingSeverity.ERROR for f in findings)


def _closed(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    """Every reference leads somewhere, every id means one thing, every value can be."""
    for r in dangling(audit):
        yield _reference(FindingKind.DANGLING_REFERENCE, r)
    known = {kind: defined(audit, kind) for kind in CONTENT}
    lost = (r for r in all_references(audit) if r.kind in known and r.id not in known[r.kind])
    for r in dict.fromkeys(lost):
        yield _reference(FindingKind.CONTENT_NOT_IN_BANK, r)
    for i, name in enumerate(TARGETS):
        for other in TARGETS[i + 1 :]:
            for key in sorted(getattr(audit, name).keys() & getattr(audit, other).keys()):
                yield Finding(FindingKind.ID_USED_TWICE, name, (key,), values={"other": other})
    for collection in COLLECTIONS:
        if collection.name in ("bank", "reference"):
            continue
        for keys, record in records(audit, collection.name):
            try:
                check_values(record)
            except EditError as error:
                kind = FindingKind.VALUE_OUT_OF_RANGE
                yield Finding(kind, collection.name, keys, values={"text": error.sentence})


def _reference(kind: FindingKind, r: Reference) -> Finding:
    what = r.kind.__name__.removesuffix("Id").lower()
    return Finding(kind, r.collection, r.keys, values={"what": what, "id": r.id})


def _frame(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    organisation = audit.organisation
    missing = {
        FindingKind.DAY_RATE_MISSING: ("day_rate", organisation.day_rate is None),
        FindingKind.SPONSOR_MISSING: ("sponsor", organisation.sponsor is None),
        FindingKind.DECISION_WANTED_MISSING: ("decision_wanted", not organisation.decision_wanted),
    }
    for kind, (field, is_missing) in missing.items():
        if is_missing:
            yield Finding(kind, "organisation", (), field)
    if audit.plan.start is None:
        yield Finding(FindingKind.PLAN_START_MISSING, "plan", (), "start")
    areas = {r.id for r in audit.bank.respondents}
    seats = dict[int, str]()
    for key, person in sorted(named_people(audit).items()):
        if not person.role:
            yield Finding(FindingKind.PERSON_WITHOUT_ROLE, "people", (key,), "role")
        if person.area and person.area not in areas:
            values = {"area": person.area}
            yield Finding(FindingKind.AREA_NOT_IN_BANK, "people", (key,), "area", values)
        if person.seat is not None and person.seat in seats:
            taken: dict[str, str | int | float] = {"seat": person.seat, "other": seats[person.seat]}
            yield Finding(FindingKind.SEAT_TAKEN_TWICE, "people", (key,), "seat", taken)
        elif person.seat is not None:
            seats[person.seat] = key


def _names(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    for collection in ("people", *TARGETS):
        first = dict[str, str]()
        records = getattr(audit, collection) if collection != "people" else named_people(audit)
        for key, record in sorted(records.items()):
            name = " ".join(record.name.casefold().split())
            if name in first:
                values = {"name": record.name, "other": first[name]}
                yield Finding(FindingKind.DUPLICATE_NAME, collection, (key,), "name", values)
            first.setdefault(name, key)


def _workflows(audit: Audit, today: dt.date) -> Iterator[Finding]:
    for key, workflow in sorted(audit.workflows.items()):
        where = ("workflows", (key,))
        missing = {
            FindingKind.WORKFLOW_WITHOUT_OWNER: ("owner", workflow.owner is None),
            FindingKind.LIFECYCLE_MISSING: ("lifecycle", workflow.lifecycle is None),
            FindingKind.LIVE_WITHOUT_DATE: ("go_live", workflow.is_live and not workflow.go_live),
            FindingKind.BENEFIT_MISSING: ("yearly_benefit", workflow.yearly_benefit is None),
        }
        for kind, (field, is_missing) in missing.items():
            if is_missing and workflow.is_active:
                yield Finding(kind, *where, field)
        if workflow.is_live and workflow.go_live and workflow.go_live > today:
            date = {"date": workflow.go_live.isoformat()}
            yield Finding(FindingKind.LIVE_IN_FUTURE, *where, "go_live", date)
        if workflow.outcome is Outcome.PROMOTE and workflow.lifecycle is Lifecycle.RETIRED:
            yield Finding(FindingKind.OUTCOME_CONTRADICTS_LIFECYCLE, *where, "outcome")
        if workflow.outcome in (Outcome.PAUSE, Outcome.STOP) and workflow.is_live:
            yield Finding(FindingKind.STOPPED_BUT_LIVE, *where, "lifecycle")


def _imports(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    assessed = (audit.answers, audit.stages, audit.screening, audit.confirmations)
    for key, row in sorted(audit.imports.items()):
        if not any(row.workflow in group for group in assessed):
            values = {"workflow": row.workflow}
            yield Finding(FindingKind.IMPORTED_UNTOUCHED, "imports", (key,), values=values)


def _sources(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    linked = {source for group in audit.links.values() for source in group}
    for key, source in sorted(audit.sources.items()):
        if key not in linked:
            yield Finding(FindingKind.SOURCE_WITHOUT_WORKFLOW, "sources", (key,))
        if source.owner is None:
            yield Finding(FindingKind.SOURCE_WITHOUT_OWNER, "sources", (key,), "owner")


def _policies(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    enforced, tested = set(), set()
    for workflow, group in sorted(audit.enforcement.items()):
        for policy, enforcement in sorted(group.items()):
            if enforcement.point not in (None, EnforcementPoint.NOWHERE):
                enforced.add(policy)
            if enforcement.last_tested:
                tested.add(policy)
            if enforcement.last_tested and enforcement.point is EnforcementPoint.NOWHERE:
                keys = (workflow, policy)
                yield Finding(FindingKind.TESTED_BUT_NOWHERE, "enforcement", keys, "point")
    for key, record in sorted(audit.policies.items()):
        if key not in enforced:
            yield Finding(FindingKind.POLICY_ENFORCED_NOWHERE, "policies", (key,))
        elif key not in tested:
            yield Finding(FindingKind.POLICY_NEVER_TESTED, "policies", (key,))
        if record.owner is None:
            yield Finding(FindingKind.POLICY_WITHOUT_OWNER, "policies", (key,), "owner")


def _stages(audit: Audit, today: dt.date) -> Iterator[Finding]:
    """Stage records against the answers about the same stage. Source: scoring.md 2.11."""
    for workflow, group in sorted(audit.stages.items()):
        for stage, record in sorted(group.items()):
            keys = (workflow, stage)
            named = record.owner not in (None, NOBODY)
            running = record.mechanism in (Mechanism.CODE, Mechanism.LAYER)
            by_nobody = record.mechanism in (Mechanism.NOBODY, Mechanism.USER)
            for question, level in _levels(audit, workflow, stage, Facet.OWNER, today):
                if (named and level == 0) or (record.owner == NOBODY and level >= WORKING):
                    kind, values = FindingKind.STAGE_OWNER_CONTRADICTS, _at(question, level)
                    yield Finding(kind, "stages", keys, "owner", values)
            for question, level in _levels(audit, workflow, stage, Facet.DEFINITION, today):
                works = running and record.state is StageState.RUNNING
                if (works and level == 0) or (by_nobody and level >= WORKING):
                    kind, values = FindingKind.STAGE_MECHANISM_CONTRADICTS, _at(question, level)
                    yield Finding(kind, "stages", keys, "mechanism", values)


def _levels(
    audit: Audit, workflow: WorkflowId, stage: StageId, facet: Facet, today: dt.date
) -> Iterator[tuple[QuestionId, int]]:
    """Answered levels of the questions about this side of a stage."""
    for question in audit.bank.questions:
        if question.stage == stage and question.facet is facet:
            target, place = home(audit, question, workflow)
            level = standing(question, target, place.get(question.id), today).level
            if level is not None:
                yield question.id, level


def _at(question: QuestionId, level: int) -> dict[str, str | int | float]:
    return {"question": question, "level": level}


def _confirmations(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    for workflow, confirmation in sorted(audit.confirmations.items()):
        where = ("confirmations", (workflow,))
        if confirmation.fingerprint != fingerprint(audit, workflow):
            yield Finding(FindingKind.CONFIRMED_ANSWERS_CHANGED, *where)
        record = audit.workflows.get(workflow)
        if record and record.owner != confirmation.person:
            values = {"person": confirmation.person, "owner": record.owner or ""}
            yield Finding(FindingKind.CONFIRMED_BY_ANOTHER, *where, "person", values)


def _plan(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    plan = audit.plan
    for key, month in sorted(plan.pins.items()):
        values: dict[str, str | int | float] = {"action": key, "month": month}
        if not 1 <= month <= plan.months:
            values["months"] = plan.months
            yield Finding(FindingKind.PIN_OUTSIDE_PLAN, "plan", (), "pins", values)
        if key in plan.excluded or key.partition("/")[0] in plan.excluded:
            yield Finding(FindingKind.PINNED_AND_EXCLUDED, "plan", (), "pins", values)
    for gap, remark in sorted(audit.gap_notes.items()):
        if remark.response is Response.ACCEPT and remark.accepted_until is None:
            kind, field = FindingKind.ACCEPTED_WITHOUT_DATE, "accepted_until"
            yield Finding(kind, "gap_notes", (gap,), field)
        if remark.response is Response.DISAGREE and not remark.because:
            yield Finding(FindingKind.DISAGREED_WITHOUT_REASON, "gap_notes", (gap,), "because")


def _session(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    for key, decision in sorted(audit.decisions.items()):
        if decision.decided and decision.verdict is None:
            yield Finding(FindingKind.DECIDED_WITHOUT_VERDICT, "decisions", (key,), "verdict")
        if decision.verdict is Verdict.NO:
            continue
        if decision.owner is None:
            yield Finding(FindingKind.DECISION_WITHOUT_OWNER, "decisions", (key,), "owner")
        if decision.due is None:
            yield Finding(FindingKind.DECISION_WITHOUT_DATE, "decisions", (key,), "due")
    for parked, item in sorted(audit.parking.items()):
        if item.owner is None and not item.done:
            yield Finding(FindingKind.PARKED_WITHOUT_OWNER, "parking", (parked,), "owner")
    for case, edge in sorted(audit.edge_cases.items()):
        if edge.state is not EdgeCaseState.IDENTIFIED and not edge.golden:
            yield Finding(FindingKind.GOLDEN_RESPONSE_MISSING, "edge_cases", (case,), "golden")


def _deployments(audit: Audit, _today: dt.date) -> Iterator[Finding]:
    for key, past in sorted(audit.deployments.items()):
        where = ("deployments", (key,))
        if past.reached_scale is None or past.returned_projected is None:
            yield Finding(FindingKind.OUTCOME_NOT_RECORDED, *where, "reached_scale")
        elif past.reached_scale and past.returned_projected and past.failure_split:
            yield Finding(FindingKind.FAILURE_SPLIT_OF_SUCCESS, *where, "failure_split")


_CHECKS: Final[tuple[Check, ...]] = (
    _closed,
    _frame,
    _names,
    _workflows,
    _imports,
    _sources,
    _policies,
    _stages,
    answer_findings,
    _confirmations,
    _plan,
    _session,
    _deployments,
)
