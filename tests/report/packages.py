"""Packages of decks and documents read part by part, with the packages inside them."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tests.report.reading import evened

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = {f"{DRAWN}t", f"{WORD}t"}


def parts(body: bytes) -> dict[str, bytes]:
    """Every part by its name; a package inside is opened and its parts stand behind it."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            found[name] = part
            if part[:2] == b"PK":
                found |= {f"{name}/{inner}": text for inner, text in parts(part).items()}
    return found


def everything(body: bytes) -> str:
    """Every part as text, tags and attributes included, entities read."""
    texts = []
    for name, part in sorted(parts(body).items()):
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(part)
            texts += ["".join(root.itertext())]
            texts += [v for node in root.iter() for v in node.attrib.values()]
    return evened(" ".join(texts))


def shown(body: bytes, folder: str) -> str:
    """The text that people read in the parts of a folder."""
    texts = []
    for name, part in sorted(parts(body).items()):
        if name.startswith(folder) and name.endswith(".xml"):
            texts += [evened(text) for text in _paragraphs(etree.fromstring(part))]
    return " ".join(texts)


def _paragraphs(root: Any) -> Iterator[str]:
    for node in root.iter(f"{DRAWN}p", f"{WORD}p"):
        yield "".join(_said(part) for part in node.iter())


def _said(node: Any) -> str:
    if node.tag in TEXTS:
        return node.text or ""
    return " " if node.tag in (f"{DRAWN}br", f"{WORD}br", f"{WORD}tab") else ""


def dates(body: bytes) -> set[tuple[int, ...]]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {place.date_time for place in archive.infolist()}


def made_elsewhere(render: str, root: Path) -> str:
    """The hash of the sample's report by `module:function`, made in another process."""
    module, _, function = render.partition(":")
    script = (
        "import hashlib\n"
        "from tests.report.conftest import *\n"
        f"from {module} import {function}\n"
        f"body = {function}(made(inputs_of(sample_audit())))\n"
        "print(hashlib.sha256(body).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, check=True
    )
    return found.stdout.decode().strip()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
