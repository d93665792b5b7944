"""Files as evidence: never whole in memory, never over another file, and names that are safe."""

from pathlib import Path

import pytest

from app.errors import ExportFailed, ImportFailed
from app.exchange import attachment
from app.exchange.attachment import UNKNOWN, file_name, media_type, opened, write_parts


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "application/pdf"),
        ("a.PNG", "image/png"),
        ("a.html", UNKNOWN),
        ("a.svg", UNKNOWN),
        ("a.exe", UNKNOWN),
        ("a.docm", UNKNOWN),
        ("a", UNKNOWN),
    ],
)
def test_only_kinds_that_run_nothing_have_a_name(name: str, kind: str) -> None:
    assert media_type(Path(name)) == kind


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("Routing list", "application/pdf", "Routing list.pdf"),
        ("Routing list.pdf", "application/pdf", "Routing list.pdf"),
        ("list.exe", "application/pdf", "list.exe.pdf"),
        ("../../etc/passwd", "text/plain", "_etc_passwd.txt"),
        ("", "image/png", "evidence.png"),
        ("x" * 300, "image/png", "x" * 80 + ".png"),
        ("Liste für Müller", UNKNOWN, "Liste für Müller.bin"),
    ],
)
def test_the_ending_follows_from_the_kind_and_no_path_from_the_title(
    title: str, kind: str, name: str
) -> None:
    assert file_name(title, kind) == name


def test_a_file_that_grows_over_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x" * 10)
    monkeypatch.setattr(attachment, "LIMIT", 15)
    with opened(path) as stream:
        assert stream.read(4) == b"xxxx"
        path.write_bytes(b"x" * 40)
        with pytest.raises(ImportFailed, match="larger than"):
            list(iter(lambda: stream.read(4), b""))


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_parts(path, iter((b"a", b"b")))
    assert path.read_bytes() == b"ab"
    with pytest.raises(ExportFailed, match="exists already"):
        write_parts(path, (b"c",))

    def broken() -> object:
        yield b"a"
        raise ImportFailed("The bytes are gone.")

    with pytest.raises(ImportFailed):
        write_parts(tmp_path / "second.pdf", broken())  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["out.pdf"]
