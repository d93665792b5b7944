"""Exposure of a workflow in words: its points, and the fields they come from."""

from app.domain.landscape import Workflow
from app.domain.lanes import MOST_EXPOSED, exposure, exposure_parts
from app.ui.page import translate
from app.words import Words

TABLES = {"autonomy": "autonomy", "audience": "reach", "personal_data": "personal_data"}
"""Field to its table of words; money and hiring share one."""


def exposure_text(words: Words, workflow: Workflow) -> str:
    """`Exposure 5 of 8: autonomy acts alone (2), …. Not recorded: hiring.`"""
    fields = [pair for part in exposure_parts(workflow) for pair in part]
    known = [
        f"{name(field)}: {words.of(getattr(workflow, field), TABLES.get(field, 'influence'))} "
        f"({words.figure(points)})"
        for field, points in fields
        if points is not None
    ]
    open_ = [name(field) for field, points in fields if points is None]
    if not known:
        return translate("Exposure: nothing is recorded.")
    text = translate("Exposure {0} of {1}: {2}.").format(
        words.figure(exposure(workflow)), words.figure(MOST_EXPOSED), "; ".join(known)
    )
    if not open_:
        return text
    return translate("{0} Not recorded: {1}.").format(text, words.listing(open_))


def name(field: str) -> str:
    return {
        "autonomy": translate("autonomy"),
        "audience": translate("audience"),
        "personal_data": translate("personal data"),
        "money": translate("money"),
        "hiring": translate("hiring"),
    }[field]
