"""Inventories in: read a table, match its columns, plan what an import would do, sum it up."""

from app.exchange.inventory.choosing import choose_columns, empty_mapping
from app.exchange.inventory.comparing import plan_import
from app.exchange.inventory.mapping import (
    InventoryMapping,
    dump_mapping,
    field_columns,
    find_mapping,
    load_mapping,
    shipped_names,
)
from app.exchange.inventory.matching import Proposal, match_columns
from app.exchange.inventory.reading import read_table, visible_sheets
from app.exchange.inventory.rows import missing_columns
from app.exchange.inventory.summary import ImportSummary, summarise
from app.exchange.inventory.table import Table

__all__ = [
    "ImportSummary",
    "InventoryMapping",
    "Proposal",
    "Table",
    "choose_columns",
    "dump_mapping",
    "empty_mapping",
    "field_columns",
    "find_mapping",
    "load_mapping",
    "match_columns",
    "missing_columns",
    "plan_import",
    "read_table",
    "shipped_names",
    "summarise",
    "visible_sheets",
]
