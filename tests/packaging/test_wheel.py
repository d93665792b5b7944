"""A wheel built here and installed elsewhere has everything it needs to run."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


def run(*command: str | Path, folder: Path, **variables: str) -> str:
    outcome = subprocess.run(
        command, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # -P, as our own `packaging` folder must not be taken for the library of that name.
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root)
    run(sys.executable, "-P", *build, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_and_its_resources(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        points = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    shipped = {name.removeprefix("app/") for name in names if name.startswith("app/resources/")}
    here = {p.relative_to(root).as_posix() for p in (root / "resources").rglob("*") if p.is_file()}
    # The pictures are the README's and nothing in the program shows them.
    assert shipped == {name for name in here if not name.startswith("resources/pictures/")}
    assert len(names) == len(set(names))
    assert all(n.startswith(("app/", "plumbline-")) and "__pycache__" not in n for n in names)
    assert "plumbline = app.__main__:main" in points
    assert {"LICENSE", "OFL-Inter.txt", "OFL-Noto.txt"} <= {Path(name).name for name in names}


def test_an_installed_wheel_writes_the_sample(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel)
    run(sys.executable, *install, folder=tmp_path)
    found = run(
        *(sys.executable, "-c", "import app; print(app.__file__)"),
        folder=tmp_path,
        PYTHONPATH=str(target),
    )
    assert Path(found.strip()).is_relative_to(target), "the checkout was imported instead"
    sample = tmp_path / "sample.plumb"
    command = (sys.executable, "-P", "-m", "app")
    run(*command, "sample", sample, folder=tmp_path, PYTHONPATH=str(target))
    assert sample.stat().st_size > 0
    brief = tmp_path / "brief.pdf"
    run(*command, "report", sample, "-o", brief, folder=tmp_path, PYTHONPATH=str(target))
    assert brief.read_bytes().startswith(b"%PDF-")
