"""Which candidates come first: tiers, then benefit per day, then insertion moves."""

import heapq
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.domain.plan.network import Limits, Network

Floats = npt.NDArray[np.float64]

BEYOND = 1.5
"""How many horizons of work are put into an order; the rest is later."""
SWEEPS = 8
NO_EFFORT = 1e-9
"""Stands for zero days where benefit is divided by them."""


def choose(
    net: Network, limits: Limits, settled: Sequence[int] = ()
) -> tuple[list[int], list[int]]:
    """Order and rest: highest tier, then highest benefit per day together with what is missing.

    First what fits the horizon, then up to 1.5 times its capacity. `settled` candidates come
    first whatever they bring; the order does not repeat them. Source: scoring.md 3.3 (a).
    """
    frontier = _Frontier(net, settled)
    horizon = limits.capacity * limits.months
    room = -sum(net.efforts[n] for n in settled)
    order: list[int] = []
    for more in (horizon, (BEYOND - 1) * horizon):
        room += more
        frontier.refill()
        while (best := frontier.best(room)) is not None:
            for n in _by_density(net, net.closure(best, frontier.done)):
                order.append(n)
                room -= frontier.take(n)
    return order, frontier.rest()


def _by_density(net: Network, todo: Sequence[int]) -> list[int]:
    """One closure in an order that keeps prerequisites first, densest first where free."""
    left, order = set(todo), []
    while left:
        ready = [n for n in sorted(left) if not net.ancestors[n] & left]
        best = max(ready, key=lambda n: (net.benefits[n] / max(net.efforts[n], NO_EFFORT), -n))
        order.append(best)
        left.discard(best)
    return order


class _Frontier:
    """Candidates outside the order, with days and benefit of each one's missing closure.

    A heap with stale entries: taking a candidate changes only what depends on it.
    """

    def __init__(self, net: Network, settled: Sequence[int]) -> None:
        self.done = set(settled)
        self._net = net
        self._left = set(range(len(net))) - self.done
        self._days = [max(e, NO_EFFORT) for e in net.efforts]
        closures = {n: net.closure(n, self.done) for n in sorted(self._left)}
        self._benefit = {n: sum(net.benefits[x] for x in c) for n, c in closures.items()}
        self._effort = {n: sum(self._days[x] for x in c) for n, c in closures.items()}
        self._dependents: dict[int, list[int]] = {n: [] for n in closures}
        for n, closure in closures.items():
            for x in closure:
                self._dependents[x].append(n)
        self._heap: list[tuple[int, float, float, int]] = []

    def _rank(self, n: int) -> tuple[int, float, float, int]:
        density = round(self._benefit[n] / max(self._effort[n], NO_EFFORT), 12)
        return -self._net.tiers[n], -density, self._effort[n], n

    def refill(self) -> None:
        """Look again at everything left: there is more room."""
        self._heap = [self._rank(n) for n in sorted(self._left)]
        heapq.heapify(self._heap)

    def best(self, room: float) -> int | None:
        """The first candidate whose missing closure fits; what does not fit waits for a change."""
        while self._heap:
            entry = heapq.heappop(self._heap)
            n = entry[3]
            if n in self._left and entry == self._rank(n) and self._effort[n] <= room + 1e-9:
                return n
        return None

    def take(self, n: int) -> float:
        """Put one candidate into the order; what waits for it gets cheaper. Returns its days."""
        self.done.add(n)
        self._left.discard(n)
        for x in self._dependents[n]:
            if x in self._left:
                self._benefit[x] -= self._net.benefits[n]
                self._effort[x] -= self._days[n]
                heapq.heappush(self._heap, self._rank(x))
        return self._days[n]

    def rest(self) -> list[int]:
        """Everything left by the same rule, prerequisites first."""
        done, rest = set(self.done), []
        for n in sorted(self._left, key=self._rank):
            todo = self._net.closure(n, done)
            rest += sorted(todo, key=lambda x: (len(self._net.ancestors[x]), x))
            done.update(todo)
        return rest


