"""What a cell's text says: blank or not, folded for comparison, a list written out, a tidy text."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Generic, TypeVar

V = TypeVar("V")

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SIGNS = {
    ord(own): plain for plain, group in {"'": "‘’", '"': "“”", "-": "–—‐‑"}.items() for own in group
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SAYS_NOTHING = frozenset(
    (
        "n/a",
        "na",
        "n.a",
        "not applicable",
        "none",
        "null",
        "nan",
        "nil",
        "#n/a",
        "-",
        "--",
        "?",
        "tbd",
        "tbc",
        "unknown",
        "not known",
        "not available",
        "not provided",
        "blank/not provided",
        "not reported",
        "[]",
    )
)
STRING = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
LIST = re.compile(rf"\[\s*(?:(?:{STRING})(?:\s*,\s*(?:{STRING}))*\s*(?:,\s*)?)?\]", re.DOTALL)
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def is_empty(text: str) -> bool:
    """Nothing stands in the cell: no character, blanks of any kind, or an empty list."""
    return not text or text.translate(INVISIBLE).strip() in ("", "[]")


def says_nothing(text: str) -> bool:
    """Empty, or one of the words people write instead of leaving a cell empty."""
    return is_empty(text) or fold(text) in SAYS_NOTHING


def fold(text: str) -> str:
    """For comparing values: case, kinds of blanks, dashes, quotes and a last stop do not count."""
    plain = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).translate(SIGNS)
    return " ".join(plain.split()).casefold().rstrip(" .")


def fold_header(text: str) -> str:
    """For comparing headers: only letters and digits count, so a mangled quote does not matter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def tidy(text: str) -> str:
    """One line: every run of blanks, also non-breaking ones and newlines, is one space."""
    return " ".join(CONTROL.sub(" ", text.translate(INVISIBLE)).split())


def tidy_lines(text: str) -> str:
    """Lines kept, each of them tidy, and not more than one empty line in a row."""
    lines = (tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def listed(text: str) -> tuple[str, ...]:
    """The strings of a list written as Python or JSON would, else the text alone. No evaluation."""
    if not LIST.fullmatch(text.strip()):
        return (text,)
    return tuple(ESCAPE.sub(_unescape, quoted[1:-1]) for quoted in re.findall(STRING, text))


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return ESCAPED.get(code, code)


class Patterns(Generic[V]):
    """Texts to what they mean. Exact texts come first, then those with `*`, in the order given."""

    def __init__(self, table: Mapping[str, V]) -> None:
        self._exact = {fold(text): meaning for text, meaning in table.items() if "*" not in text}
        self._wild = [
            (re.compile(".*".join(re.escape(fold(part)) for part in text.split("*"))), meaning)
            for text, meaning in table.items()
            if "*" in text
        ]
        self._seen: dict[str, V | None] = {}

    def meaning(self, text: str) -> V | None:
        """None where nothing fits."""
        if text not in self._seen:
            self._seen[text] = self._find(fold(text))
        return self._seen[text]

    def _find(self, folded: str) -> V | None:
        if folded in self._exact:
            return self._exact[folded]
        return next((what for shape, what in self._wild if shape.fullmatch(folded)), None)
