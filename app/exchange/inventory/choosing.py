"""Which column a field comes from, chosen by a person instead of by a guess."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from app.exchange.inventory.mapping import (
    Columns,
    ContextColumns,
    DateColumn,
    Fields,
    InventoryMapping,
    LifecycleColumn,
    PersonalDataColumn,
)

CONTEXT = "context"
EVIDENCE = "evidence."
ONE_COLUMN: dict[str, Any] = {
    "lifecycle": LifecycleColumn,
    "personal_data": PersonalDataColumn,
    "go_live": DateColumn,
}
"""Fields that come from one column, and how it is described."""


def empty_mapping(name: str = "chosen") -> InventoryMapping:
    """Nothing is chosen yet; at least the name must be before it can be used."""
    return InventoryMapping(name=name, fields=Fields(name=Columns(())))


def choose_columns(
    mapping: InventoryMapping, proposed: InventoryMapping, field: str, headers: Sequence[str]
) -> InventoryMapping:
    """The mapping with a field taken from these headers, from none where there are none.

    `field` is one of a workflow's, `context`, or `evidence.ID` of the proposed mapping. Choosing
    what was proposed brings back all the proposal said about it, such as its tables of values.
    """
    if field == CONTEXT:
        return replace(mapping, context=_context(proposed.context, headers))
    if field.startswith(EVIDENCE):
        return _with_evidence(mapping, proposed, field.removeprefix(EVIDENCE), headers)
    use = _use(field, getattr(proposed.fields, field), headers)
    return replace(mapping, fields=replace(mapping.fields, **{field: use}))


def _use(field: str, proposed: Any, headers: Sequence[str]) -> Any:
    if field in ONE_COLUMN:
        if not headers:
            return None
        known = proposed is not None and proposed.column == headers[0]
        return proposed if known else ONE_COLUMN[field](headers[0])
    if not headers and field != "name":
        return None
    if proposed is not None and proposed.columns == tuple(headers):
        return proposed
    return Columns(tuple(headers))


def _context(proposed: ContextColumns | None, headers: Sequence[str]) -> ContextColumns | None:
    """The place is one of the proposal's headers, so it comes and goes with them."""
    if not headers:
        return None
    if proposed is not None:
        own = (*proposed.columns, *([proposed.place] if proposed.place else ()))
        if own == tuple(headers):
            return proposed
    return ContextColumns(tuple(headers))


def _with_evidence(
    mapping: InventoryMapping, proposed: InventoryMapping, id_: str, headers: Sequence[str]
) -> InventoryMapping:
    chosen = {each.id: each for each in mapping.evidence}
    known = next(each for each in proposed.evidence if each.id == id_)
    if not headers:
        chosen.pop(id_, None)
    elif headers[0] == known.column:
        chosen[id_] = known
    else:
        chosen[id_] = replace(known, column=headers[0], values={})
    order = [each.id for each in proposed.evidence]
    evidence = sorted(chosen.values(), key=lambda each: order.index(each.id))
    return replace(mapping, evidence=tuple(evidence))
