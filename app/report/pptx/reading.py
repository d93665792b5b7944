"""Reading a deck back: its slides, tables and charts, as the library finds them in the file."""

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.exc import PythonPptxError

from app.report.model import ReportModel
from app.report.office import legal, origin, whole_archive
from app.report.pptx.deck import titles


def read_deck(body: bytes, model: ReportModel) -> tuple[int, int]:
    """Slides and table rows. ValueError says what the deck lacks of this model."""
    whole_archive(body)
    try:
        deck = Presentation(io.BytesIO(body))
    except (PythonPptxError, SyntaxError) as error:
        raise ValueError(f"it is no deck ({error})") from error
    if deck.core_properties.identifier != origin(model):
        raise ValueError("it was made from another record")
    found = tuple(_title(slide) for slide in deck.slides)
    wanted = tuple(legal(title) for title in titles(model))
    if found != wanted:
        raise ValueError(f"its slides are {len(found)}, with other titles than the report's")
    rows = 0
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                _described(shape, number)
            if shape.has_chart:
                _editable(shape.chart, number)
            if shape.has_table:
                rows += len(shape.table.rows) - 1
    first = [shape.table for shape in deck.slides[0].shapes if shape.has_table]
    states = model.brief.states.rows if model.brief else ()
    if [len(table.rows) - 1 for table in first] != [len(states)]:
        raise ValueError("the table of states lacks a row")
    return len(found), rows


def _title(slide: Any) -> str:
    title = slide.shapes.title
    return title.text_frame.text if title is not None else ""


def _described(shape: Any, number: int) -> None:
    (found,) = shape.element.xpath("./*/p:cNvPr")
    if not found.get("descr"):
        raise ValueError(f"“{shape.name}” on slide {number} has no words for those who hear it")


def _editable(chart: Any, number: int) -> None:
    part = chart.part.chart_workbook.xlsx_part
    if part is None:
        raise ValueError(f"a chart on slide {number} has no sheet")
    with zipfile.ZipFile(io.BytesIO(part.blob)) as sheet:
        if sheet.testzip():
            raise ValueError(f"the sheet of a chart on slide {number} is damaged")
