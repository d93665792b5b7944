"""How a command says what a file it wrote holds."""

from app.report.verified import Written


def held(written: Written) -> str:
    """What was read back: pages and rows where the format has them, and bytes."""
    counts = ((written.pages, "page"), (written.rows, "row"), (written.size, "byte"))
    return ", ".join(f"{n:,} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n is not None)
