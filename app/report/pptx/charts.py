"""Native charts on a slide, each with the sheet of its data."""

import datetime as dt
from typing import Any, Final

from msgspec import Struct
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from app.charts.palette import INK, LINE, SECOND, THIRD
from app.report.pptx.sheet import Data, arm_cells, arms, chart_data, workbook
from app.report.pptx.tables import Place, box, describe

NS: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
ACCENT, LIGHT = "accent", "light"
"""The first two colours of the deck's theme, so that another theme changes both."""
GREY: Final = "#8A97A2"


class Look(Struct, frozen=True):
    """Colours by series, the ink of their labels, and texts at the axes."""

    colours: tuple[str, ...]
    inks: tuple[str, ...] = ()
    """Empty text: the series has no labels."""
    labels: str = ""
    """Number format of the labels; the data's own where empty."""
    categories_title: str = ""
    values_title: str = ""
    most: float | None = None
    unit: float | None = None
    """Where the values' axis ends, and the step of its lines; the program's own where not said."""
    has_axis: bool = True
    size: float = 10


def bars(
    shapes: Any, place: Place, data: Data, look: Look, name: str, words: str, day: dt.date
) -> None:
    """Horizontal bars from the first category at the top; with a range whiskers on each bar."""
    kind = XL_CHART_TYPE.BAR_CLUSTERED if len(data.series) == 1 else XL_CHART_TYPE.BAR_STACKED
    chart = _added(shapes, kind, place, data, look, name, words, day)
    chart.category_axis.reverse_order = True
    plot = chart.plots[0]
    plot.gap_width = 45
    if len(data.series) > 1:
        plot.overlap = 100
    if data.lows:
        _whiskers(plot.series[0], data)


def columns(
    shapes: Any, place: Place, data: Data, look: Look, name: str, words: str, day: dt.date
) -> None:
    """Upright columns beside each other."""
    chart = _added(shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, place, data, look, name, words, day)
    chart.plots[0].gap_width, chart.plots[0].overlap = 70, -5


def lines(
    shapes: Any, place: Place, data: Data, look: Look, name: str, words: str, day: dt.date
) -> None:
    """Lines over months: the first one thick, the last one dashed, those between thin."""
    chart = _added(shapes, XL_CHART_TYPE.LINE, place, data, look, name, words, day)
    last = len(data.series) - 1
    for i, series in enumerate(chart.plots[0].series):
        series.smooth = False
        line = series.format.line
        _paint(line.color, look.colours[i])
        line.width = Pt(2.5 if i == 0 else 1.25)
        if i == last:
            line.dash_style = MSO_LINE.DASH
        elif i:
            line.dash_style = MSO_LINE.ROUND_DOT
    first = chart.plots[0].series[0]
    for i, where in (
        (0, XL_LABEL_POSITION.ABOVE),
        (len(data.categories) - 1, XL_LABEL_POSITION.BELOW),
    ):
        label = first.points[i].data_label
        label.position = where
        label.font.size, label.font.bold = Pt(look.size), True
        _paint(label.font.color, look.colours[0])


def _added(
    shapes: Any,
    kind: Any,
    place: Place,
    data: Data,
    look: Look,
    name: str,
    words: str,
    day: dt.date,
) -> Any:
    frame = shapes.add_chart(kind, *box(place), chart_data(data))
    describe(frame, name, words)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(data, day))
    chart.has_title = False
    chart.font.size = Pt(look.size)
    chart.font.color.rgb = RGBColor.from_string(INK[1:])
    chart.has_legend = len(data.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(look.size)
    _axes(chart, data, look)
    for i, series in enumerate(chart.plots[0].series):
        if kind is not XL_CHART_TYPE.LINE:
            series.format.fill.solid()
            _paint(series.format.fill.fore_color, look.colours[i])
            series.format.line.color.rgb = RGBColor.from_string(LINE[1:])
            series.invert_if_negative = False
        if look.inks and look.inks[i]:
            _label(series, data, look, look.inks[i], kind)
    return chart


def _axes(chart: Any, data: Data, look: Look) -> None:
    category, value = chart.category_axis, chart.value_axis
    category.has_major_gridlines = False
    category.major_tick_mark = value.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.rgb = RGBColor.from_string(THIRD[1:])
    value.format.line.fill.background()
    value.minimum_scale = 0
    if look.most is not None:
        value.maximum_scale = look.most
    if look.unit is not None:
        value.major_unit = look.unit
    value.has_major_gridlines = value.visible = look.has_axis
    if look.has_axis:
        value.major_gridlines.format.line.color.rgb = RGBColor.from_string(LINE[1:])
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = data.format, False
    for axis, title in ((category, look.categories_title), (value, look.values_title)):
        if title:
            axis.has_title = True
            axis.axis_title.text_frame.text = title
            font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
            font.size, font.bold = Pt(look.size), False
            font.color.rgb = RGBColor.from_string(SECOND[1:])


def _paint(colour: Any, code: str) -> None:
    if code in (ACCENT, LIGHT):
        light = code == LIGHT
        colour.theme_color = MSO_THEME_COLOR.ACCENT_2 if light else MSO_THEME_COLOR.ACCENT_1
    else:
        colour.rgb = RGBColor.from_string(code.removeprefix("#"))


def _label(series: Any, data: Data, look: Look, ink: str, kind: Any) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = look.labels or data.format
    labels.number_format_is_linked = False
    labels.font.size, labels.font.bold = Pt(look.size), True
    _paint(labels.font.color, ink)
    if data.lows:
        labels.position = XL_LABEL_POSITION.INSIDE_BASE
    elif kind is XL_CHART_TYPE.BAR_STACKED:
        labels.position = XL_LABEL_POSITION.CENTER
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _whiskers(series: Any, data: Data) -> None:
    """Error bars whose arms stand in the sheet, so that they follow when a figure is changed."""
    ends = zip(("plus", "minus"), arm_cells(data), arms(data), strict=True)
    parts = "".join(
        f"<c:{tag}><c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>'
        + "".join(f'<c:pt idx="{i}"><c:v>{v:g}</c:v></c:pt>' for i, v in enumerate(values))
        + f"</c:numCache></c:numRef></c:{tag}>"
        for tag, cells, values in ends
    )
    node = parse_xml(
        f'<c:errBars {NS}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{parts}<c:spPr><a:ln w="15875"><a:solidFill>'
        f'<a:srgbClr val="{INK[1:]}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    element = series._element  # noqa: SLF001
    element.xpath("c:cat")[0].addprevious(node)
