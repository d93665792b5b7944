"""Reports of the sample audit, made once for all tests."""

from collections.abc import Callable

import pytest

from app.domain.audit import Audit
from app.exchange.sample import sample_audit
from app.report.build import build_report
from app.report.data import render_json
from app.report.html import render_html
from app.report.inputs import ReportInputs
from app.report.model import Audience, PageSize, ReportModel
from app.report.pdf import render_pdf
from app.report.request import Request
from app.words import Words
from tests.report.inputs import TODAY, inputs_of
from tests.report.reading import evened, everything

Maker = Callable[..., ReportModel]


def made(
    inputs: ReportInputs,
    audience: Audience = Audience.FULL,
    page: PageSize = PageSize.A4,
) -> ReportModel:
    return build_report(inputs, Request(audience, page, TODAY), Words())


@pytest.fixture(scope="session")
def make() -> Maker:
    return made


@pytest.fixture(scope="session")
def sample() -> Audit:
    return sample_audit()


@pytest.fixture(scope="session")
def sample_inputs(sample: Audit) -> ReportInputs:
    return inputs_of(sample)


@pytest.fixture(scope="session")
def models(sample_inputs: ReportInputs) -> dict[Audience, ReportModel]:
    return {audience: made(sample_inputs, audience) for audience in Audience}


@pytest.fixture(scope="session")
def pdfs(models: dict[Audience, ReportModel]) -> dict[Audience, bytes]:
    return {audience: render_pdf(model) for audience, model in models.items()}


@pytest.fixture(scope="session")
def contents(
    models: dict[Audience, ReportModel], pdfs: dict[Audience, bytes]
) -> dict[Audience, dict[str, str]]:
    """Everything each format of each audience holds."""
    return {
        audience: {
            "pdf": everything(pdfs[audience]),
            "html": evened(render_html(model)),
            "json": evened(render_json(model).decode()),
        }
        for audience, model in models.items()
    }
