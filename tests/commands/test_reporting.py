"""The report from the command line: parts, language, brand, the past; and what disappears."""

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    got = cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert got == code, (arguments, out, err)
    return out if code == 0 else err


@pytest.fixture
def file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Path:
    path = tmp_path / "sample.plumb"
    run(capsys, "sample", path)
    return path


def model(capsys: pytest.CaptureFixture[str], file: Path, *options: object) -> Any:
    out = file.with_suffix(".json")
    run(capsys, "report", file, "-o", out, "--format", "json", "--date", "2026-12-14", *options)
    return json.loads(out.read_bytes())


def values(node: Any) -> list[float]:
    """Every number of a report, in its order."""
    if isinstance(node, bool):
        return []
    if isinstance(node, int | float):
        return [node]
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [value for child in inner for value in values(child)]


def test_parts_are_listed_and_chosen(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    listed = run(capsys, "report", file, "--sections", "list")
    assert "middle      The missing middle" in listed
    assert "sheets      Owner sheet (only where it is named)" in listed
    few = model(capsys, file, "--sections", "middle, sign")
    assert [s["key"] for s in few["sections"]] == ["middle"]
    assert [s["key"] for s in few["annexes"]] == ["sign", "control"]
    more = {s["key"] for s in model(capsys, file, "--sections", "usual,sheets")["annexes"]}
    assert {"sheets-1", "gaps", "sign"} <= more
    every = {s["key"] for s in model(capsys, file, "--sections", "all")["annexes"]}
    assert more <= every


def test_an_unknown_part_and_a_missing_file_write_nothing(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.pdf"
    said = run(capsys, "report", file, "-o", out, "--sections", "moon", code=1)
    assert "No report has the parts moon" in said
    said = run(capsys, "report", file, "-o", out, "--workflows", "moon", code=1)
    assert "There is no workflow “moon”" in said
    assert run(capsys, "report", file, code=2)
    assert not out.exists()


def test_another_language_changes_words_and_bank_and_no_figure(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    english, german = (model(capsys, file, "--language", language) for language in ("en", "de"))
    assert german["language"] == "de"
    assert german["control"] == english["control"]
    gaps = {
        name: next(s for s in found["annexes"] if s["key"] == "gaps")
        for name, found in (("en", english), ("de", german))
    }
    assert "Wer" in json.dumps(gaps["de"])
    assert "Who decides which model" not in json.dumps(german)
    assert values(german["brief"]) == values(english["brief"])
    assert values(german["registers"]) == values(english["registers"])
    for theirs, ours in zip(german["sections"], english["sections"], strict=True):
        assert values(theirs["heading"]) == values(ours["heading"])


def test_a_brand_decides_paper_and_language_unless_somebody_asks(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    brand = tmp_path / "brand"
    brand.mkdir()
    (brand / "brand.json").write_text('{"name": "Vale", "page": "letter", "language": "de"}')
    found = model(capsys, file, "--brand", brand)
    assert (found["page"], found["language"], found["look"]["name"]) == ("letter", "de", "Vale")
    found = model(capsys, file, "--brand", brand, "--page", "a4", "--language", "en")
    assert (found["page"], found["language"]) == ("a4", "en")
    (brand / "brand.json").write_text('{"logo": "nothing.png"}')
    said = run(capsys, "report", file, "-o", tmp_path / "x.pdf", "--brand", brand, code=1)
    assert "nothing.png could not be read" in said


def test_the_past_comes_from_the_file(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    keys = [s["key"] for s in model(capsys, file)["annexes"]]
    assert "since" not in keys
    run(capsys, "snapshot", file, "Kick-off")
    assert "since" not in [s["key"] for s in model(capsys, file)["annexes"]]
    run(
        *(capsys, "answer", file, "-w", "complaints", "-q", "RT-01", "--level", "0"),
        *("--as", "priya"),
        *("--reason", "The list is gone"),
    )
    annexes = {s["key"]: s for s in model(capsys, file)["annexes"]}
    assert "Kick-off" in annexes["since"]["lead"][0]["text"]
    (table,) = annexes["changed"]["blocks"]
    cells = [cell["text"] for cell in table["rows"][0]["cells"]]
    assert "RT-01" in cells[0]
    assert cells[2].startswith("0 ")
    assert cells[3:] == ["Priya Raghunathan", "The list is gone"]
    run(capsys, "undo", file)
    heading = {s["key"]: s for s in model(capsys, file)["annexes"]}["changed"]["heading"]
    assert heading["text"].startswith("Nothing has changed since owners confirmed")


def test_the_same_command_writes_the_same_bytes(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    bodies = []
    for name in ("one.pdf", "two.pdf"):
        out = tmp_path / name
        run(
            *(capsys, "report", file, "-o", out, "--date", "2026-12-14", "--language", "de"),
            *("--sections", "evidence,sheets", "--audience", "external"),
        )
        bodies.append(out.read_bytes())
    assert bodies[0] == bodies[1]
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(bodies[0])).pages)
    assert "Blatt für Verantwortliche" in text


def test_what_disappears_is_listed_and_is_json(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    said = run(capsys, "redaction", file, "--audience", "external")
    assert "Amara Okonkwo" in said
    assert "Person 1" in said
    assert "3 parked items" in said
    assert "  Who pays for scanning the old invoices? → left out" in said
    assert "\n6 rules\n" in said
    found = json.loads(run(capsys, "redaction", file, "--audience", "executive", "--json"))
    assert found[0] == {
        "kind": "person",
        "was": "Amara Okonkwo",
        "instead": "Head of store operations, AO",
        "n": 1,
    }
    assert "Nothing disappears" in run(capsys, "redaction", file, "--audience", "full")


@pytest.mark.parametrize("ending", ["docx", "html", "PPTX", "zip", "json", "pdf"])
def test_the_ending_of_the_name_decides_the_format(
    ending: str, capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"wrong.{ending}"
    run(capsys, "report", file, "-o", out, "--sections", "middle", "--date", "2026-12-14")
    starts = {"html": b"<!doc", "json": b"{", "pdf": b"%PDF"}
    assert out.read_bytes().startswith(starts.get(ending, b"PK"))


@pytest.mark.parametrize("command", ["report", "minutes"])
def test_a_name_that_contradicts_the_format_writes_nothing(
    command: str, capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "wrong.docx"
    for name, options in ((out, ("--format", "pdf")), (tmp_path / "wrong.odt", ())):
        said = run(capsys, command, file, "-o", name, *options, code=2)
        assert "The audit is safe and nothing was written" in " ".join(said.split())
        assert not name.exists()
    run(capsys, command, file, "-o", out)
    assert out.read_bytes().startswith(b"PK")
    run(capsys, command, file, "-o", tmp_path / "plain")
    assert (tmp_path / "plain").read_bytes().startswith(b"%PDF")
