"""Prepares the project's own Python environment; needs nothing but the standard library."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
OLDEST_PYTHON = (3, 11)
STAMP = "plumbline.stamp"

# What Qt's widgets link against beside the C library, as Debian names the packages. The first
# table is needed to import Qt at all, the second to show a window.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class SetupFailed(Exception):
    """The environment cannot be made; the text says what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def require_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    if version < OLDEST_PYTHON:
        raise SetupFailed(
            "Plumbline needs Python 3.11 or newer and this is {}; install one from python.org "
            "or from your system and run the same command with it.".format(
                ".".join(map(str, version))
            )
        )


def is_linux() -> bool:
    return sys.platform.startswith("linux")


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Windows and macOS always have one; Linux says so in the environment."""
    return not is_linux() or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def root_prefix() -> tuple[str, ...] | None:
    """What to put before a command that installs system packages; None where that is not ours."""
    if os.geteuid() == 0:
        return ()
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ("sudo", "-n") if asked.returncode == 0 else None


def apt_command(packages: Iterable[str]) -> str:
    """The line a person can paste, the same that `install_system` runs."""
    return "sudo apt-get update && sudo apt-get install --yes " + " ".join(sorted(set(packages)))


def install_system(packages: Iterable[str]) -> bool:
    """Installs Debian packages where this account may; False leaves it to the person."""
    if not is_linux() or not shutil.which("apt-get"):
        return False
    prefix = root_prefix()
    if prefix is None:
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
    wanted = sorted(set(packages))
    say("Installing system packages: " + " ".join(wanted))
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
    install = [*apt, "install", "--yes", "--no-install-recommends", *wanted]
    return subprocess.run(install, stdout=subprocess.DEVNULL, check=False).returncode == 0


def is_loadable(library: str) -> bool:
    """Asks the loader itself, so it holds on every distribution."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(wanted: Mapping[str, str]) -> list[str]:
    """The packages behind those libraries that cannot be loaded, sorted."""
    return sorted(package for library, package in wanted.items() if not is_loadable(library))


def ensure_libraries(*tables: Mapping[str, str]) -> bool:
    """Makes Qt's system libraries loadable on Linux, or prints the command that would."""
    if not is_linux():
        return True
    wanted = {library: package for table in tables for library, package in table.items()}
    missing = missing_libraries(wanted)
    if missing and install_system(missing):
        missing = missing_libraries(wanted)
    if missing:
        say("Qt lacks system libraries, so no window can open. To install them:")
        say("    " + apt_command(missing))
    return not missing


def venv_package() -> str:
    return "python{}.{}-venv".format(*sys.version_info[:2])


def ensure_venv_module() -> None:
    """Debian ships `venv` and `ensurepip` apart from Python; without them there is no pip."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    if install_system([venv_package()]):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    raise SetupFailed(
        "This Python cannot make virtual environments. Install what is missing and try again:\n"
        "    " + apt_command([venv_package()])
    )


def scripts(folder: Path) -> Path:
    return folder / ("Scripts" if os.name == "nt" else "bin")


def interpreter(folder: Path) -> Path:
    return scripts(folder) / ("python.exe" if os.name == "nt" else "python")


def tool(folder: Path, name: str) -> Path:
    return scripts(folder) / (name + (".exe" if os.name == "nt" else ""))


def is_usable(folder: Path) -> bool:
    """Whether the environment's Python starts, is new enough and has pip."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    python = str(interpreter(folder))
    try:
        return (
            subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def digest(*files: Path) -> str:
    """Names the wanted state: the files' bytes and where the checkout stands."""
    state = hashlib.sha256(str(ROOT).encode())
    for file in files:
        state.update(file.read_bytes())
    return state.hexdigest()


def stamped_extras(stamp: Path, wanted: str) -> set[str] | None:
    """The extras installed for exactly this state; None where the state is another."""
    try:
        state, *extras = stamp.read_text("utf-8").split()
    except (OSError, ValueError):
        return None
    return set(extras) if state == wanted else None


def pip(folder: Path, *arguments: str) -> None:
    options = ("--disable-pip-version-check", "--quiet", "--quiet", *arguments)
    command = [str(interpreter(folder)), "-m", "pip", "install", *options]
    subprocess.run(command, cwd=ROOT, check=True)


def install(folder: Path, extras: Iterable[str], oldest: bool) -> None:
    """The build tool first, pinned like the rest, so that nothing unpinned is ever fetched."""
    say(f"Installing into {folder.name}; the first time this takes a few minutes")
    pinned = ("-c", str(PACKAGING / "constraints.txt"))
    names = ",".join(sorted(extras))
    pip(folder, *pinned, "hatchling")
    pip(folder, *pinned, "--no-build-isolation", "-e", f".[{names}]" if names else ".")
    if oldest:
        pip(folder, "-r", str(PACKAGING / "constraints-oldest.txt"))


def make_venv(folder: Path) -> None:
    ensure_venv_module()
    say(f"Making {folder.name}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)


def prepare(extras: Iterable[str] = (), name: str = ".venv", oldest: bool = False) -> Path:
    """Makes the environment `name` hold the program and `extras`; returns its folder.

    Does nothing when its stamp says that it already does. A broken or half-made one is rebuilt.
    Raises SetupFailed.
    """
    folder = ROOT / name
    stamp = folder / STAMP
    # The version stands in the package itself, and what is installed must not go on saying another.
    sources = (ROOT / "pyproject.toml", ROOT / "app" / "__init__.py")
    state = digest(*sources, *sorted(PACKAGING.glob("constraints*.txt")))
    present = stamped_extras(stamp, state)
    usable = is_usable(folder)
    if usable and present is not None and present >= set(extras):
        return folder
    wanted = set(extras) | (present or set())
    try:
        fill(folder, wanted, oldest, usable)
    except subprocess.CalledProcessError as failure:
        command = shlex.join(map(str, failure.cmd))
        raise SetupFailed(
            f"The environment {name} could not be made; its reason stands above. The step was:\n"
            f"    {command}"
        ) from failure
    stamp.write_text(" ".join([state, *sorted(wanted)]), encoding="utf-8")
    return folder


def fill(folder: Path, extras: set[str], oldest: bool, usable: bool) -> None:
    """Installs into a usable environment, and into a fresh one when that fails."""
    (folder / STAMP).unlink(missing_ok=True)
    if usable:
        try:
            return install(folder, extras, oldest)
        except subprocess.CalledProcessError:
            say(f"{folder.name} could not be mended, so it is made anew")
    make_venv(folder)
    return install(folder, extras, oldest)
