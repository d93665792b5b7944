"""The commands about pre-work and the room pack: written, filled in, taken, undone, refused."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app import cli
from app.domain.ids import PersonId
from app.exchange.prework_sheet import HEAD_ROW
from app.store.file import AuditFile

ROW = HEAD_ROW + 2
DAY = ("--date", "2026-12-14")


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The sample and the sheets of one person."""
    assert cli.main(["sample", str(tmp_path / "a.plumb")]) == 0
    run(capsys, tmp_path, "prework", "-o", str(tmp_path / "d"), "--for", "Zoë Lindqvist", *DAY)
    return tmp_path


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, command: str, *more: str, code: int = 0
) -> str:
    assert cli.main([command, str(folder / "a.plumb"), *more]) == code
    said = capsys.readouterr()
    return said.out + said.err


def sheet(folder: Path) -> Path:
    return folder / "d" / "prework-Zoë-Lindqvist.xlsx"


def fill(folder: Path, **cells: object) -> Path:
    book = load_workbook(sheet(folder))
    for address, value in cells.items():
        book.worksheets[0][address].value = value
    path = folder / "back.xlsx"
    book.save(path)
    return path


def test_sheets_and_the_bring_list_are_written_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["sample", str(tmp_path / "a.plumb")])
    out = run(capsys, tmp_path, "prework", "-o", str(tmp_path / "d"), "--language", "de", *DAY)
    names = {path.name for path in (tmp_path / "d").iterdir()}
    assert {"bring-list.pdf", "bring-list.txt", "prework-Łukasz-Żółkiewski.xlsx"} <= names
    assert len(names) == 10
    assert "prework-Łukasz-Żółkiewski.xlsx: 15 questions, " in out
    assert "Was mitzubringen ist" in (tmp_path / "d" / "bring-list.txt").read_text("utf-8")
    made = load_workbook(tmp_path / "d" / "prework-Łukasz-Żółkiewski.xlsx").worksheets[0]
    assert made["B1"].value == "Vorarbeit: 15 Fragen"
    assert made[f"C{ROW}"].value == "Was bringt das System dazu, die Regeln einzuhalten, die es nie brechen darf?"  # fmt: skip  # noqa: E501


def test_a_sheet_that_is_there_is_never_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (folder / "d").iterdir()}
    said = run(capsys, folder, "prework", "-o", str(folder / "d"), code=1)
    assert "may hold somebody's answers" in said
    assert {path: path.read_bytes() for path in (folder / "d").iterdir()} == before


def test_what_came_back_is_shown_taken_and_undone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(folder, **{f"F{ROW}": 3, f"G{ROW}": "said", f"H{ROW}": "see wiki"})
    before = (folder / "a.plumb").read_bytes()
    out = run(capsys, folder, "prework", "--read", str(path), "--preview")
    assert "Zoë Lindqvist" in out
    assert "preview" in out
    assert (folder / "a.plumb").read_bytes() == before
    assert "Took 1 answers" in run(capsys, folder, "prework", "--read", str(path))
    with AuditFile.open(folder / "a.plumb", write=False) as file:
        audit = file.load()
    taken = [
        answer
        for group in audit.answers.values()
        for answer in group.values()
        if PersonId("zoe") in answer.individual and answer.note.endswith("see wiki")
    ]
    assert [answer.individual[PersonId("zoe")].level for answer in taken] == [3]
    assert "says all of it already" in run(capsys, folder, "prework", "--read", str(path))
    assert "Undone: Read pre-work back.xlsx" in run(capsys, folder, "undo")


def test_the_command_for_tables_of_answers_takes_a_sheet_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(folder, **{f"F{ROW}": "maybe", f"F{ROW + 1}": 1})
    out = run(capsys, folder, "answers", str(path), code=1)
    assert f"back.xlsx F{ROW}: “maybe”" in out
    assert "Took 1 answers or notes, all proposed; 1 cells left out." in out


def test_a_sheet_of_another_audit_or_person_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(fill(folder, **{f"F{ROW}": 3}))
    said = run(capsys, folder, "prework", "--read", path, "--for", "amara", code=1)
    assert "not for Amara Okonkwo" in said
    cli.main(["new", str(tmp_path / "b.plumb"), "--title", "Other", "--organisation", "Example"])
    assert cli.main(["prework", str(tmp_path / "b.plumb"), "--read", path]) == 1
    assert "from another audit" in capsys.readouterr().err


def test_a_person_with_nothing_to_answer_gets_no_empty_sheet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("prework", "-o", str(folder / "e"))
    assert "nothing left to ask" in run(capsys, folder, *where, "--for", "tomas", code=1)
    assert "has no area" in run(capsys, folder, *where, "--for", "ingrid", code=1)
    assert not (folder / "e").exists()


def test_a_folder_that_is_a_file_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "e").write_text("mine")
    said = run(capsys, folder, "prework", "-o", str(folder / "e"), code=1)
    assert "could not be made a folder" in said
    assert (folder / "e").read_text() == "mine"


def test_the_room_pack_is_written_and_the_same_twice(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.pdf", "two.pdf"):
        out = run(capsys, folder, "roompack", "-o", str(folder / name), "--page", "letter", *DAY)
        assert ": 10 pages, " in out
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()
    said = run(capsys, folder, "roompack", "-o", str(folder / "a.plumb"), code=1)
    assert "not written over" in said
