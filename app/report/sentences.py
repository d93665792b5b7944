"""Sentences with their numbers: sandboxed templates, one library for every format."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from app.report.model import Line
from app.words import Words


class Sentences:
    """Renders `say.*` templates of a language file; values stay beside the text by name."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._environment = SandboxedEnvironment(
            undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.filters.update(
            number=words.number,
            figure=words.figure,
            count=lambda value, unit: words.count(unit, value),
            percent=words.percent,
            listing=words.listing,
            initial=words.opening,
            date=words.date,
            month=words.month,
            word=words,
        )

    def __call__(self, key: str, **values: Any) -> Line:
        """One sentence. KeyError for a template no language has, UndefinedError for a value."""
        template = self._environment.from_string(self.words.raw(f"say.{key}"))
        text = " ".join(template.render(**values).split())
        return Line(key, text, {name: _plain(value) for name, value in sorted(values.items())})


def _plain(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return ", ".join(str(item) for item in value)
    return str(value)
