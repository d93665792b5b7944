"""Words by language: codes, counts, money, dates, and what a language lacks."""

import datetime as dt
from enum import StrEnum
from pathlib import Path

import pytest

import app.words
from app.domain.bank import Grade
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.findings import FindingKind
from app.domain.landscape import Lifecycle, Mechanism, Outcome
from app.domain.lanes import ScreenLane
from app.domain.plan.results import OptionKind, PinRefusal
from app.domain.planning import Response, Severity
from app.domain.replies import Status
from app.domain.risk.results import Compared, Withheld
from app.domain.workshop import Verdict
from app.words import Words, nearest

TABLES: dict[str, type[StrEnum]] = {
    "state": WorkflowState,
    "condition": ConditionState,
    "relative": Compared,
    "withheld": Withheld,
    "withheld_short": Withheld,
    "severity": Severity,
    "response": Response,
    "grade": Grade,
    "status": Status,
    "lifecycle": Lifecycle,
    "outcome": Outcome,
    "mechanism": Mechanism,
    "verdict": Verdict,
    "option": OptionKind,
    "refusal": PinRefusal,
    "lane": ScreenLane,
    "finding": FindingKind,
}


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.mark.parametrize("table", TABLES)
def test_every_member_of_a_closed_set_has_a_word(table: str, words: Words) -> None:
    assert [m for m in TABLES[table] if not words.has(f"{table}.{m.value}")] == []


def test_a_code_is_looked_up_and_its_values_put_in(words: Words) -> None:
    assert words("state.live_without_cover") == "Live without cover"
    assert words.of(WorkflowState.MAY_BUILD, "state") == "May build"
    text = words("finding.live_in_future", date="2027-01-01")
    assert text == "It is in production, but its go-live date is 2027-01-01."
    with pytest.raises(KeyError):
        words("state.green")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0 workflows"), (1, "1 workflow"), (2, "2 workflows"), (1204, "1,204 workflows")],
)
def test_counts_agree_with_their_unit(value: int, expected: str, words: Words) -> None:
    assert words.count("workflow", value) == expected
    assert words("plan.later", n=1).startswith("1 action comes")
    assert words("plan.later", n=2).startswith("2 actions come")


def test_numbers_are_spelled_to_twelve(words: Words) -> None:
    assert [words.number(n) for n in (0, 1, 12, 13, 3611)] == ["no", "one", "twelve", "13", "3,611"]


def test_halves_go_up_as_a_reader_would_round(words: Words) -> None:
    assert [nearest(x) for x in (0.5, 1.5, 2.5, -0.5, 2.4999)] == [1, 2, 3, 0, 2]
    assert words.percent(0.125) == "13%"
    assert words.figure(8.25, 1) == "8.2"


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (0, "EUR", "€0"),
        (243_000, "EUR", "€243,000"),
        (1_900_000, "USD", "$1.9 m"),
        (12_345_678, "CHF", "CHF 12.3 m"),
    ],
)
def test_money(amount: float, currency: str, expected: str, words: Words) -> None:
    assert words.money(amount, currency) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "€0"),
        (7, "€7"),
        (-704_497, "€-700,000"),
        (704_497, "€700,000"),
        (891_909, "€890,000"),
        (999_500, "€1.0 m"),
        (1_250_000, "€1.3 m"),
        (12_345_678, "€12 m"),
        (123_456_789, "€120 m"),
    ],
)
def test_money_that_was_estimated_has_two_figures(
    amount: float, expected: str, words: Words
) -> None:
    assert words.money(amount, "EUR", estimated=True) == expected


def test_dates_and_lists(words: Words) -> None:
    day = dt.date(2026, 12, 4)
    assert words.date(day) == "4 December 2026"
    assert words.short_date(day) == "4 Dec 2026"
    assert words.month(day) == "Dec 2026"
    assert words.listing([]) == ""
    assert words.listing(["a"]) == "a"
    assert words.listing(["a", "b", "c"]) == "a, b and c"


def test_another_language_is_a_file_and_english_fills_its_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = app.words.resource("i18n", "en.toml").read_text("utf-8")
    (tmp_path / "en.toml").write_text(english, "utf-8")
    (tmp_path / "de.toml").write_text(
        '[state]\nmay_build = "Darf gebaut werden"\n'
        '[format]\nthousands = "."\ndecimal = ","\nmoney = "{value} {sign}"\n',
        "utf-8",
    )
    monkeypatch.setattr(app.words, "resource", lambda *parts: tmp_path / parts[-1])
    german = Words("de-AT")
    assert german("state.may_build") == "Darf gebaut werden"
    assert german("state.may_go_live") == "May go live"
    assert german.figure(1234.5, 1) == "1.234,5"
    assert german.money(243_000, "EUR") == "243.000 €"


@pytest.mark.parametrize("language", ["", "../../etc", "e", "xx", "en_GB"])
def test_a_language_nobody_has_is_english(language: str) -> None:
    assert Words(language)("state.may_build") == "May build"


def test_every_text_takes_its_own_values(words: Words) -> None:
    for code, text in words._texts.items():
        if not code.startswith("say."):
            assert text.count("{") == text.count("}"), code
