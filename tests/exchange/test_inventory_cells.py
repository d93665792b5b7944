"""Blanks of all spellings, folded texts, lists written out in a cell, and a dozen date shapes."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.inventory.cells import (
    Patterns,
    fold,
    fold_header,
    is_empty,
    listed,
    says_nothing,
    tidy,
    tidy_lines,
)
from app.exchange.inventory.dates import parse_date


@pytest.mark.parametrize("text", ["", " ", "\xa0", " \xa0\n\t", "\u200b", "[]", " [] "])
def test_cells_that_are_empty(text: str) -> None:
    assert is_empty(text)
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["N/A", "n/a ", "Not Applicable", "NA", "none.", "\xa0TBD", "-"])
def test_words_instead_of_an_empty_cell(text: str) -> None:
    assert not is_empty(text)
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["No", "0", "x", "National", "N/A for now, later more"])
def test_cells_that_say_something(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("YES", "Yes "),
        ("In‑progress", "in-progress"),
        ("No – it’s not", "no - it's not."),
        ("a\xa0b\nc", "A b  c"),
    ],
)
def test_what_does_not_count_when_values_are_compared(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_headers_are_compared_by_letters_and_digits() -> None:
    assert fold_header("The AI system’s\noutputs? ") == fold_header("The AI system\ufffds outputs")
    assert fold_header("use_case_name") == "use case name"
    assert fold_header("Größe") != fold_header("Grse")


def test_tidying_keeps_words_and_paragraphs() -> None:
    assert tidy(" a\xa0b\r\nc\x00\u200b ") == "a b c"
    assert tidy_lines("a \r\n\r\n\r\n b\xa0c\rd") == "a\n\nb c\nd"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("['In-progress']", ("In-progress",)),
        ("['a) Race', 'c) Age']", ("a) Race", "c) Age")),
        ('["It\'s", "b"]', ("It's", "b")),
        (r"['two \nlines', 'it\'s \xa0here']", ("two \nlines", "it's \xa0here")),
        ("[]", ()),
        ("[1] see note", ("[1] see note",)),
        ("['broken'", ("['broken'",)),
        ("[__import__('os')]", ("[__import__('os')]",)),
        ("plain", ("plain",)),
    ],
)
def test_lists_written_in_a_cell(text: str, items: tuple[str, ...]) -> None:
    assert listed(text) == items


@settings(max_examples=60)
@given(st.lists(st.text(max_size=8), max_size=5))
def test_any_list_of_texts_comes_back_from_its_python_form(items: list[str]) -> None:
    plain = [item for item in items if item.isprintable() and max(item, default="a") < "\uffff"]
    assert listed(str(plain)) == tuple(plain)


def test_a_long_broken_list_does_not_hang() -> None:
    assert len(listed("[" + "'a'   ," * 3000 + "   x")) == 1
    assert len(listed("[" + "'a'   " * 3000 + "]")) == 1


def test_patterns_take_exact_texts_before_those_with_a_star() -> None:
    known = Patterns({"no*": 1, "No – really": 2, "*relied on * practices*": 3})
    assert known.meaning("NO - REALLY.") == 2
    assert known.meaning("no way") == 1
    assert known.meaning("We relied on our\n own practices, too") == 3
    assert known.meaning("yes") is None
    assert Patterns({"a.c*": 1}).meaning("abc") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-06-30 00:00:00", "2025-06-30"),
        ("2025-06-30T12:30:00Z", "2025-06-30"),
        ("2025-06", "2025-06-01"),
        ("2025/6/3", "2025-06-03"),
        ("Jul-25", "2025-07-01"),
        ("July 2025", "2025-07-01"),
        ("Sept. 2024", "2024-09-01"),
        ("01/2022", "2022-01-01"),
        ("01/01/2018 00:00:00", "2018-01-01"),
        ("1/30/2026", "2026-01-30"),
        ("30.1.2026", "2026-01-30"),
        ("09/24/2024 12:00:00 AM", "2024-09-24"),
        ("9/11/2024 0:00", "2024-09-11"),
        ("9/11/24", "2024-09-11"),
        ("30 June 2025", "2025-06-30"),
        ("30-Jun-25", "2025-06-30"),
        ("June 30th, 2025", "2025-06-30"),
        ("\xa02025-06-30 ", "2025-06-30"),
    ],
)
def test_clear_dates(text: str, date: str) -> None:
    assert parse_date(text, "mdy") == dt.date.fromisoformat(date)


@pytest.mark.parametrize(
    "text",
    ["", "2023", "7/16/1905", "2025-02-30", "soon", "Q1 2025", "13/2025", "45292", "May 25", "N/A"],
)
def test_texts_that_are_no_clear_date(text: str) -> None:
    assert parse_date(text, "mdy") is None


def test_day_and_month_are_told_apart_only_where_they_can_be() -> None:
    assert parse_date("3/4/2025") is None
    assert parse_date("3/4/2025", "dmy") == dt.date(2025, 4, 3)
    assert parse_date("3/4/2025", "mdy") == dt.date(2025, 3, 4)
    assert parse_date("4/4/2025") == dt.date(2025, 4, 4)
    assert parse_date("13/4/2025") == parse_date("4/13/2025") == dt.date(2025, 4, 13)
