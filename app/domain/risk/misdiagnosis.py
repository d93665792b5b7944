"""Where the room's belief about causes departs from the evidence."""

from collections.abc import Iterable, Mapping, Sequence

from app.domain.risk.coverage import MIN_COVERAGE
from app.domain.risk.results import Estimate, Portfolio
from app.domain.workshop import BeliefVote

BLAMED_MORE = 0.20
POINTS = 100


def believed(votes: Sequence[BeliefVote], category: str) -> float:
    """Mean share of failures that the votes put down to a category, 0 to 1."""
    return sum(vote.points.get(category, 0.0) for vote in votes) / len(votes) / POINTS


def misdiagnosis(
    found: Estimate | Portfolio, votes: Iterable[BeliefVote]
) -> Mapping[str, float] | None:
    """Categories blamed 20 points or more above their share `P_c / P`, with the excess, 0 to 1.

    None where fewer than half was answered or nobody voted. Source: scoring.md 2.14.
    """
    cast = list(votes)
    if not cast or found.coverage.weight < MIN_COVERAGE:
        return None
    excess = {
        category: believed(cast, category) - part / found.risk
        for category, part in found.categories.items()
    }
    return {category: x for category, x in excess.items() if x >= BLAMED_MORE - 1e-9}
