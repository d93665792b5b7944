"""Agendas: honest minutes, a clock that warns, and lines typed for them."""

import datetime as dt
import tomllib

import pytest

from app.domain.agenda import (
    KINDS,
    Pace,
    as_line,
    current,
    elapsed,
    from_lines,
    go_on,
    lengthened,
    next_open,
    pace,
)
from app.domain.workshop import Timebox
from app.exchange.agenda_toml import shipped_agendas
from app.exchange.bank_toml import default_bank
from app.resource import resource
from app.words import Words

START = dt.datetime(2026, 11, 23, 9)


def later(minutes: float) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


def test_a_half_day_is_170_net_minutes_and_the_others_are_what_they_say() -> None:
    minutes = {agenda.id: agenda.minutes for agenda in shipped_agendas()}
    assert minutes == {
        "half_day": 170,
        "ninety_minutes": 90,
        "screening_hour": 60,
        "reaudit": 120,
    }


def test_shipped_agendas_name_known_kinds_and_respondents() -> None:
    respondents = {r.id for r in default_bank().respondents}
    for agenda in shipped_agendas():
        assert Words().has(f"agenda.{agenda.id}")
        for item in agenda.items:
            assert item.kind in KINDS
            assert set(item.attends) <= respondents
    assert set(tomllib.loads(resource("i18n", "en.toml").read_text("utf-8"))["timebox"]) == set(
        KINDS
    )


def test_what_was_promised_last_time_comes_before_any_work() -> None:
    work = {"screen", "strips", "conditions", "core", "disputed", "undisputed"}
    for agenda in shipped_agendas():
        kinds = [item.kind for item in agenda.items]
        first = min(kinds.index(kind) for kind in work & set(kinds))
        assert "last_time" not in kinds or kinds.index("last_time") < first


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, Pace.IN_TIME), (15.9, Pace.IN_TIME), (16, Pace.NEARLY_OVER), (20, Pace.NEARLY_OVER),
     (20.1, Pace.OVER)],
)  # fmt: skip
def test_the_clock_turns_amber_at_80_percent(minutes: float, expected: Pace) -> None:
    assert pace(Timebox(minutes=20, started=START), later(minutes)) is expected


def test_an_item_without_minutes_or_start_is_never_late() -> None:
    assert pace(Timebox(started=START), later(500)) is Pace.IN_TIME
    assert pace(Timebox(minutes=1), later(500)) is Pace.IN_TIME
    assert elapsed(Timebox(minutes=1), later(5)) == 0


def test_going_on_ends_the_one_and_starts_the_other() -> None:
    items = (Timebox("opening", 5), Timebox("screen", 40), Timebox("close", 5))
    assert (current(items), next_open(items)) == (None, 0)
    items = go_on(items, 0, START)
    items = go_on(items, 1, later(7))
    assert items[0].ended == items[1].started == later(7)
    assert (current(items), next_open(items)) == (1, 2)
    assert elapsed(items[0], later(99)) == 7 * 60
    items = go_on(items, None, later(50))
    assert current(items) is None
    assert elapsed(items[1], later(99)) == 43 * 60


def test_an_item_can_be_given_more_or_less_time() -> None:
    items = (Timebox("opening", 5), Timebox("screen", 40))
    assert lengthened(items, 1, 5)[1].minutes == 45
    assert lengthened(items, 0, -9)[0].minutes == 1


def test_lines_keep_what_is_known_of_their_items() -> None:
    titles = {"opening": "Welcome", "screen": "Screen"}
    before = (
        Timebox("opening", 5, started=START, ended=later(4)),
        Timebox(title="Tour", minutes=9),
    )
    lines = [as_line(i, i.title or titles[i.kind]) for i in before]
    assert lines == ["5 Welcome", "9 Tour"]
    assert from_lines(lines, before, titles) == before
    made = from_lines(["12 tour", "", "screen", "10 Something new", "7 Welcome"], before, titles)
    assert [(i.kind, i.minutes, i.title) for i in made] == [
        ("", 12, "Tour"), ("screen", 0, ""), ("", 10, "Something new"), ("opening", 7, ""),
    ]  # fmt: skip
    assert made[3].started == START
