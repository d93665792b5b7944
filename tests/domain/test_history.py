"""Undo and redo as a fold over the journal."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.history import Entry, EntryKind, History, Step, fold

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KINDS = {
    "d": EntryKind.DO,
    "u": EntryKind.UNDO,
    "r": EntryKind.REDO,
    "b": EntryKind.BARRIER,
}


def journal(text: str) -> list[Entry]:
    """`d1 d1 u1`: kind and step of each row."""
    return [
        Entry(number, AT, None, word[1:], KINDS[word[0]], int(word[1:] or number), "")
        for number, word in enumerate(text.split(), 1)
    ]


def steps(*ids: int) -> tuple[Step, ...]:
    return tuple(Step(i, str(i)) for i in ids)


@pytest.mark.parametrize(
    ("text", "done", "undone"),
    [
        ("", (), ()),
        ("b", (), ()),
        ("b d2 d3", (2, 3), ()),
        ("b d2 d2 d2", (2,), ()),
        ("b d2 d3 u3", (2,), (3,)),
        ("b d2 d3 u3 u2", (), (3, 2)),
        ("b d2 d3 u3 u2 r2", (2,), (3,)),
        ("b d2 d3 u3 u2 r2 r3", (2, 3), ()),
        ("b d2 d3 u3 d5", (2, 5), ()),
        ("b d2 d2 u2 d5", (5,), ()),
        ("b d2 d3 u3 b", (), ()),
        ("b d2 b d4", (4,), ()),
        ("u1", (), ()),
        ("b r2 d3", (3,), ()),
    ],
)
def test_stacks(text: str, done: tuple[int, ...], undone: tuple[int, ...]) -> None:
    assert fold(journal(text), History()) == History(steps(*done), steps(*undone))


@given(st.lists(st.sampled_from(["d", "u", "r", "b"]), max_size=30), st.integers(0, 30))
def test_fold_may_be_done_in_pieces(kinds: list[str], cut: int) -> None:
    entries = journal(" ".join(f"{kind}{n}" for n, kind in enumerate(kinds, 1)))
    whole = fold(entries, History())
    assert fold(entries[cut:], fold(entries[:cut], History())) == whole


@given(st.integers(0, 10), st.integers(0, 10))
def test_redo_brings_back_what_undo_took(edits: int, moves: int) -> None:
    moves = min(edits, moves)
    there = fold(journal(" ".join(f"d{n}" for n in range(1, edits + 1))), History())
    numbers = [step.id for step in reversed(there.done)][:moves]
    back = fold(journal(" ".join(f"u{n}" for n in numbers)), there)
    assert len(back.done) == edits - moves
    assert fold(journal(" ".join(f"r{n}" for n in reversed(numbers))), back) == there
