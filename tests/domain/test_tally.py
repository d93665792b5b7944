"""Rounds of ballots: median and range, never a mean, and who gave no level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Reply, Said
from app.domain.ids import PersonId
from app.domain.tally import by_role, polls, tally
from app.exchange.sample import sample_audit


def ballots(*levels: int | None) -> dict[PersonId, Said]:
    return {
        PersonId(f"p{n}"): Said(Reply.UNKNOWN) if level is None else Said(Reply.LEVEL, level)
        for n, level in enumerate(levels)
    }


@pytest.mark.parametrize(
    ("levels", "median", "range_"),
    [
        ((0, 1, 1, 3), 1, (0, 3)),
        ((1, 2), 1, (1, 2)),
        ((4,), 4, (4, 4)),
        ((0, 0, 4), 0, (0, 4)),
        ((None, None), None, None),
        ((), None, None),
    ],
)
def test_median_and_range(
    levels: tuple[int | None, ...], median: int | None, range_: tuple[int, int] | None
) -> None:
    found = tally(ballots(*levels))
    assert (found.median, found.range) == (median, range_)


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, None]), max_size=11))
def test_every_ballot_is_counted_once(levels: list[int | None]) -> None:
    found = tally(ballots(*levels))
    assert len(found.levels) + found.unknown == len(levels)
    if found.median is not None and found.range is not None:
        assert found.range[0] <= found.median <= found.range[1]
        below = sum(level < found.median for level in found.levels)
        above = sum(level > found.median for level in found.levels)
        assert max(below, above) * 2 <= len(found.levels)


def test_the_sample_was_voted_on_three_times() -> None:
    audit = sample_audit()
    found = polls(audit)
    assert len(found) == len(audit.votes)
    routing = next(p for p in found if p.question == "RT-01")
    told = tally(routing.last.ballots)
    assert (told.levels, told.unknown, told.abstained) == ((0, 1, 1, 3), 1, 1)
    roles = by_role(audit, routing.last.ballots)
    assert list(roles) == sorted(roles, key=str.casefold)
    assert sum(map(len, roles.values())) == len(routing.last.ballots)
