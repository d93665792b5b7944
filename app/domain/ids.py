"""Names for the ids that tie the record together."""

from typing import Final, NewType

PersonId = NewType("PersonId", str)
PlatformId = NewType("PlatformId", str)
WorkflowId = NewType("WorkflowId", str)
SourceId = NewType("SourceId", str)
PolicyId = NewType("PolicyId", str)
EvidenceId = NewType("EvidenceId", str)
UpgradeId = NewType("UpgradeId", str)
DeploymentId = NewType("DeploymentId", str)
EdgeCaseId = NewType("EdgeCaseId", str)
SessionId = NewType("SessionId", str)
VoteId = NewType("VoteId", str)
DecisionId = NewType("DecisionId", str)
ParkingId = NewType("ParkingId", str)
SnapshotId = NewType("SnapshotId", str)
ImportId = NewType("ImportId", str)
OwnGapId = NewType("OwnGapId", str)

QuestionId = NewType("QuestionId", str)
ActionId = NewType("ActionId", str)
StageId = NewType("StageId", str)
ScreenId = NewType("ScreenId", str)

Target = NewType("Target", str)
"""What a question is answered about: ORGANISATION, or the id of a platform, workflow or source.
Ids of platforms, workflows and sources are therefore unique across the three."""

GapKey = NewType("GapKey", str)
"""`question/target`."""

ActionKey = NewType("ActionKey", str)
"""`action/target`."""

ORGANISATION: Final = Target("org")
NOBODY: Final = PersonId("nobody")
"""Established that no person owns it; an owner of None means that it was not recorded."""
