"""The cells of a workbook that came back, read row by row and never evaluated."""

import io
import warnings
from types import TracebackType
from typing import Any, Final

from msgspec import Struct

from app.errors import ImportFailed
from app.exchange.inventory.workbook import cell_text, expect_workbook

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 500


class SheetCell(Struct, frozen=True):
    """A value with openpyxl's letter for its kind: f is a formula, e an error."""

    value: object = None
    kind: str = "n"

    @property
    def text(self) -> str:
        return cell_text(self.value)


EMPTY: Final = SheetCell()
Rows = list[tuple[SheetCell, ...]]


class SheetBook:
    """An open workbook; every fault of the file is an ImportFailed in one sentence."""

    def __init__(self, data: bytes, file: str) -> None:
        expect_workbook(data, file)
        from openpyxl import load_workbook  # 0.2 s that other commands never need

        self.file = file
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations it leaves out; only cells matter here.
            warnings.simplefilter("ignore")
            try:
                self._book: Any = load_workbook(io.BytesIO(data), read_only=True)
                self.names = tuple(sheet.title for sheet in self._book.worksheets)
            except Exception as error:
                raise self._damaged() from error

    def __enter__(self) -> "SheetBook":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    def rows(self, name: str) -> Rows:
        """All rows of a sheet. Raises ImportFailed, also for more than a register can have."""
        found: Rows = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                sheet = self._book[name]
                # The size noted in a sheet is often wrong; padding to it makes empty cells.
                sheet.reset_dimensions()
                for row in sheet.iter_rows():
                    if len(found) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                        break
                    found.append(tuple(SheetCell(c.value, c.data_type) for c in row))
                else:
                    return found
            except Exception as error:
                # A damaged workbook fails anywhere inside openpyxl, with any kind of exception.
                raise self._damaged() from error
        raise ImportFailed(
            f"The sheet “{name}” of {self.file} has more than {MOST_ROWS:,} rows or "
            f"{MOST_COLUMNS:,} columns; nothing has been taken. Delete what was added beside the "
            "table."
        )

    def texts(self, name: str, width: int = 0) -> list[list[str]]:
        """Rows as text, each with at least `width` cells."""
        found = ([cell.text for cell in row] for row in self.rows(name))
        return [cells + [""] * (width - len(cells)) for cells in found]

    def _damaged(self) -> ImportFailed:
        return ImportFailed(
            f"{self.file} is damaged or no workbook; nothing has been taken. "
            "Open it in a spreadsheet program, save it again and read that."
        )
