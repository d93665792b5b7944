"""Words for codes and values, by language: the domain says `state.may_build`, people read this."""

import datetime as dt
import math
import re
import string
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from app.resource import resource

ENGLISH: Final = "en"
MILLION: Final = 1_000_000


class Words:
    """Texts of one language, read from resources/i18n; what it lacks is taken from English.

    A code is a path through the file's tables (`state.may_build`). A text with several forms is a
    table of `one` and `other`; the value `n` chooses.
    """

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", language) else ""
        self.language = self.language or ENGLISH
        texts: dict[str, str] = {}
        for name in (ENGLISH, self.language.split("-", maxsplit=1)[0], self.language):
            path = resource("i18n", f"{name}.toml")
            if path.is_file():
                texts.update(_flat(tomllib.loads(path.read_text("utf-8"))))
        self._texts: Mapping[str, str] = texts

    def __call__(self, code: str, **values: Any) -> str:
        """The text of a code with its values put in. KeyError for a code no language has."""
        text = self._texts.get(code)
        if text is None:
            form = "one" if values.get("n") == 1 else "other"
            text = self._texts[f"{code}.{form}"]
        return _Values(self).vformat(text, (), values) if values else text

    def has(self, code: str) -> bool:
        return code in self._texts or f"{code}.other" in self._texts

    def raw(self, code: str) -> str:
        """The text as it stands in the file; sentence templates are kept this way."""
        return self._texts[code]

    def of(self, member: StrEnum, table: str) -> str:
        """The word for one member of a closed set."""
        return self(f"{table}.{member.value}")

    def inside(self, text: str) -> str:
        """A text that opens with a capital, put inside a sentence: German keeps its capitals."""
        return text.lower() if self("format.inside") == "lower" else text

    def opening(self, text: str) -> str:
        """A text put at the head of a line, with a capital."""
        return text[:1].upper() + text[1:]

    def number(self, value: float) -> str:
        """A count in a sentence: spelled as far as the language does, with separators above."""
        whole = nearest(value)
        return self._texts.get(f"number.{whole}") or self.figure(whole)

    def figure(self, value: float, digits: int = 0) -> str:
        """A number with the language's separators."""
        text = f"{nearest(value):,}" if digits == 0 else f"{value:,.{digits}f}"
        swap = {",": self("format.thousands"), ".": self("format.decimal")}
        return "".join(swap.get(sign, sign) for sign in text)

    def count(self, unit: str, value: float) -> str:
        """A number with its unit: `3 workflows`."""
        whole = nearest(value)
        return self(f"unit.{unit}", n=whole).replace("#", self.figure(whole))

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as whole percent."""
        return self("format.percent", value=self.figure(share * 100))

    def span(self, low: str, high: str) -> str:
        return self("format.span", low=low, high=high)

    def money(self, amount: float, currency: str, *, estimated: bool = False) -> str:
        """Whole units below a million, above it millions with one decimal.

        What comes out of the estimate is known to two significant figures at best.
        """
        amount = two_figures(amount) if estimated else amount
        sign = self._texts.get(f"currency.{currency}") or self("format.currency", name=currency)
        if abs(amount) >= MILLION:
            digits = 0 if estimated and abs(amount) >= 10 * MILLION else 1
            value = self.figure(amount / MILLION, digits)
            return self("format.millions", sign=sign, value=value)
        return self("format.money", sign=sign, value=self.figure(amount))

    def date(self, day: dt.date) -> str:
        return self("format.date", day=day.day, month=self.month_name(day.month), year=day.year)

    def short_date(self, day: dt.date) -> str:
        return self(
            "format.date", day=day.day, month=self(f"month_short.{day.month}"), year=day.year
        )

    def month(self, day: dt.date) -> str:
        """Short month with its year."""
        return self("format.month", month=self(f"month_short.{day.month}"), year=day.year)

    def month_name(self, month: int) -> str:
        return self(f"month.{month}")

    def listing(self, items: Iterable[str]) -> str:
        """`a, b and c`."""
        names = list(items)
        if len(names) < 2:
            return "".join(names)
        return self("format.and", first=", ".join(names[:-1]), last=names[-1])


class _Values(string.Formatter):
    """Puts values into a text; a share marked `.0%` is written as the language writes percent."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == ".0%":
            return self._words.percent(value)
        return format(value, format_spec)


def languages() -> list[str]:
    """Languages there are words of."""
    return sorted(path.stem for path in resource("i18n").glob("*.toml"))


def two_figures(amount: float) -> float:
    """Rounded to two significant figures, halves up."""
    if not amount:
        return amount
    step = 10.0 ** (math.floor(math.log10(abs(amount))) - 1)
    return nearest(amount / step) * step


def nearest(value: float) -> int:
    """Whole number, halves up, so that a reader can check it by hand."""
    return math.floor(value + 0.5)


def _flat(tables: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tables.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{prefix}{key}."))
        else:
            found[f"{prefix}{key}"] = str(value)
    return found
