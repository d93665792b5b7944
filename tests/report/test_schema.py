"""The published schemas are those of the code, and what is written keeps to them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.domain.audit import Audit
from app.exchange.audit_json import audit_to_json
from app.exchange.audit_schema import audit_schema
from app.report.data import render_json
from app.report.model import Audience, ReportModel
from app.report.schema import report_schema
from app.resource import resource

REWRITE = os.environ.get("PLUMBLINE_REWRITE") == "1"
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: Any, whole: Any, path: str = "$") -> list[str]:
    """Where a value breaks the parts of JSON Schema that our schemas use."""
    if "$ref" in schema:
        return faults(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, path)
    if "anyOf" in schema:
        found = [faults(value, each, whole, path) for each in schema["anyOf"]]
        return [] if any(not f for f in found) else min(found, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{path}: {value!r}"]
    kinds = schema.get("type", list(TYPES))
    kinds = [kinds] if isinstance(kinds, str) else kinds
    of_kind = isinstance(value, tuple(t for k in kinds for t in TYPES[k]))
    if not of_kind or (isinstance(value, bool) and "boolean" not in kinds):
        return [f"{path}: {value!r} is no {kinds}"]
    if isinstance(value, dict):
        return object_faults(value, schema, whole, path)
    inner = schema.get("items")
    parts = enumerate(value) if isinstance(value, list) and isinstance(inner, dict) else ()
    return [fault for n, part in parts for fault in faults(part, inner, whole, f"{path}[{n}]")]


def object_faults(value: dict[str, Any], schema: Any, whole: Any, path: str) -> list[str]:
    properties = schema.get("properties", {})
    wrong = [f"{path}.{n} is missing" for n in schema.get("required", ()) if n not in value]
    for name, part in value.items():
        inner = properties.get(name, schema.get("additionalProperties"))
        if inner is None:
            wrong.append(f"{path}.{name} is unknown")
        elif isinstance(inner, dict):
            wrong += faults(part, inner, whole, f"{path}.{name}")
    return wrong


def published(name: str, made: bytes) -> bytes:
    path: Path = resource("schemas", name)
    if REWRITE:
        path.write_bytes(made)
    return path.read_bytes()


def test_the_published_schemas_are_those_of_the_code() -> None:
    """PLUMBLINE_REWRITE=1 writes them anew; a change that readers must know is a new number."""
    assert published("report-1.schema.json", report_schema()) == report_schema()
    assert published("audit-1.schema.json", audit_schema()) == audit_schema()


@pytest.mark.parametrize("audience", Audience)
def test_a_report_keeps_to_its_schema(
    audience: Audience, models: dict[Audience, ReportModel]
) -> None:
    schema = json.loads(report_schema())
    data = json.loads(render_json(models[audience]))
    assert faults(data, schema, schema) == []
    del data["control"]
    data["brief"]["states"]["key"] = 3
    assert faults(data, schema, schema) == [
        "$.control is missing",
        "$.brief.states.key: 3 is no ['string']",
    ]


def test_an_audit_keeps_to_its_schema(sample: Audit) -> None:
    schema = json.loads(audit_schema())
    assert faults(json.loads(audit_to_json(sample)), schema, schema) == []
