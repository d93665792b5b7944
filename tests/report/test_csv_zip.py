"""The archive of CSV files: RFC 4180, numbers as numbers, no formula, the same bytes."""

import json
import zipfile
from io import BytesIO

import pytest

from app.domain.audit import Audit
from app.domain.edits.plan import annotate_gap
from app.report.csv_zip import RISKY, defused, render_csv
from app.report.model import Audience, ReportModel
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.sheets import packed_text, tables
from tests.report.small import small


def test_the_same_model_gives_the_same_bytes(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    assert render_csv(model) == render_csv(model)


def test_one_file_a_register_with_every_cell(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    found = tables(render_csv(model))
    assert set(found) == {f"{table.key}.csv" for table in model.registers}
    for table in model.registers:
        rows = found[f"{table.key}.csv"]
        assert rows[0] == ["key", *(column.title for column in table.columns)]
        for row, made in zip(rows[1:], table.rows, strict=True):
            assert row[0] == made.key
            for text, cell, column in zip(row[1:], made.cells, table.columns, strict=True):
                if column.kind in ("number", "share") and cell.value is not None:
                    assert float(text) == cell.value
                else:
                    assert (text[1:] if text.startswith("'") else text) == cell.text


def test_the_archive_says_what_it_holds(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    with zipfile.ZipFile(BytesIO(render_csv(model))) as archive:
        control = json.loads(archive.read("control.json"))
        read_me = archive.read("README.txt").decode("utf-8-sig")
        assert archive.read("gaps.csv").startswith(b"\xef\xbb\xbfkey,")
        assert b"\r\n" in archive.read("gaps.csv")
    assert control["schema"] == "plumbline-csv/1"
    assert control["control"]["chain_head"] == model.control.chain_head
    assert {t["file"]: t["rows"] for t in control["tables"]} == {
        f"{t.key}.csv": len(t.rows) for t in model.registers
    }
    assert "Provisional" in read_me
    assert model.control.chain_head in read_me


def test_no_cell_is_taken_for_a_formula(sample: Audit, make: Maker) -> None:
    audit = small(sample)
    texts = [f"{sign}1+1" for sign in RISKY if sign.isascii()] + [
        "'=1",
        'a "quoted", text\r\nof two lines',
    ]
    gaps = [gap.key for gap in inputs_of(audit).gaps][: len(texts)]
    for key, text in zip(gaps, texts, strict=True):
        audit = annotate_gap(audit, key, note=text)
    rows = tables(render_csv(make(inputs_of(audit))))["gaps.csv"]
    at = rows[0].index("Note")
    notes = {row[0]: row[at] for row in rows[1:]}
    assert defused("＝1+1") == "'＝1+1"
    for key, text in zip(gaps, texts, strict=True):
        assert notes[key] == defused(text)
        assert not notes[key].startswith(tuple(RISKY[:-1]))
        assert notes[key].removeprefix("'" if text.startswith(RISKY) else "") == text


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
def test_no_person_is_named(
    audience: Audience, models: dict[Audience, ReportModel], sample: Audit
) -> None:
    text = packed_text(render_csv(models[audience]))
    assert not [p.name for p in sample.people.values() if p.name in text]
