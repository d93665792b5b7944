"""The whole audit as one frozen value, and the table of its collections."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from app.domain.answers import Answer, Confirmation, Evidence, Screening
from app.domain.bank import Bank, ReferenceSet
from app.domain.ids import (
    ActionId,
    ActionKey,
    DecisionId,
    DeploymentId,
    EdgeCaseId,
    EvidenceId,
    GapKey,
    ImportId,
    OwnGapId,
    ParkingId,
    PersonId,
    PlatformId,
    PolicyId,
    QuestionId,
    SessionId,
    SnapshotId,
    SourceId,
    StageId,
    Target,
    UpgradeId,
    VoteId,
    WorkflowId,
)
from app.domain.landscape import (
    ContextSource,
    Deployment,
    Enforcement,
    ImportedRow,
    ModelUpgrade,
    Organisation,
    Person,
    Platform,
    Policy,
    SourceLink,
    StageRecord,
    Workflow,
)
from app.domain.planning import ActionNote, GapNote, OwnAction, OwnGap, PlanSettings
from app.domain.workshop import (
    Attendance,
    BeliefVote,
    Decision,
    DotVote,
    EdgeCase,
    ParkingItem,
    Session,
    Snapshot,
    Vote,
)


class Audit(Struct, frozen=True):
    """Everything one document knows. Mappings carry no order: derived work walks ids sorted.

    Large collections are grouped (`answers[target][question]`), so that an edit copies one small
    mapping and a diff skips every group that is the same object.
    """

    bank: Bank
    reference: ReferenceSet
    organisation: Organisation = Organisation()
    plan: PlanSettings = PlanSettings()
    people: Mapping[PersonId, Person] = {}
    platforms: Mapping[PlatformId, Platform] = {}
    workflows: Mapping[WorkflowId, Workflow] = {}
    stages: Mapping[WorkflowId, Mapping[StageId, StageRecord]] = {}
    sources: Mapping[SourceId, ContextSource] = {}
    links: Mapping[WorkflowId, Mapping[SourceId, SourceLink]] = {}
    policies: Mapping[PolicyId, Policy] = {}
    enforcement: Mapping[WorkflowId, Mapping[PolicyId, Enforcement]] = {}
    answers: Mapping[Target, Mapping[QuestionId, Answer]] = {}
    evidence: Mapping[Target, Mapping[EvidenceId, Evidence]] = {}
    screening: Mapping[WorkflowId, Screening] = {}
    confirmations: Mapping[WorkflowId, Confirmation] = {}
    gap_notes: Mapping[GapKey, GapNote] = {}
    action_notes: Mapping[ActionKey, ActionNote] = {}
    own_actions: Mapping[ActionId, OwnAction] = {}
    upgrades: Mapping[UpgradeId, ModelUpgrade] = {}
    deployments: Mapping[DeploymentId, Deployment] = {}
    edge_cases: Mapping[EdgeCaseId, EdgeCase] = {}
    belief_votes: Mapping[PersonId, BeliefVote] = {}
    sessions: Mapping[SessionId, Session] = {}
    attendance: Mapping[SessionId, Mapping[PersonId, Attendance]] = {}
    votes: Mapping[VoteId, Vote] = {}
    dot_votes: Mapping[SessionId, Mapping[PersonId, DotVote]] = {}
    decisions: Mapping[DecisionId, Decision] = {}
    parking: Mapping[ParkingId, ParkingItem] = {}
    own_gaps: Mapping[OwnGapId, OwnGap] = {}
    snapshots: Mapping[SnapshotId, Snapshot] = {}
    imports: Mapping[ImportId, ImportedRow] = {}


class Collection(Struct, frozen=True):
    """One field of Audit: how many keys lead to a record of `kind` (0, 1 or 2)."""

    name: str
    kind: Any
    depth: int = 1


COLLECTIONS: tuple[Collection, ...] = (
    Collection("bank", Bank, 0),
    Collection("reference", ReferenceSet, 0),
    Collection("organisation", Organisation, 0),
    Collection("plan", PlanSettings, 0),
    Collection("people", Person),
    Collection("platforms", Platform),
    Collection("workflows", Workflow),
    Collection("stages", StageRecord, 2),
    Collection("sources", ContextSource),
    Collection("links", SourceLink, 2),
    Collection("policies", Policy),
    Collection("enforcement", Enforcement, 2),
    Collection("answers", Answer, 2),
    Collection("evidence", Evidence, 2),
    Collection("screening", Screening),
    Collection("confirmations", Confirmation),
    Collection("gap_notes", GapNote),
    Collection("action_notes", ActionNote),
    Collection("own_actions", OwnAction),
    Collection("upgrades", ModelUpgrade),
    Collection("deployments", Deployment),
    Collection("edge_cases", EdgeCase),
    Collection("belief_votes", BeliefVote),
    Collection("sessions", Session),
    Collection("attendance", Attendance, 2),
    Collection("votes", Vote),
    Collection("dot_votes", DotVote, 2),
    Collection("decisions", Decision),
    Collection("parking", ParkingItem),
    Collection("own_gaps", OwnGap),
    Collection("snapshots", Snapshot),
    Collection("imports", ImportedRow),
)
COLLECTION = {c.name: c for c in COLLECTIONS}
