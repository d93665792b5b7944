"""The candidates as the planner sees them: days, benefits and what must come before what."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct


class Network(Struct, frozen=True, eq=False):
    """Candidates are numbers from 0; the lower number wins where everything else is equal."""

    efforts: tuple[float, ...]
    """Person-days still to be spent, >= 0."""
    benefits: tuple[float, ...]
    """In one unit for all, >= 0."""
    before: tuple[tuple[int, ...], ...]
    """Direct prerequisites; free of cycles."""
    ancestors: tuple[frozenset[int], ...]
    """Prerequisites, theirs included."""
    tiers: tuple[int, ...]
    """The higher tier comes first; a prerequisite is never in a lower one than what it opens."""
    roles: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.efforts)

    def closure(self, candidate: int, done: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """The candidate with its prerequisites that are not done, by number."""
        return sorted((self.ancestors[candidate] | {candidate}) - done)


class Limits(Struct, frozen=True):
    """Room for work: person-days a month, cumulative, over the months of the horizon."""

    capacity: float
    months: int
    roles: Mapping[str, float] = {}
    """Role to its own person-days a month, where a role is scarce."""


def network(
    efforts: Sequence[float],
    benefits: Sequence[float],
    before: Sequence[Iterable[int]],
    tiers: Sequence[int] = (),
    roles: Sequence[str] = (),
) -> Network:
    """Close the prerequisites and lift them into the highest tier of what they open."""
    direct = tuple(tuple(sorted(set(b))) for b in before)
    above = ancestors(direct)
    lifted = list(tiers or [0] * len(direct))
    for n, tier in enumerate(tuple(lifted)):
        for a in above[n]:
            lifted[a] = max(lifted[a], tier)
    names = tuple(roles or [""] * len(direct))
    return Network(tuple(efforts), tuple(benefits), direct, above, tuple(lifted), names)


def ancestors(before: Sequence[Sequence[int]]) -> tuple[frozenset[int], ...]:
    """All prerequisites of each candidate; `before` has no cycle."""
    found: dict[int, frozenset[int]] = {}
    for root in range(len(before)):
        stack = [root]
        while stack:
            n = stack[-1]
            waiting = [p for p in before[n] if p not in found]
            if waiting:
                stack += waiting
                continue
            stack.pop()
            found[n] = frozenset(before[n]).union(*(found[p] for p in before[n]))
    return tuple(found[n] for n in range(len(before)))
