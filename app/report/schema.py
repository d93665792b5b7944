"""The published schema of the report as JSON, made from the types of the model."""

from typing import Any, Final

import msgspec

from app.report.data import DRAWN
from app.report.model import SCHEMA, ReportModel

ID: Final = "report-1.schema.json"


def report_schema() -> bytes:
    """JSON Schema 2020-12 of what `render_json` writes; resources/schemas keeps a copy.

    What is only to be looked at is left out, as it is there: figures stand for pictures.
    """
    (reference,), parts = msgspec.json.schema_components(
        [ReportModel], ref_template="#/$defs/{name}"
    )
    for part in parts.values():
        for name in DRAWN & set(part.get("properties", ())):
            del part["properties"][name]
            part["required"] = [other for other in part.get("required", ()) if other != name]
    whole: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "A Plumbline report",
        "description": f"Schema {SCHEMA}: what `plumbline report --format json` writes.",
        **reference,
        "$defs": {name: part for name, part in sorted(parts.items()) if _is_used(name, parts)},
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _is_used(name: str, parts: dict[str, Any]) -> bool:
    """What only drawings speak of is left out with them."""
    used, waiting = {"ReportModel"}, ["ReportModel"]
    while waiting:
        for found in _references(parts[waiting.pop()]):
            if found not in used:
                used.add(found)
                waiting.append(found)
    return name in used


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {str(node["$ref"]).rpartition("/")[2]} if "$ref" in node else set()
        return own.union(*(_references(value) for value in node.values()))
    if isinstance(node, list):
        return set[str]().union(*(_references(value) for value in node))
    return set()
