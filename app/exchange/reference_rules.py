"""The rules a reference set must keep so that every estimate made from it has a meaning."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from app.domain.bank import Grade, ReferenceSet
from app.domain.risk.engine import typical_levels
from app.errors import EditError

UNIT = ("settled", "correlation")
SPREADS = ("base_sigma", "ladder_sigma")
TEXTS = ("id", "title", "date", "source")
DRAWS = range(128, 65_537)


def faults(reference: ReferenceSet) -> Iterator[tuple[str, str]]:
    """Field and what is wrong with it."""
    for field in TEXTS:
        if not getattr(reference, field).strip():
            yield field, "the text is empty"
    for field in UNIT:
        if not 0 <= getattr(reference, field) <= 1:
            yield field, "it is a number from 0 to 1"
    for field in SPREADS:
        if not 0 <= getattr(reference, field) <= 2:
            yield field, "it is a number from 0 to 2"
    if not 0 < reference.share_weight <= 1e6:
        yield "share_weight", "it is a number above 0, a million at most"
    if reference.draws not in DRAWS:
        yield "draws", f"it is a number from {DRAWS.start} to {DRAWS.stop - 1}"
    if not 0 <= reference.seed < 2**63:
        yield "seed", "it is a whole number that is not negative"
    yield from _share_faults(reference.shares)
    yield from _trust_faults(reference.trust)
    yield from _rate_faults(reference)


def _share_faults(shares: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    if not all(0 < share <= 1 for share in shares.values()):
        yield "shares", "every share is a number above 0 and up to 1"
    elif abs(math.fsum(shares.values()) - 1) > 1e-9:
        yield "shares", f"they sum to {math.fsum(shares.values()):g}, not to 1"


def _trust_faults(trust: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    if set(trust) != set(Grade):
        yield "trust", f"it names exactly {', '.join(Grade)}"
        return
    weights = [trust[grade] for grade in Grade]
    if not (weights[0] >= 0 and weights[-1] <= 1 and all(a <= b for a, b in pairwise(weights))):
        yield "trust", "the weights run from 0 to 1 and never fall from one grade to the next"


def _rate_faults(reference: ReferenceSet) -> Iterator[tuple[str, str]]:
    if not 0 < reference.base_rate < 1:
        yield "base_rate", "it is a number between 0 and 1"
        return
    if not all(0 < rate < 1 for rate in reference.rates):
        yield "rates", "every rate is a number between 0 and 1"
    ladder = reference.ladder
    if not (ladder[0] < 1 and ladder[-1] > 0 and all(a > b for a, b in pairwise(ladder))):
        yield "ladder", "the chances lie between 0 and 1 and fall from level to level"
        return
    upper = reference.upper_levels
    if not (all(share >= 0 for share in upper) and math.fsum(upper) < 1):
        yield "upper_levels", "the shares are not negative and sum to less than 1"
        return
    try:
        typical_levels(reference)
    except EditError:
        # The engine solves levels 0 and 1 itself, so that both always agree on what is possible.
        yield "upper_levels", "with this ladder and base rate no typical enterprise is typical"
