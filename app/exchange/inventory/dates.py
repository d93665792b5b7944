"""Dates as people write them in spreadsheets, read only where they are clear."""

import datetime as dt
import re

YEARS = range(1970, 2101)
"""Outside of these a date is a slip: a year taken for a day count shows as 1905."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january", "januar"),
            ("feb", "february", "februar"),
            ("mar", "march", "mär", "märz", "maerz"),
            ("apr", "april"),
            ("may", "mai"),
            ("jun", "june", "juni"),
            ("jul", "july", "juli"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october", "okt", "oktober"),
            ("nov", "november"),
            ("dec", "december", "dez", "dezember"),
        ),
        start=1,
    )
    for name in names
}
TIME = r"(?:[t ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}})(?:{TIME}))?")
NUMBERS = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}})(?:{TIME})")
MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
NAMED_MONTH = re.compile(r"([a-zä]+)\.?(?:[-/ ,]+(\d{4})|[-/](\d{2}))")
"""With a blank between, two digits could as well be the day."""
DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/ .]+([a-zä]+)\.?[-/ ,]+(\d{{4}}|\d{{2}})(?:{TIME})"
)
MONTH_FIRST = re.compile(
    rf"([a-zä]+)\.?[-/ ]+(\d{{1,2}})(?:st|nd|rd|th)?,?[-/ ]+(\d{{4}})(?:{TIME})"
)


def parse_date(text: str, order: str = "") -> dt.date | None:
    """The date meant, or None where it is not clear.

    `order` is "mdy" or "dmy" where the file's habit is known; without it 3/4/2025 is not clear,
    13/4/2025 and 4/13/2025 are. A month without a day is its first day. A year alone is no date.
    """
    plain = " ".join(text.replace("\xa0", " ").split()).lower()
    if found := ISO.fullmatch(plain):
        return _date(found[1], found[2], found[3] or "1")
    if found := NUMBERS.fullmatch(plain):
        return _numbers(found[1], found[2], found[3], order)
    if found := MONTH_YEAR.fullmatch(plain):
        return _date(found[2], found[1], "1")
    if found := NAMED_MONTH.fullmatch(plain):
        return _named(found[2] or found[3], found[1], "1")
    if found := DAY_FIRST.fullmatch(plain):
        return _named(found[3], found[2], found[1])
    if found := MONTH_FIRST.fullmatch(plain):
        return _named(found[3], found[1], found[2])
    return None


def _numbers(first: str, second: str, year: str, order: str) -> dt.date | None:
    if int(first) > 12 or first == second or order == "dmy":
        return _date(year, second, first)
    if int(second) > 12 or order == "mdy":
        return _date(year, first, second)
    return None


def _named(year: str, month: str, day: str) -> dt.date | None:
    number = MONTHS.get(month)
    return None if number is None else _date(year, str(number), day)


def _date(year: str, month: str, day: str) -> dt.date | None:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if full not in YEARS:
        return None
    try:
        return dt.date(full, int(month), int(day))
    except ValueError:
        return None
