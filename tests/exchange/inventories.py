"""Small inventory files and audits made for tests."""

from pathlib import Path
from typing import Any

from app.domain.audit import Audit
from app.domain.edits.imports import ImportPlan, take_import
from app.exchange.bank_toml import default_bank
from app.exchange.inventory import InventoryMapping, Table, match_columns, plan_import, read_table
from app.exchange.reference_toml import default_reference

BANK, REFERENCE = default_bank(), default_reference()
HEADER = "ID,Use case name,Agency,Purpose,Stage\n"


def empty_audit(**fields: Any) -> Audit:
    return Audit(bank=BANK, reference=REFERENCE, **fields)


def table_in(folder: Path, text: str | bytes, name: str = "inventory.csv", **how: Any) -> Table:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, **how)


def plan_of(
    audit: Audit, table: Table, mapping: InventoryMapping | None = None, **how: Any
) -> ImportPlan:
    return plan_import(audit, table, mapping or match_columns(table).mapping, **how)


def imported(audit: Audit, table: Table, mapping: InventoryMapping | None = None) -> Audit:
    return take_import(audit, plan_of(audit, table, mapping))
