"""Where ids are inside each kind of record, read from its types once."""

import types
import typing
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import COLLECTION, COLLECTIONS, Audit
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
from app.domain.planning import PlanSettings

Id = Any
"""One of the NewTypes of `ids`."""

DEFINED_IN: Final[Mapping[Id, str]] = {
    PersonId: "people",
    PlatformId: "platforms",
    WorkflowId: "workflows",
    SourceId: "sources",
    PolicyId: "policies",
    EvidenceId: "evidence",
    UpgradeId: "upgrades",
    DeploymentId: "deployments",
    EdgeCaseId: "edge_cases",
    SessionId: "sessions",
    VoteId: "votes",
    DecisionId: "decisions",
    ParkingId: "parking",
    SnapshotId: "snapshots",
    ImportId: "imports",
    OwnGapId: "own_gaps",
    ActionId: "own_actions",
}
"""The collection whose last key is the id; actions are defined in the bank as well."""

TARGETS: Final = ("platforms", "workflows", "sources")
"""Collections whose ids are targets of questions, and therefore unique across the three."""

CONTENT: Final = (QuestionId, StageId, ActionId)
"""Kinds that the bank defines: another bank may lose one, which is a finding and no fault."""

_KEYS: Final[Mapping[Id, tuple[Id, Id]]] = {
    GapKey: (QuestionId, Target),
    ActionKey: (ActionId, Target),
}
IDS: Final = frozenset((*DEFINED_IN, *_KEYS, Target, QuestionId, StageId))
_READ_AS: Final[Mapping[tuple[Any, str], Any]] = {
    (PlanSettings, "excluded"): tuple[ActionKey, ...],
}
"""A field whose type says less than is meant: action keys, or action ids without a target."""


class Shape(Struct, frozen=True):
    """Where ids are inside a type: it is one itself, or its fields, keys or items hold some."""

    kind: Id = None
    fields: tuple[tuple[str, "Shape"], ...] = ()
    key: "Shape | None" = None
    item: "Shape | None" = None
    optional: bool = False


def shape_of(kind: Any) -> Shape | None:
    if kind in IDS:
        return Shape(kind=kind)
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = shape_of(next(a for a in args if a is not type(None)))
        return inner and replace(inner, optional=True)
    if origin is not None and issubclass(origin, Mapping):
        key, item = shape_of(args[0]), shape_of(args[1])
        return Shape(key=key, item=item) if key or item else None
    if origin is tuple:
        item = shape_of(args[0])
        return Shape(item=item) if item else None
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints = typing.get_type_hints(kind)
        found = ((n, shape_of(_READ_AS.get((kind, n), hints[n]))) for n in kind.__struct_fields__)
        fields = tuple((n, s) for n, s in found if s)
        return Shape(fields=fields) if fields else None
    return None


def _key_kinds(name: str) -> tuple[Id, ...]:
    kinds, kind = [], typing.get_type_hints(Audit)[name]
    for _ in range(COLLECTION[name].depth):
        key, kind = typing.get_args(kind)
        kinds.append(key)
    return tuple(kinds)


WALKED: Final = tuple(c for c in COLLECTIONS if c.name not in ("bank", "reference"))
SHAPES: Final = {c.name: shape_of(c.kind) for c in WALKED}
KEY_KINDS: Final[Mapping[str, tuple[Id, ...]]] = {c.name: _key_kinds(c.name) for c in COLLECTIONS}


def parts(kind: Id, value: str) -> tuple[tuple[Id, str], ...]:
    """An id as it stands, and the two halves of a gap's or action's key.

    A gap's key without a slash is the id of a gap that was recorded.
    """
    if kind not in _KEYS:
        return ((kind, value),)
    first, slash, target = value.partition("/")
    if kind is GapKey and not slash:
        return ((OwnGapId, value),)
    kinds = _KEYS[kind]
    return ((kinds[0], first), (kinds[1], target)) if slash else ((kinds[0], first),)
