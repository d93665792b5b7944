"""Months for an order: serial placement under cumulative capacity, around pinned actions."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from app.domain.plan.network import Limits, Network
from app.domain.plan.results import PinRefusal

Floats = npt.NDArray[np.float64]

SLACK = 1e-9


class Placement(Struct, frozen=True):
    months: dict[int, int]
    """Candidate to the month (1 to the horizon) in which it is finished."""
    fits: bool
    """False where the pins alone ask for more than the capacity of all or of a role."""


class Pinned(Struct, frozen=True):
    order: list[int]
    kept: dict[int, int]
    refused: dict[int, PinRefusal]


def place(
    net: Network, order: Sequence[int], limits: Limits, pins: Mapping[int, int] | None = None
) -> Placement:
    """Each candidate in the earliest month after its prerequisites that has room for it.

    Room means that the cumulative capacity `K t` (person-days) holds in that month and in every
    later one, for all work together and for the candidate's role where the role is limited.
    Pinned candidates keep their month. What does not fit, or waits for something that does not,
    is left out. Source: scoring.md 3.3 (c).
    """
    months = dict(pins or {})
    rows = {role: n for n, role in enumerate(sorted(limits.roles), start=1)}
    rates = np.array([limits.capacity, *(limits.roles[role] for role in rows)])
    free: Floats = rates[:, None] * np.arange(1.0, limits.months + 1)
    own_rows = [[0, rows[r]] if r in rows else [0] for r in net.roles]
    for n, month in sorted(months.items()):
        free[own_rows[n], month - 1 :] -= net.efforts[n]
    for n in order:
        need = [months.get(p) for p in net.before[n]]
        if n in months or None in need:
            continue
        start = max([1, *(m for m in need if m is not None)])
        room = free[own_rows[n], start - 1 :].min(axis=0)
        lasting = np.minimum.accumulate(room[::-1])[::-1]
        fits = np.flatnonzero(lasting >= net.efforts[n] - SLACK)
        if fits.size:
            months[n] = start + int(fits[0])
            free[own_rows[n], months[n] - 1 :] -= net.efforts[n]
    return Placement(months, bool(free.min(initial=0.0) >= -SLACK))


def pin(net: Network, order: Sequence[int], limits: Limits, pins: Mapping[int, int]) -> Pinned:
    """Keep as many pins as possible, the earliest month first, or say why one is refused.

    Where prerequisites would come late they move to the front of the order. Source: scoring.md
    3.3, pins.
    """
    line, kept, refused = list(order), dict[int, int](), dict[int, PinRefusal]()
    for n, month in sorted(pins.items(), key=lambda pinned: (pinned[1], pinned[0])):
        if not 1 <= month <= limits.months:
            refused[n] = PinRefusal.OUTSIDE
            continue
        wanted = {**kept, n: month}
        trial = line
        found = place(net, trial, limits, wanted)
        if _is_late(net, found, wanted):
            trial = _prerequisites_first(net, line, wanted)
            found = place(net, trial, limits, wanted)
        if not found.fits:
            refused[n] = PinRefusal.CAPACITY
        elif _is_late(net, found, wanted):
            refused[n] = PinRefusal.PREREQUISITE
        else:
            kept, line = wanted, trial
    return Pinned(line, kept, refused)


def _is_late(net: Network, found: Placement, pins: Mapping[int, int]) -> bool:
    """Whether a pinned candidate would be finished before something it needs."""
    months = found.months
    return any(months.get(a, m + 1) > m for n, m in pins.items() for a in net.ancestors[n])


def _prerequisites_first(net: Network, order: Sequence[int], pins: Mapping[int, int]) -> list[int]:
    """The order with everything the pins need at its head, the most urgent first."""
    due: dict[int, int] = {}
    for n, month in pins.items():
        for a in net.ancestors[n] - pins.keys():
            due[a] = min(month, due.get(a, month))
    head = sorted(due, key=lambda a: (due[a], len(net.ancestors[a]), a))
    return [*head, *(n for n in order if n not in due)]
