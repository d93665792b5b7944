"""What stands beside tables that leave the report: what they are and how to read them back."""

from msgspec import Struct

from app.report.glyphs import CODE
from app.report.model import Audience, ReportModel
from app.words import Words

NAMES = (
    "gaps",
    "actions",
    "workflows",
    "stages",
    "answers",
    "decisions",
    "scores",
    "find_out",
    "policies",
    "sources",
    "parking",
)
"""Registers that a report can have."""


class Leaflet(Struct, frozen=True):
    name: str
    title: str
    lines: tuple[str, ...]
    tables: tuple[tuple[str, str], ...]
    """Name of each register and how many rows it has."""
    control: tuple[tuple[str, str], ...]


def leaflet(model: ReportModel, *, most: int | None = 32_767, csv: bool = False) -> Leaflet:
    """Audience, day and status, what may be changed, what is missing; `most` signs in a cell."""
    words = Words(model.language)
    frame = model.frame
    lines = [
        words("sheet.what_csv" if csv else "sheet.what"),
        words(
            "sheet.audience",
            audience=words(f"audience.{model.audience.value}"),
            date=frame.date_text,
        ),
        frame.status + ".",
    ]
    lines += [f"{frame.classification}."] if frame.classification else []
    lines += [] if csv else _back(model, words)
    lines += _missing(model, words, most)
    lines += [words("sheet.defused"), words("sheet.control")] if csv else []
    tables = tuple((t.title, words("sheet.rows", n=len(t.rows))) for t in model.registers)
    title = words("sheet.title", title=frame.title)
    return Leaflet(
        words("sheet.read_me"),
        title,
        tuple(lines),
        ((words("sheet.contents"), ""), *tables),
        _control(model, words),
    )


def _back(model: ReportModel, words: Words) -> list[str]:
    if model.audience is Audience.EXTERNAL:
        return [words("sheet.closed")]
    found = [
        f"{table.title}: {', '.join(column.title for column in table.columns if column.is_open)}"
        for table in model.registers
        if any(column.is_open for column in table.columns)
    ]
    return [words("sheet.open", columns="; ".join(found)), words("sheet.kept")] if found else []


def _missing(model: ReportModel, words: Words, most: int | None) -> list[str]:
    """What has no table, what is written by code, and what is cut."""
    lines = []
    there = {table.key for table in model.registers}
    names = [words(f"register.{key}") for key in NAMES if key not in there]
    if names:
        lines.append(words("sheet.empty", names=words.listing(names)))
    texts = [c.text for t in model.registers for row in t.rows for c in row.cells]
    coded = sum(len(CODE.findall(text)) for text in texts)
    if coded:
        lines.append(words("sheet.coded", n=coded))
    long = most is not None and sum(
        len(text) > most // 2 and len(text.encode("utf-16-le", "surrogatepass")) > 2 * most
        for text in texts
    )
    if long:
        lines.append(words("sheet.cut", n=long))
    return lines


def _control(model: ReportModel, words: Words) -> tuple[tuple[str, str], ...]:
    made = model.control
    rows = (
        ("program", made.program),
        ("bank", made.bank),
        ("bank_hash", made.bank_hash),
        ("reference", made.reference),
        ("file", made.file or words("label.left_out")),
        ("sequence", str(made.sequence)),
        ("chain_head", made.chain_head),
    )
    return tuple((words(f"control.{key}"), value or "–") for key, value in rows)
