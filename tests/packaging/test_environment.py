"""The environment is made once, mended when it is broken, and asks for what it may not do."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(root / "packaging")
    return importlib.import_module("environment")


class Builder:
    """Stands in for venv and pip, and keeps what was asked of them."""

    def __init__(self, environment: ModuleType, folder: Path) -> None:
        self.folder = folder
        self.done: list[str] = []
        self.usable = False
        self.failures = 0
        (folder / "packaging").mkdir()
        (folder / "app").mkdir()
        (folder / "app" / "__init__.py").write_text("one")
        (folder / "pyproject.toml").write_text("one")
        (folder / "packaging" / "constraints.txt").write_text("a==1")
        self.prepare = environment.prepare

    def make_venv(self, folder: Path) -> None:
        self.done.append("make")
        folder.mkdir(exist_ok=True)
        self.usable = True

    def install(self, _folder: Path, extras: set[str], _oldest: bool) -> None:
        self.done.append(" ".join(["install", *sorted(extras)]))
        if self.failures:
            self.failures -= 1
            raise subprocess.CalledProcessError(1, ["pip", "install"])

    def is_usable(self, _folder: Path) -> bool:
        return self.usable

    def asked(self, *extras: str) -> list[str]:
        """What one more run does."""
        self.done = []
        self.prepare(extras)
        return self.done


@pytest.fixture
def builder(environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    builder = Builder(environment, tmp_path)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "PACKAGING", tmp_path / "packaging")
    for name in ("make_venv", "install", "is_usable"):
        monkeypatch.setattr(environment, name, getattr(builder, name))
    return builder


def test_a_second_run_does_nothing(builder: Builder) -> None:
    assert builder.asked() == ["make", "install"]
    assert builder.asked() == []


def test_the_check_adds_its_tools_and_the_start_keeps_them(builder: Builder) -> None:
    builder.asked()
    assert builder.asked("check") == ["install check"]
    assert builder.asked() == []
    assert builder.asked("full") == ["install check full"]


@pytest.mark.parametrize("file", ["pyproject.toml", "packaging/constraints.txt", "app/__init__.py"])
def test_new_requirements_are_installed(builder: Builder, file: str) -> None:
    builder.asked()
    (builder.folder / file).write_text("two")
    assert builder.asked() == ["install"]


def test_a_broken_environment_is_made_anew(builder: Builder) -> None:
    builder.asked()
    builder.usable = False
    assert builder.asked() == ["make", "install"]


def test_a_half_made_environment_is_finished_or_made_anew(builder: Builder) -> None:
    builder.asked()
    (builder.folder / ".venv" / "plumbline.stamp").unlink()
    assert builder.asked() == ["install"]
    (builder.folder / ".venv" / "plumbline.stamp").write_text("")
    builder.failures = 1
    assert builder.asked() == ["install", "make", "install"]


def test_a_failed_installation_says_its_step_and_is_tried_again(
    builder: Builder, environment: ModuleType
) -> None:
    builder.failures = 1
    with pytest.raises(environment.SetupFailed, match="pip install"):
        builder.asked()
    assert builder.asked() == ["install"]


def test_an_old_python_is_told_in_one_sentence(environment: ModuleType) -> None:
    with pytest.raises(environment.SetupFailed) as told:
        environment.require_python((3, 10, 14))
    assert "Python 3.11 or newer and this is 3.10.14" in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    environment.require_python((3, 11, 0))


@pytest.mark.parametrize(
    ("linux", "variables", "expected"),
    [
        (True, {}, False),
        (True, {"DISPLAY": ""}, False),
        (True, {"DISPLAY": ":0"}, True),
        (True, {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (False, {}, True),
    ],
)
def test_a_display_is_found(
    environment: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    linux: bool,
    variables: dict[str, str],
    expected: bool,
) -> None:
    monkeypatch.setattr(environment, "is_linux", lambda: linux)
    assert environment.has_display(variables) is expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of Linux libraries")
def test_the_loader_is_asked_for_libraries(environment: ModuleType) -> None:
    wanted = {"libc.so.6": "libc6", "libnot-there.so.9": "libnot-there9"}
    assert environment.missing_libraries(wanted) == ["libnot-there9"]


def test_what_may_not_be_installed_is_printed(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "is_linux", lambda: True)
    monkeypatch.setattr(environment, "is_loadable", lambda _: False)
    monkeypatch.setattr(environment, "install_system", lambda _: False)
    assert not environment.ensure_libraries({"libb.so": "libb1"}, {"liba.so": "liba1"})
    line = "sudo apt-get update && sudo apt-get install --yes liba1 libb1"
    assert line in capsys.readouterr().out


@pytest.mark.parametrize("prefix", [(), ("sudo", "-n")])
def test_packages_are_installed_where_that_is_permitted(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, prefix: tuple[str, ...]
) -> None:
    done: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        done.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(environment, "is_linux", lambda: True)
    monkeypatch.setattr(environment, "root_prefix", lambda: prefix)
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(environment.subprocess, "run", run)
    assert environment.install_system(["libb1", "liba1"])
    assert [command[len(prefix) + 4] for command in done] == ["update", "install"]
    assert done[1][-2:] == ["liba1", "libb1"]
    assert all(tuple(command[: len(prefix)]) == prefix for command in done)


def test_nothing_is_installed_without_permission(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "root_prefix", lambda: None)
    monkeypatch.setattr(environment.subprocess, "run", None)
    assert not environment.install_system(["liba1"])


def test_every_dependency_is_pinned(root: Path) -> None:
    lines = (root / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.split(";")[0].strip() for line in lines if line and not line.startswith("#")]
    assert all(len(pin.split("==")) == 2 for pin in pins)
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    names = {pin.split("==")[0].replace("_", "-") for pin in pins}
    assert wanted_names(root) <= names


def wanted_names(root: Path) -> set[str]:
    """What pyproject.toml asks for, in the spelling of the index."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    asked = [name for group in groups for name in group]
    return {re.split(r"[<>=!~;\[ ]", name)[0].lower().replace("_", "-") for name in asked}
