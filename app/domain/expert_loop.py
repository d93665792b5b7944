"""The experts' loop: how far edge cases came from being found to being tested again."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from app.domain.workshop import EdgeCase, EdgeCaseState

LABELLED_ON = tuple(EdgeCaseState)[1:]
"""States that need a golden response."""


class LoopCounts(Struct, frozen=True):
    states: Mapping[EdgeCaseState, int]
    """Every state, also where no case is in it."""
    without_golden: int
    """Past *identified*, and yet nobody wrote down the response an expert would accept."""
    without_expert: int

    @property
    def of(self) -> int:
        return sum(self.states.values())


def loop_counts(cases: Iterable[EdgeCase]) -> LoopCounts:
    found = list(cases)
    return LoopCounts(
        {state: sum(c.state is state for c in found) for state in EdgeCaseState},
        sum(c.state in LABELLED_ON and not c.golden for c in found),
        sum(c.expert is None for c in found),
    )
