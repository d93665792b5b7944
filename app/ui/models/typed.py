"""What people type: dates in the ways they write them, and what is said where nothing fits."""

import datetime as dt

from PySide6.QtCore import QLocale

from app.exchange.inventory.dates import parse_date
from app.ui.page import translate


def typed_date(text: str) -> dt.date:
    """2027-03-31, 31.3.2027, 31 Mar 2027; 3/4/2027 as the system writes it. Raises ValueError."""
    found = read_date(text)
    if found is None:
        raise ValueError(translate("“{0}” is no date; write it as 2027-03-31").format(text))
    return found


def read_date(text: str) -> dt.date | None:
    """The date that was typed, or None where it is none or could be two."""
    text = text.strip()
    # A dot between numbers is written by those who put the day first.
    order = "dmy" if "." in text else _habit()
    return parse_date(text, order)


def _habit() -> str:
    """How the system orders day and month; empty where nobody has set it."""
    if QLocale().language() is QLocale.Language.C:
        return ""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return "mdy" if short.find("M") < short.find("d") else "dmy"


def typed_number(text: str) -> float:
    """A number with or without separators. Raises ValueError."""
    try:
        return float(text.replace(",", "").replace("\u202f", "").replace(" ", ""))
    except ValueError:
        said = translate("“{0}” is no number; write it as 1200 or 12.5")
        raise ValueError(said.format(text)) from None


def refusal(why: Exception | str) -> str:
    """The sentence for a value that does not fit."""
    return translate("{0}. Nothing was changed; type another value.").format(why)
