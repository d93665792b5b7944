"""The published schema of the whole audit as JSON, made from the types of the record."""

from typing import Any, Final

import msgspec

from app.exchange.audit_json import SCHEMA, VERSION, Whole

ID: Final = f"audit-{VERSION}.schema.json"


def audit_schema() -> bytes:
    """JSON Schema 2020-12 of what `export` writes; resources/schemas keeps a copy."""
    (reference,), parts = msgspec.json.schema_components([Whole], ref_template="#/$defs/{name}")
    whole: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "A whole Plumbline audit",
        "description": f"Schema {SCHEMA}, version {VERSION}: what `plumbline export` writes.",
        **reference,
        "$defs": dict(sorted(parts.items())),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
