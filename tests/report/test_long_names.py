"""Names longer than a table can hold: cut everywhere, and whole in one place of every format."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from app.domain.audit import Audit
from app.report.build import build_minutes, build_report
from app.report.formats import RENDER
from app.report.inputs import ReportInputs
from app.report.model import Audience, ReportModel
from app.report.pdf import render_pdf
from app.report.request import Request
from app.report.verified import verified
from app.words import Words, languages
from tests.report.conftest import Maker
from tests.report.inputs import TODAY
from tests.report.reading import pages
from tests.report.variants import renamed

END = "Zqend"
WHOLE = f"{'Lorem ipsum dolor ' * 500}{END}"


def with_names(audit: Audit, name: str) -> Audit:
    """Every name of a record the same; texts stay as they are."""
    found = renamed(audit, name)
    return replace(
        found,
        decisions=audit.decisions,
        sources={s: replace(r, name=name) for s, r in audit.sources.items()},
        platforms={p: replace(r, name=name) for p, r in audit.platforms.items()},
    )


@pytest.fixture(scope="module")
def long(sample: Audit, sample_inputs: ReportInputs) -> ReportInputs:
    return replace(sample_inputs, audit=with_names(sample, WHOLE))


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for value in node.values() for text in strings(value))
    elif isinstance(node, list | tuple):
        yield from (text for value in node for text in strings(value))


def test_a_long_name_stands_whole_in_one_annex_alone(long: ReportInputs, make: Maker) -> None:
    model: ReportModel = make(long)
    annex = next(a for a in model.annexes if a.key == "names")
    kinds = [row.cells[0].text for row in annex.blocks[0].rows]
    assert len(kinds) == len(set(kinds)) >= 8
    assert all(row.cells[2].text == WHOLE for row in annex.blocks[0].rows)
    rest = replace(
        model,
        annexes=tuple(a for a in model.annexes if a is not annex),
        registers=tuple(t for t in model.registers if t.key != "names"),
    )
    assert not [text[:200] for text in strings(to_builtins(rest)) if END in text]


@pytest.mark.parametrize("kind", RENDER)
def test_every_format_is_written_with_long_names(
    kind: str, long: ReportInputs, make: Maker
) -> None:
    model = make(long)
    verified(kind, RENDER[kind](model), model)


def test_pages_are_those_of_the_annex_and_not_of_every_table(
    long: ReportInputs, make: Maker
) -> None:
    model: ReportModel = make(long)
    one = next(a for a in model.annexes if a.key == "names")
    apart = len(pages(render_pdf(replace(model, sections=(), annexes=(one,), brief=None))))
    usual = len(pages(render_pdf(make(replace(long, audit=with_names(long.audit, "Ada"))))))
    assert len(pages(render_pdf(model))) < 2 * usual + apart


@pytest.mark.parametrize("language", languages())
def test_page_one_and_document_control_point_to_it(language: str, long: ReportInputs) -> None:
    words = Words(language)
    model = build_report(long, Request(date=TODAY), words)
    name = words("section.names")
    assert name in model.brief.care.lines[-1].text
    assert name in str(next(a for a in model.annexes if a.key == "control"))
    assert [a.key for a in model.annexes][-2:] == ["names", "control"]
    minutes = build_minutes(long, Request(date=TODAY), words)
    assert [a.key for a in minutes.annexes] == ["names", "control"]


def test_nothing_is_said_where_no_name_is_cut(models: dict[Audience, ReportModel]) -> None:
    for model in models.values():
        assert "names" not in [a.key for a in model.annexes]
        assert "names" not in [t.key for t in model.registers]
        assert "(N1)" not in str(model)


def test_two_long_names_stay_two(sample: Audit, sample_inputs: ReportInputs, make: Maker) -> None:
    flows = {
        w: replace(r, name=f"{'Same beginning ' * 20}{i}")
        for i, (w, r) in enumerate(sorted(sample.workflows.items()))
    }
    model = make(replace(sample_inputs, audit=replace(sample, workflows=flows)))
    annex = next(a for a in model.annexes if a.key == "names")
    printed = [row.cells[1].text for row in annex.blocks[0].rows]
    assert len(set(printed)) == len(flows)
    assert printed[1].endswith("… (N2)")