def polish(net: Network, order: Sequence[int], limits: Limits, spent: float = 0.0) -> list[int]:
    """Insertion moves: one candidate to the best precedence-safe place of its tier.

    Objective: sum over months of benefit in place, with months counted by cumulative days after
    `spent`. Stops when no move helps or after 8 sweeps, never by the clock. Tiers keep their
    places. Source: scoring.md 3.3 (b).
    """
    by_tier = sorted(order, key=lambda n: -net.tiers[n])
    if limits.capacity <= 0 or not by_tier:
        return by_tier
    line = _Line(net, by_tier, limits, spent)
    for _ in range(SWEEPS):
        moves = [line.improve(n) for n in tuple(line.order)]
        if not any(moves):
            break
    return line.order


class _Line:
    """An order under improvement, with positions and running days kept beside it."""

    def __init__(self, net: Network, order: list[int], limits: Limits, spent: float) -> None:
        self.order = order
        self._limits, self._spent = limits, spent
        self._benefit, self._effort = np.array(net.benefits), np.array(net.efforts)
        self._at = {n: k for k, n in enumerate(order)}
        self._before = {n: [p for p in net.before[n] if p in self._at] for n in order}
        self._after: dict[int, list[int]] = {n: [] for n in order}
        for n in order:
            for p in self._before[n]:
                self._after[p].append(n)
        tiers = [net.tiers[n] for n in order]
        self._first = {t: tiers.index(t) for t in set(tiers)}
        self._last = {t: len(tiers) - 1 - tiers[::-1].index(t) for t in set(tiers)}
        self._tier = dict(zip(order, tiers, strict=True))
        self._days = self._running()
        gain = self._gain(self._days[1:])
        self._enough = 1e-9 * max(1.0, float(self._benefit[order] @ gain))

    def _running(self) -> Floats:
        return self._spent + np.concatenate([[0.0], np.cumsum(self._effort[self.order])])

    def _gain(self, days: Floats) -> Floats:
        """Months of benefit left when something is finished after so many days."""
        month = np.maximum(np.ceil(days / self._limits.capacity - 1e-9), 1)
        gain: Floats = np.maximum(0.0, self._limits.months + 1 - month)
        return gain

    def improve(self, n: int) -> bool:
        """Move one candidate to its best place if that helps; of equally good ones the nearest."""
        here, tier = self._at[n], self._tier[n]
        low = max([self._first[tier], *(self._at[p] + 1 for p in self._before[n])])
        high = min([self._last[tier], *(self._at[a] - 1 for a in self._after[n])])
        if high <= low:
            return False
        rest = np.array(self.order[low:here] + self.order[here + 1 : high + 1])
        value = self._values(n, rest, float(self._days[low]))
        top = float(value.max())
        if top <= value[here - low] + self._enough:
            return False
        good = low + np.flatnonzero(value >= top - self._enough)
        self._move(n, int(good[np.abs(good - here).argmin()]))
        return True

    def _values(self, n: int, rest: npt.NDArray[np.intp], start: float) -> Floats:
        """Objective of the window `rest` with `n` put in at each place; shape (len(rest) + 1,)."""
        own = self._effort[n]
        days = start + np.cumsum(self._effort[rest])
        benefit = self._benefit[rest]
        stay = np.concatenate([[0.0], np.cumsum(benefit * self._gain(days))])
        wait = np.cumsum((benefit * self._gain(days + own))[::-1])[::-1]
        mine = self._benefit[n] * self._gain(np.concatenate([[start], days]) + own)
        moved: Floats = stay + mine + np.concatenate([wait, [0.0]])
        return moved

    def _move(self, n: int, place: int) -> None:
        self.order.remove(n)
        self.order.insert(place, n)
        self._at = {x: k for k, x in enumerate(self.order)}
        self._days = self._running()
