"""Minutes from the command line: one session by number, id or title, or all; formats, refusals."""

from pathlib import Path

import pytest

from app import cli
from app.report.data import read_provenance
from tests.report.reading import pages
from tests.report.sheets import packed_text


@pytest.fixture
def file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "sample.plumb"
    assert cli.main(["sample", str(path)]) == 0
    capsys.readouterr()
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> str:
    got = cli.main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert got == code, (words, out, err)
    return out if code == 0 else err


@pytest.mark.parametrize("name", ["2", "workshop-2", "Workshop, back office"])
def test_one_session_by_number_id_or_title(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    out = tmp_path / "m.pdf"
    told = run(capsys, "minutes", file, "-o", out, "--session", name, "--date", "2026-12-14")
    text = " ".join(pages(out.read_bytes()))
    assert f"Wrote {out}: {len(pages(out.read_bytes()))} pages" in told
    assert "Minutes: Workshop, back office, 14 December 2026" in text
    assert "stores and customer service" not in text
    assert read_provenance(out.read_bytes()).sequence == 1


def test_all_sessions_for_other_readers_in_another_language(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html, docx = tmp_path / "m.html", tmp_path / "m.docx"
    run(capsys, "minutes", file, "-o", html, "--format", "html", "--language", "de")
    run(capsys, "minutes", file, "-o", docx, "--format", "docx", "--audience", "external")
    assert html.read_text("utf-8").count("Protokoll: ") == 6, (
        "three headings and their lines in the contents"
    )
    assert "Zoë" not in packed_text(docx.read_bytes())
    assert "Session 2" in packed_text(docx.read_bytes())


def test_verify_reads_minutes_too(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "m.pdf"
    run(capsys, "minutes", file, "-o", out)
    assert "nothing has changed" in run(capsys, "verify", file, out)


def test_a_session_that_is_not_there_writes_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "m.pdf"
    said = run(capsys, "minutes", file, "-o", out, "--session", "9", code=1)
    assert "2 “Workshop, back office” (workshop-2)" in said
    empty = tmp_path / "empty.plumb"
    run(capsys, "new", empty, "--title", "Empty")
    assert "no session" in run(capsys, "minutes", empty, "-o", out, code=1)
    assert not out.exists()
