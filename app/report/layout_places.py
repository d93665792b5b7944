"""Where the parts of a report stand: the list of contents, and what in a text refers to a part."""

import re
from typing import Any, Final

from msgspec import convert, to_builtins

from app.report.model import ReportModel, Section
from app.words import Words

LEAST_PARTS: Final = 6
"""Parts from which on a list says where each of them stands."""
NUMBER: Final = re.compile(r"(\d+) · ")


def contents_of(model: ReportModel) -> list[dict[str, Any]]:
    """Groups of parts in their order: those told with their heading, and those told by name."""
    parts = [(s, not _is_one_of_many(s)) for s in model.sections]
    parts += [(annex, False) for annex in model.annexes]
    if len({section.label for section, _ in parts}) < LEAST_PARTS:
        return []
    groups: list[dict[str, Any]] = []
    labels: set[str] = set()
    for section, told in parts:
        if section.label in labels:
            continue
        labels.add(section.label)
        if not groups or groups[-1]["told"] != told:
            groups.append({"told": told, "entries": []})
        entry = {"key": section.key, "label": section.label, "heading": section.heading.text}
        groups[-1]["entries"].append(entry)
    return groups


def references(model: ReportModel, words: Words) -> dict[str, Any]:
    """A pattern of everything that a text may call a part, and the part that each one means."""
    keys: dict[str, str] = {}
    for section in model.sections:
        if found := NUMBER.match(section.label):
            keys.setdefault(words("label.section_ref", n=found[1]), section.key)
    for annex in model.annexes:
        name = annex.label.partition("· ")[2]
        keys.setdefault(words("label.annex_ref", name=name), annex.key)
    # The longest first, and none inside a longer number.
    names = sorted(keys, key=lambda text: (-len(text), text))
    pieces = (rf"\b{re.escape(name)}" + r"\b" * name[-1].isdigit() for name in names)
    return {"pattern": "|".join(pieces), "to": keys}


def told_elsewhere(model: ReportModel) -> ReportModel:
    """The model for a document without those parts: what refers to one says that of the report."""
    words = Words(model.language)
    found = references(model, words)
    if not found["to"]:
        return model
    pattern = re.compile(found["pattern"])

    def said(node: Any) -> Any:
        if isinstance(node, str):
            return pattern.sub(lambda m: words("label.of_report", part=m[0]), node)
        if isinstance(node, dict):
            return {key: said(value) for key, value in node.items()}
        if isinstance(node, list | tuple):
            return [said(value) for value in node]
        return node

    return convert(said(to_builtins(model)), ReportModel)


def _is_one_of_many(section: Section) -> bool:
    return section.key.startswith("workflow-")
