"""What an audience is not shown, counted before anything leaves the room."""

from app.domain.audit import Audit
from app.report.model import Audience, ReportModel
from app.words import Words

LEFT_OUT = {"note": "notes", "decision": "decisions", "dissent": "dissent", "parked": "parked"}
"""Unit to the name of its count in the heading of the annex that would print it."""


def hidden(audit: Audit, model: ReportModel, words: Words) -> tuple[str, ...]:
    """Sentences for the report's own audience; none where everything is printed as recorded.

    What is left out is counted by the report itself, so that both say the same.
    """
    people = len(audit.people)
    if model.audience is Audience.FULL:
        return ()
    if model.audience is Audience.EXECUTIVE:
        return (words("hides.shortened", n=people),) if people else ()
    annex = next(section for section in model.annexes if section.key == "record")
    found: dict[str, int] = {}
    for unit, name in LEFT_OUT.items():
        value = annex.heading.values.get(name)
        found[unit] = value if isinstance(value, int) else 0
    sentences = (
        ("hides.stand_ins", _listed(_named(audit), words)),
        ("hides.left_out", _listed(found, words)),
    )
    return tuple(words(code, items=items) for code, items in sentences if items)


def _named(audit: Audit) -> dict[str, int]:
    workflows = audit.workflows.values()
    return {
        "person": len(audit.people),
        "workflow": len(audit.workflows),
        "platform": len(audit.platforms),
        "source": len(audit.sources),
        "unit": len({w.unit for w in workflows if w.unit}),
        "supplier": len({w.provider for w in workflows if w.provider}),
    }


def _listed(counts: dict[str, int], words: Words) -> str:
    return words.listing(words.count(unit, n) for unit, n in counts.items() if n)
