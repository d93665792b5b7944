"""German texts of the questions: complete, with the same figures, nothing left in English."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from app.resource import resource

FIELDS = ("text", "evidence", "gap", "why", "hint", "na_when", "weight_note", "basis")
LEVELS = 5
LONGER = 1.8
"""A German text may be this much longer than the English one; short ones have room besides."""
ROOM = 25
ENGLISH_WORDS = re.compile(r"\b(the|of|and|is|are|what|how|who|with|nobody|by|for)\b")


def questions() -> tuple[dict[str, Any], dict[str, Any]]:
    english = tomllib.loads(resource("bank", "questions.toml").read_text("utf-8"))["questions"]
    path = resource("bank", "de", "questions.toml")
    return {q["id"]: q for q in english}, tomllib.loads(path.read_text("utf-8"))["questions"]


ENGLISH, GERMAN = questions()


def pairs(id_: str) -> Iterator[tuple[str, str]]:
    english, german = ENGLISH[id_], GERMAN[id_]
    yield from ((english[field], german[field]) for field in FIELDS if field in english)
    yield from zip(english["levels"], german["levels"], strict=True)


def test_the_same_questions_in_the_same_order() -> None:
    assert list(GERMAN) == list(ENGLISH)


@pytest.mark.parametrize("id_", ENGLISH)
def test_a_question_has_every_text_and_nothing_else(id_: str) -> None:
    expected = {field for field in FIELDS if field in ENGLISH[id_]} | {"levels"}
    assert set(GERMAN[id_]) == expected
    assert len(GERMAN[id_]["levels"]) == LEVELS
    assert len(set(GERMAN[id_]["levels"])) == LEVELS


@pytest.mark.parametrize("id_", ENGLISH)
def test_a_question_is_german_and_of_fair_length(id_: str) -> None:
    for english, german in pairs(id_):
        assert german != english
        assert not ENGLISH_WORDS.search(german), german
        assert len(german) <= max(LONGER * len(english), len(english) + ROOM), german


@pytest.mark.parametrize("id_", ENGLISH)
def test_figures_and_agreed_intervals_survive(id_: str) -> None:
    for english, german in pairs(id_):
        assert re.findall(r"\d+", german) == re.findall(r"\d+", english.replace("1,600", "1.600"))
        assert ("(Standard: " in german) == ("(default " in english), german
        assert ("Quellmodell" in german) == ("source model" in english), german
