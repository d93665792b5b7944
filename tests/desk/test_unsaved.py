"""Edits the file refused: kept in order, one for each field, done later or told."""

from collections.abc import Callable

from app.desk.unsaved import Unsaved
from app.errors import EditError, WriteFailed


def says(word: str, done: list[str], error: Exception | None = None) -> Callable[[], object]:
    def act() -> None:
        if error:
            raise error
        done.append(word)

    return act


def test_what_waits_is_done_in_order_and_once_for_each_field() -> None:
    waiting, done = Unsaved(), list[str]()
    waiting.keep(says("one", done), "note")
    waiting.keep(says("step", done))
    waiting.keep(says("two", done), "note")
    assert len(waiting) == 2
    assert waiting.write() == ""
    assert done == ["step", "two"]
    assert not waiting


def test_what_is_refused_again_goes_on_waiting_with_all_behind_it() -> None:
    waiting, done = Unsaved(), list[str]()
    waiting.keep(says("first", done))
    waiting.keep(says("full", done, WriteFailed("No space.")))
    waiting.keep(says("last", done))
    assert waiting.write() == "No space."
    assert (done, len(waiting)) == (["first"], 2)


def test_what_contradicts_by_now_is_told_and_dropped() -> None:
    waiting, done = Unsaved(), list[str]()
    waiting.keep(says("gone", done, EditError("There is no w1.")))
    waiting.keep(says("last", done))
    waiting.done("note")
    assert waiting.write() == "There is no w1."
    assert (done, len(waiting)) == (["last"], 0)
