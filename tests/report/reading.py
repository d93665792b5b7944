"""What a PDF says, read with other programs than the one that wrote it."""

import io
import re
from functools import lru_cache
from typing import NamedTuple

import pikepdf
import pypdf


@lru_cache(maxsize=8)
def pages(pdf: bytes) -> list[str]:
    """Text of each page, white space made even; several tests read the same long report."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [evened(page.extract_text()) for page in reader.pages]


def evened(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def everything(pdf: bytes) -> str:
    """Page text, and every string and unpacked stream of the file, whatever it belongs to."""
    parts = pages(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            parts += _strings(thing)
            if isinstance(thing, pikepdf.Stream):
                try:
                    parts.append(thing.read_bytes().decode("utf-8", "replace"))
                except pikepdf.PdfError:
                    continue
    return evened(" ".join(parts))


def _strings(thing: pikepdf.Object) -> list[str]:
    if isinstance(thing, pikepdf.String):
        return [str(thing)]
    if isinstance(thing, pikepdf.Dictionary):
        return [text for value in thing.values() for text in _direct(value)]
    if isinstance(thing, pikepdf.Array):
        return [text for value in thing for text in _direct(value)]
    return []


def _direct(value: object) -> list[str]:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        return _strings(value)
    return []


class Element(NamedTuple):
    """One structure element: its kind, the text that stands for it, and whether it has a scope."""

    kind: str
    alt: str
    has_scope: bool


def elements(pdf: bytes) -> list[Element]:
    """All structure elements in reading order."""
    found: list[Element] = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        todo: list[pikepdf.Object] = [document.Root.StructTreeRoot]
        while todo:
            node = todo.pop()
            if isinstance(node, pikepdf.Array):
                todo += reversed(list(node))
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    scope = "/A" in node and "/Scope" in repr(node.A)
                    found.append(Element(str(node.S)[1:], str(node.get("/Alt", "")), scope))
                if "/K" in node:
                    todo.append(node.K)
    return found


def figures(text: str) -> set[str]:
    """Runs of digits."""
    return set(re.findall(r"\d+", text))
