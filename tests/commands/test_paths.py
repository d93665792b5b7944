"""Whole files are written beside their target; an audit and a device are never replaced."""

import os
from pathlib import Path

import pytest

from app.commands.output import columns
from app.errors import ExportFailed
from app.exchange.paths import write_whole
from tests.commands.test_contract import Runner

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes need POSIX")


@pytest.fixture
def sample(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    run = Runner(capsys, tmp_path)
    run("new", run.file, "--title", "T")
    run("set", run.file, "workflow", "w1", "name=W")
    return run


@pytest.mark.parametrize("command", ["export", "report"])
def test_output_never_replaces_an_audit(sample: Runner, command: str) -> None:
    before = sample.file.read_bytes()
    sample(command, sample.file, "-o", sample.file, code=1)
    assert "not written over" in sample.err
    assert sample.file.read_bytes() == before
    assert [p.name for p in sample.folder.iterdir()] == [sample.file.name]


@posix
def test_a_link_to_an_audit_does_not_help(sample: Runner) -> None:
    link = sample.folder / "link.json"
    link.symlink_to(sample.file)
    before = sample.file.read_bytes()
    sample("export", sample.file, "-o", link, code=1)
    assert sample.file.read_bytes() == before


@posix
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "a.json")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()


@posix
def test_what_is_no_plain_file_is_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ExportFailed, match="not a file that can be replaced"):
        write_whole(pipe, b"new")
    assert pipe.is_fifo()


@posix
def test_a_link_to_itself_is_told_by_every_command(sample: Runner) -> None:
    loop = sample.folder / "loop.plumb"
    loop.symlink_to(loop)
    for command in (("list", loop, "people"), ("new", loop, "--title", "T")):
        sample(*command, code=1)
        assert "leads back to itself" in sample.err
    with pytest.raises(ExportFailed):
        write_whole(loop, b"new")
    assert loop.is_symlink()


@pytest.mark.parametrize("option", [("--start", "9999-12-31"), ("--capacity", "nan")])
def test_a_plan_beyond_reason_is_refused(sample: Runner, option: tuple[str, str]) -> None:
    sample("plan", sample.file, *option, code=1)
    assert "Nothing was changed." in sample.err


def test_a_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    columns([{"name": "a\x1b[31m\x9bb\r\nc"}], empty="")
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert len(shown.splitlines()) == 2
