"""Modules stay short, open with a sentence, are called by nouns, and the domain has no clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MAY_GROW = {"app/store/schema.py"}
EMPTY_WORDS = {"base", "common", "helper", "helpers", "manager", "managers", "util", "utils"}
CLOCKS = {"now", "today", "utcnow"}


def modules(*folders: str) -> list[str]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path.relative_to(ROOT).as_posix() for path in paths]


def source(module: str) -> str:
    return (ROOT / module).read_text("utf-8")


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source(module))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("module", modules("app", "packaging", "tests"))
def test_a_module_is_short_and_opens_with_a_sentence(module: str) -> None:
    text = source(module)
    opening = (ast.get_docstring(ast.parse(text)) or "").strip().split("\n\n")[0]
    # An empty `__init__.py` says nothing and needs nothing said about it.
    assert not text.strip() or opening.endswith((".", "?", "!")), "no opening sentence"
    assert len(text.splitlines()) <= LONGEST_FILE or module in MAY_GROW


@pytest.mark.parametrize("module", modules("app", "packaging", "tests"))
def test_no_function_is_long(module: str) -> None:
    long = {
        f"{node.name} in line {node.lineno}"
        for node in functions(module)
        if (node.end_lineno or 0) - node.lineno + 1 >= LONGEST_FUNCTION
    }
    assert not long


@pytest.mark.parametrize("module", modules("app", "packaging"))
def test_a_module_is_called_by_what_it_holds(module: str) -> None:
    names = {part for name in Path(module).with_suffix("").parts for part in name.split("_")}
    assert not names & EMPTY_WORDS


@pytest.mark.parametrize("module", modules("app/domain"))
def test_the_domain_never_asks_the_time(module: str) -> None:
    asked = {
        f"{node.func.attr} in line {node.lineno}"
        for node in ast.walk(ast.parse(source(module)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    }
    assert not asked
