"""Reading a sheet back on the command line: previewed, taken as one step, taken back by undo."""

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app import cli


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An audit and its workbook."""
    assert cli.main(["sample", str(tmp_path / "a.plumb")]) == 0
    out = str(tmp_path / "r.xlsx")
    assert cli.main(["report", str(tmp_path / "a.plumb"), "-o", out, "--format", "xlsx"]) == 0
    said = capsys.readouterr().out
    assert "rows" in said
    assert f"{(tmp_path / 'r.xlsx').stat().st_size:,} bytes" in said
    return tmp_path


def change(folder: Path, *, due: object = None, owner: str = "Ingrid Sørbø") -> Path:
    book = load_workbook(folder / "r.xlsx")
    titles = [cell.value for cell in book["Gaps"][1]]
    book["Gaps"].cell(2, titles.index("Owner") + 1).value = owner
    book["Gaps"].cell(2, titles.index("Due") + 1).value = due
    book["Actions"]["J3"].value = "done"
    book.save(folder / "changed.xlsx")
    return folder / "changed.xlsx"


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, sheet: Path, *options: str, code: int = 0
) -> str:
    arguments = ["readback", str(folder / "a.plumb"), str(sheet), *options]
    assert cli.main(arguments) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out + err


def test_what_nobody_changed_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "a.plumb").read_bytes()
    assert "says what the audit says" in run(capsys, folder, folder / "r.xlsx")
    assert (folder / "a.plumb").read_bytes() == before


def test_a_preview_takes_nothing_and_then_one_step_takes_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = change(folder, due=dt.datetime(2027, 3, 4))
    before = (folder / "a.plumb").read_bytes()
    said = run(capsys, folder, sheet, "--preview")
    assert "Ingrid Sørbø" in said
    assert "2027-03-04" in said
    assert "this is a preview: 3 changed, 0 in conflict, 0 left out" in said
    assert (folder / "a.plumb").read_bytes() == before
    assert "Took 3 changes" in run(capsys, folder, sheet, "--as", "Ingrid Sørbø")
    assert "says what the audit says" in run(capsys, folder, sheet)
    assert cli.main(["undo", str(folder / "a.plumb")]) == 0
    assert "Undone: Read back changed.xlsx" in capsys.readouterr().out
    assert "3 changed" in run(capsys, folder, sheet, "--preview")


def test_conflicts_stay_unless_they_are_wanted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = change(folder, due=dt.datetime(2027, 3, 4))
    run(capsys, folder, first)
    second = change(folder, due=dt.datetime(2027, 5, 6))
    found = json.loads(run(capsys, folder, second, "--json", code=1))
    assert found["taken"] == 0
    (conflict,) = found["conflicting"]
    assert (conflict["written"], conflict["sheet"], conflict["audit"]) == (
        None,
        "2027-05-06",
        "2027-03-04",
    )
    assert "--conflicts takes them" in run(capsys, folder, second, code=1)
    assert "Took 1 change:" in run(capsys, folder, second, "--conflicts")


def test_what_is_left_out_is_said_and_the_rest_taken(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = change(folder, due="soon", owner="Somebody New")
    said = run(capsys, folder, sheet, code=1)
    assert "Gaps, row 2, Owner: “Somebody New” is nobody on record" in said
    assert "Took 1 change: 1 changed, 0 in conflict, 2 left out." in said


def test_a_sheet_of_another_audit_or_for_outsiders_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, out = str(folder / "b.plumb"), str(folder / "e.xlsx")
    assert cli.main(["new", other, "--title", "Another"]) == 0
    assert cli.main(["readback", other, str(folder / "r.xlsx")]) == 1
    assert "was not made from this audit" in capsys.readouterr().err
    arguments = ["report", str(folder / "a.plumb"), "-o", out, "--format", "xlsx"]
    assert cli.main([*arguments, "--audience", "external"]) == 0
    assert "stand-in names" in run(capsys, folder, Path(out), code=1)


def test_a_report_that_cannot_be_read_back_replaces_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.commands import reporting

    before = (folder / "r.xlsx").read_bytes()
    monkeypatch.setattr(reporting, "RENDER", {**reporting.RENDER, "xlsx": lambda _: before[:500]})
    arguments = ["report", str(folder / "a.plumb"), "-o", str(folder / "r.xlsx")]
    assert cli.main([*arguments, "--format", "xlsx"]) == 1
    assert "what stood there before is unchanged" in capsys.readouterr().err
    assert (folder / "r.xlsx").read_bytes() == before
    assert {path.name for path in folder.iterdir() if path.suffix == ".xlsx"} == {"r.xlsx"}
