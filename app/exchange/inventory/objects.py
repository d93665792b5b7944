"""JSON: a list of objects, alone or inside one object, as headers and rows."""

import json
from typing import Any

from app.errors import ImportFailed
from app.exchange.inventory.delimited import MOST_COLUMNS, MOST_ROWS
from app.exchange.inventory.table import Table, numbered


def objects_table(text: str, file: str, encoding: str) -> Table:
    """One row for each object, one header for each name used; rows count from 1.

    Raises ImportFailed where the text is no JSON or holds no list of objects.
    """
    try:
        found = _records(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise ImportFailed(
            f"{file} is not well-formed JSON; nothing has been taken. Export it again."
        ) from error
    names = dict.fromkeys(name for record in found or () for name in record)
    if not found or not names:
        raise ImportFailed(
            f"{file} holds no table; nothing has been taken. "
            "It must be a list of objects, or one object that holds one such list."
        )
    if len(found) > MOST_ROWS or len(names) > MOST_COLUMNS:
        raise ImportFailed(
            f"{file} has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} names; nothing has been "
            "taken. Leave out what is not part of the inventory."
        )
    return Table(
        file=file,
        headers=numbered([sound(name) for name in names]),
        rows=tuple(tuple(value_text(record.get(name)) for name in names) for record in found),
        numbers=tuple(range(1, len(found) + 1)),
        header_row=0,
        encoding=encoding,
    )


def _records(value: Any) -> list[dict[str, Any]] | None:
    """The list itself, or the only list of objects among the values of an object."""
    if isinstance(value, dict):
        lists = [v for v in value.values() if _is_records(v)]
        return lists[0] if len(lists) == 1 else None
    return value if _is_records(value) else None


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def value_text(value: Any) -> str:
    """Text as it is, lists and objects as JSON, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return sound(json.dumps(value, ensure_ascii=False))


def sound(text: str) -> str:
    """JSON can spell half a character and the zero character; no file of ours can hold either."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
