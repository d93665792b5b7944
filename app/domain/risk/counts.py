"""How many workflows miss their target: the range of a count, coin toss included."""

import math

import numpy as np

from app.domain.risk.engine import Floats

EXACT = 64
"""Up to this many workflows the count is exact, beyond it normal."""
TAILS = (0.05, 0.95)


class Misses:
    """Collects the chance of each workflow in every draw; keeps sums beyond EXACT workflows.

    The count is a mixture over the draws of the Poisson-binomial of the chances.
    Source: scoring.md 2.9.
    """

    def __init__(self, draws: int) -> None:
        self.of = 0
        self._kept: list[Floats] = []
        self._mean = np.zeros(draws)
        self._variance = np.zeros(draws)

    def add(self, chance: Floats) -> None:
        """One workflow: its chance of missing, 0 to 1, in every draw."""
        self.of += 1
        self._mean += chance
        self._variance += chance * (1 - chance)
        if self.of <= EXACT:
            self._kept.append(chance)
        else:
            self._kept.clear()

    def range(self) -> tuple[int, int]:
        """Smallest counts whose cumulated probability reaches 5% and 95%."""
        low, high = TAILS
        if self.of > EXACT:
            return self._normal(low), self._normal(high)
        cumulated = self._exact()
        return _reached(cumulated, low), _reached(cumulated, high)

    def _exact(self) -> Floats:
        counts = np.zeros((self.of + 1, len(self._mean)))
        counts[0] = 1
        for n, chance in enumerate(self._kept):
            missed = counts[: n + 1] * chance
            counts[: n + 1] -= missed
            counts[1 : n + 2] += missed
        return np.asarray(counts.mean(1).cumsum())

    def _normal(self, tail: float) -> int:
        """Bisection over the continuity-corrected normal distribution."""
        low, high = 0, self.of
        while low < high:
            middle = (low + high) // 2
            if self._cumulated(middle) >= tail:
                high = middle
            else:
                low = middle + 1
        return low

    def _cumulated(self, count: int) -> float:
        spread = np.sqrt(self._variance) + 1e-12
        scores = (count + 0.5 - self._mean) / spread / math.sqrt(2)
        return 0.5 + 0.5 * sum(map(math.erf, scores.tolist())) / len(scores)


def _reached(cumulated: Floats, tail: float) -> int:
    return int(np.searchsorted(cumulated, tail - 1e-12))
