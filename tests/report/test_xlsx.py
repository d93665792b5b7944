"""The workbook: complete, safe to open, filtered, and the same bytes for the same model."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.plan import annotate_gap
from app.report.model import Audience, ReportModel
from app.report.xlsx.book import KEY, render_xlsx, sheet_names
from app.report.xlsx.hidden import cut_text
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.sheets import book, packed_text
from tests.report.small import small
from tests.report.variants import HOSTILE, hostile

MARKUP = "<r><t>bold</t></r>"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', MARKUP, "007")


@pytest.fixture(scope="module")
def sheets(models: dict[Audience, ReportModel]) -> dict[Audience, bytes]:
    return {audience: render_xlsx(model) for audience, model in models.items()}


def cells(found: Any) -> Iterator[Any]:
    for sheet in found.worksheets:
        for row in sheet.iter_rows():
            yield from row


def test_the_same_model_gives_the_same_bytes(
    models: dict[Audience, ReportModel], sheets: dict[Audience, bytes]
) -> None:
    assert render_xlsx(models[Audience.FULL]) == sheets[Audience.FULL]


def test_a_sheet_for_each_register_with_every_row_and_value(
    models: dict[Audience, ReportModel], sheets: dict[Audience, bytes]
) -> None:
    model, found = models[Audience.FULL], book(sheets[Audience.FULL])
    names = sheet_names(model)
    for table in model.registers:
        sheet = found[names[table.key]]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == (*(c.title for c in table.columns), KEY)
        assert [row[-1] for row in rows[1:]] == [row.key for row in table.rows]
        for row, made in zip(rows[1:], table.rows, strict=True):
            for value, column, cell in zip(row, table.columns, made.cells, strict=False):
                if column.kind in ("number", "share"):
                    assert value == (None if cell.value is None else pytest.approx(cell.value))
                elif column.kind == "date":
                    assert (value.date().isoformat() if value else "") == cell.text
                else:
                    assert (value or "") == cell.text


def test_sheets_are_frozen_filtered_and_hide_their_keys(
    models: dict[Audience, ReportModel], sheets: dict[Audience, bytes]
) -> None:
    model, found = models[Audience.FULL], book(sheets[Audience.FULL])
    for table in model.registers:
        sheet = found[sheet_names(model)[table.key]]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.endswith(str(len(table.rows) + 1))
        last = sheet.cell(1, len(table.columns) + 1)
        assert sheet.column_dimensions[last.column_letter].hidden
        assert f"{last.column_letter}{len(table.rows) + 1}" in sheet.auto_filter.ref
    states = {sheet.title: sheet.sheet_state for sheet in found.worksheets}
    hidden = {name for name, state in states.items() if state == "veryHidden"}
    assert hidden == {"_control", "_columns", "_lists", "_written", "_closed"}


def test_lists_of_choices_stand_in_cells(
    models: dict[Audience, ReportModel], sheets: dict[Audience, bytes], sample: Audit
) -> None:
    found = book(sheets[Audience.FULL])
    offers = {v.formula1 for v in found["Gaps"].data_validations.dataValidation if v.type == "list"}
    assert len(offers) == 3
    listed = []
    for offer in offers:
        place = offer.removeprefix("'_lists'!").replace("$", "")
        listed += [cell[0].value for cell in found["_lists"][place]]
    assert {"critical", "fix", *(p.name for p in sample.people.values())} <= set(listed)
    kinds = {v.type for v in found["Actions"].data_validations.dataValidation}
    assert kinds == {"list", "date", "decimal"}


def test_nothing_typed_is_a_formula_a_link_or_a_number(sample: Audit, make: Maker) -> None:
    audit = small(hostile(sample))
    gaps = [gap.key for gap in inputs_of(audit).gaps][: len(FORMULAS)]
    for key, text in zip(gaps, FORMULAS, strict=True):
        audit = annotate_gap(audit, key, note=text)
    found = book(render_xlsx(make(inputs_of(audit))))
    assert not [c.coordinate for c in cells(found) if c.data_type in ("f", "e") or c.hyperlink]
    sheet = found["Gaps"]
    titles = [c.value for c in sheet[1]]
    notes = {row[-1].value: row[titles.index("Note")] for row in sheet.iter_rows(min_row=2)}
    for key, text in zip(gaps, FORMULAS, strict=True):
        assert notes[key].value == text
        assert notes[key].data_type == "s"
    assert notes[gaps[0]].quotePrefix


def test_hostile_names_arrive_whole_or_by_their_code(sample: Audit, make: Maker) -> None:
    model = make(inputs_of(hostile(sample)))
    text = packed_text(render_xlsx(model))
    assert "<script>" not in text
    assert "[U+" in text
    assert "characters that no font" in text
    names = {c.value for c in cells(book(render_xlsx(model)))}
    assert any(HOSTILE[4] in str(name) for name in names)


def test_a_text_longer_than_a_cell_is_cut_and_said_so(sample: Audit, make: Maker) -> None:
    audit = small(sample)
    key = inputs_of(audit).gaps[0].key
    model = make(inputs_of(annotate_gap(audit, key, note="long " * 10_000)))
    text = packed_text(render_xlsx(model))
    assert "One text is longer than a cell can hold" in text
    assert len(cut_text("ab" * 40_000)) == 32_767
    assert cut_text("ab" * 40_000).endswith("…")


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
def test_no_person_is_named_in_any_part(
    audience: Audience, sheets: dict[Audience, bytes], sample: Audit
) -> None:
    text = packed_text(sheets[audience])
    assert not [p.name for p in sample.people.values() if p.name in text]
    if audience is Audience.EXTERNAL:
        places = [w.name for w in sample.workflows.values()]
        places += [s.name for s in sample.sources.values()]
        typed = [d.text for d in sample.decisions.values()]
        typed += [a.note for g in sample.answers.values() for a in g.values() if a.note]
        assert not [secret for secret in (*places, *typed) if secret in text]
        assert "cannot be read back" in text


def test_names_of_sheets_are_allowed_and_distinct(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    first, second, *_ = model.registers
    odd = replace(
        model,
        registers=(
            replace(first, title="A/B: [all] the gaps of this whole long audit"),
            replace(second, title="a b   all  the gaps of this whole"),
            replace(model.registers[2], title="'?'"),
        ),
    )
    names = list(sheet_names(odd).values())
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_rows_are_as_high_as_their_text(
    models: dict[Audience, ReportModel], sheets: dict[Audience, bytes]
) -> None:
    sheet = book(sheets[Audience.FULL])["Gaps"]
    table = next(t for t in models[Audience.FULL].registers if t.key == "gaps")
    for number, row in enumerate(table.rows, 2):
        longest = max(len(cell.text) for cell in row.cells)
        assert longest < 80 or sheet.row_dimensions[number].height >= 30
    assert sheet.row_dimensions[1].height == 30
