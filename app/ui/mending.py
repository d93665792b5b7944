"""Where a finding is mended, and what the record it points at is called."""

from msgspec.structs import replace

from app.domain.audit import COLLECTION, Audit
from app.domain.findings import Finding, FindingKind
from app.domain.ids import ORGANISATION, QuestionId, Target, WorkflowId
from app.ui.page import Place

PAGES = {
    "organisation": "scope",
    "people": "scope",
    "platforms": "scope",
    "bank": "scope",
    "reference": "scope",
    "belief_votes": "scope",
    "deployments": "deployments",
    "upgrades": "deployments",
    "edge_cases": "edge_cases",
    "workflows": "workflows",
    "screening": "screen",
    "stages": "walk",
    "answers": "walk",
    "evidence": "walk",
    "confirmations": "walk",
    "sources": "context",
    "links": "context",
    "policies": "policies",
    "enforcement": "policies",
    "gap_notes": "gaps",
    "own_gaps": "gaps",
    "plan": "roadmap",
    "own_actions": "roadmap",
    "action_notes": "roadmap",
    "snapshots": "history",
}
"""Collection to the page that edits it; everything else belongs to the session's log."""
LOG = "log"
BY_WORKFLOW = ("stages", "links", "enforcement", "confirmations", "screening")
"""Collections whose first key is a workflow."""


FIELDS = {
    FindingKind.POLICY_NEVER_TESTED: "last_tested",
    FindingKind.POLICY_ENFORCED_NOWHERE: "point",
}
"""Findings about a record that are mended in a field of another one."""


def place_of(audit: Audit, finding: Finding) -> Place:
    """The page, the record and the field that mend a finding."""
    return replace(_record_of(audit, finding), field=FIELDS.get(finding.kind, finding.field))


def _record_of(audit: Audit, finding: Finding) -> Place:
    page = PAGES.get(finding.collection, LOG)
    first, last = (finding.keys[0], finding.keys[-1]) if finding.keys else ("", "")
    if finding.collection == "imports":
        return Place("workflows", workflow=_workflow(audit, finding), key=first)
    if finding.collection in ("answers", "evidence"):
        return Place(
            page,
            workflow=_asked_in(audit, first),
            question=_question(audit, finding),
            target=Target(first),
            key=last,
        )
    if finding.collection == "workflows":
        return Place(page, workflow=WorkflowId(first), key=first)
    if finding.collection in BY_WORKFLOW:
        return Place(page, workflow=WorkflowId(first), key=last)
    if finding.collection == "gap_notes":
        question, _, target = first.partition("/")
        return Place(page, question=QuestionId(question), target=Target(target), key=first)
    return Place(page, key=first or finding.field)


def subject(audit: Audit, finding: Finding) -> str:
    """Name of the record a finding points at; empty for the audit's own frame."""
    if not finding.keys:
        return ""
    if finding.collection == "imports":
        return _name(audit, "workflows", _workflow(audit, finding) or finding.keys[0])
    first, *rest = finding.keys
    if finding.collection == "gap_notes":
        question, _, target = first.partition("/")
        return f"{question}, {target_name(audit, target)}"
    if finding.collection in ("answers", "evidence"):
        what = (
            rest[0] if finding.collection == "answers" else _name(audit, "evidence", *finding.keys)
        )
        return f"{what}, {target_name(audit, first)}"
    if finding.collection in BY_WORKFLOW:
        return ", ".join((_name(audit, "workflows", first), *rest))
    return _name(audit, finding.collection, *finding.keys)


def target_name(audit: Audit, target: str) -> str:
    """Name of a workflow, platform or source, or of the organisation."""
    if target == ORGANISATION:
        return audit.organisation.name or target
    for collection in ("workflows", "platforms", "sources"):
        if target in getattr(audit, collection):
            return _name(audit, collection, target)
    return target


def _name(audit: Audit, collection: str, *keys: str) -> str:
    """What people call a record: its name, title or text, else its keys."""
    found = getattr(audit, collection)
    for key in keys[: COLLECTION[collection].depth]:
        found = found.get(key) if found is not None else None
    for field in ("name", "title", "text"):
        if text := getattr(found, field, ""):
            return str(text)
    return ", ".join(keys)


def _workflow(audit: Audit, finding: Finding) -> WorkflowId | None:
    """The workflow an imported row became."""
    row = audit.imports.get(finding.keys[0])  # type: ignore[call-overload]
    return row.workflow if row else None


def _asked_in(audit: Audit, target: str) -> WorkflowId | None:
    """A workflow in which a target's questions are asked, the first by id."""
    if target in audit.workflows:
        return WorkflowId(target)
    using = (
        key
        for key, workflow in sorted(audit.workflows.items())
        if workflow.is_active
        and (target in (ORGANISATION, workflow.platform) or target in audit.links.get(key, {}))
    )
    return next(using, None)


def _question(audit: Audit, finding: Finding) -> QuestionId | None:
    if finding.collection == "answers":
        return QuestionId(finding.keys[1])
    piece = audit.evidence.get(finding.keys[0], {}).get(finding.keys[1])  # type: ignore[call-overload]
    return piece.question if piece else None
