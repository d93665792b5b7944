"""Audits for reports: the sample, cut down, blown up and made hostile."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Scope
from app.domain.edits.imports import take_import
from app.domain.ids import (
    PersonId,
    QuestionId,
    Target,
    WorkflowId,
)
from app.domain.landscape import (
    Lifecycle,
    Person,
    Workflow,
)
from app.domain.replies import GRADES
from app.exchange.inventory import match_columns, plan_import, read_table

K = TypeVar("K")
V = TypeVar("V")

LONG = "Regionally consolidated markdown price proposals for discontinued seasonal articles " * 4
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 8
HOSTILE = (
    "#set page(width: 1pt)",
    "$x^2$ *bold* _it_ `raw` <label> @ref [x](y) // c",
    "<script>alert(1)</script>&amp;\"'",
    "Ops 🚀 team 👩‍💻",
    "محمد بن سلمان العتيبي",
    "אברהם כהן \u202etxet\u202c",
    "zero\u200bwidth\u00ad\ufeff\u2060 nul\x00 tab\t",
    "प्रिया शर्मा สมชาย e\u0301 a\u0302\u0323",
    "王小明 김민준 山田",
    "{{ 7 * 7 }} {% raw %} {0} {name} %s",
    "\ue000\ufffe\U000f0000",
    "1\ufe0f\u20e3 \u3042\u0915\u20e3 a\u3099",
)


def only(audit: Audit, *workflows: str) -> Audit:
    """The audit with these workflows alone."""
    keep = {WorkflowId(w) for w in workflows}

    def kept(group: Mapping[K, V]) -> Mapping[K, V]:
        return {k: v for k, v in group.items() if k in keep}

    return replace(
        audit,
        workflows=kept(audit.workflows),
        stages=kept(audit.stages),
        links=kept(audit.links),
        confirmations=kept(audit.confirmations),
        screening=kept(audit.screening),
        decisions={
            i: replace(d, workflows=tuple(w for w in d.workflows if w in keep))
            for i, d in audit.decisions.items()
        },
    )


def renamed(audit: Audit, name: str) -> Audit:
    """Every name and decision made of the same text."""
    return replace(
        audit,
        organisation=replace(audit.organisation, name=name, title=name, classification=name),
        people={p: replace(r, name=name, role=name) for p, r in audit.people.items()},
        workflows={
            w: replace(r, name=name, unit=name, provider=name) for w, r in audit.workflows.items()
        },
        decisions={
            d: replace(r, text=name, unblocks=name, note=name) for d, r in audit.decisions.items()
        },
    )


def hostile(audit: Audit) -> Audit:
    """Names that fight back, one kind a record."""

    def text(i: int) -> str:
        return HOSTILE[i % len(HOSTILE)]

    return replace(
        audit,
        organisation=replace(audit.organisation, name=text(2), title=text(0)),
        people={
            p: replace(r, name=text(i)) for i, (p, r) in enumerate(sorted(audit.people.items()))
        },
        workflows={
            w: replace(r, name=f"{text(i)} {i}", unit=text(i + 3), note=text(i + 5))
            for i, (w, r) in enumerate(sorted(audit.workflows.items()))
        },
        decisions={
            d: replace(r, text=text(i), unblocks=text(i + 1))
            for i, (d, r) in enumerate(sorted(audit.decisions.items()))
        },
    )


def unasked(audit: Audit, count: int = 3) -> Audit:
    """Workflows about which nobody was asked anything."""
    return Audit(
        bank=audit.bank,
        reference=audit.reference,
        organisation=audit.organisation,
        people={PersonId("sponsor"): Person("Ada Sponsor", "Sponsor")},
        workflows={
            WorkflowId(f"w{i:03}"): Workflow(f"Idea {i}", lifecycle=Lifecycle.IDEA)
            for i in range(count)
        },
    )


def many(audit: Audit, count: int = 60) -> Audit:
    """The sample's workflows again and again, with their own answers and stages."""
    first = sorted(audit.workflows)
    pairs = [(WorkflowId(f"copy-{i:03}"), first[i % len(first)]) for i in range(count)]
    return replace(
        audit,
        workflows={
            new: replace(audit.workflows[old], name=f"{audit.workflows[old].name} {new[-3:]}")
            for new, old in pairs
        },
        stages={new: audit.stages[old] for new, old in pairs if old in audit.stages},
        links={new: audit.links[old] for new, old in pairs if old in audit.links},
        answers={
            **{t: g for t, g in audit.answers.items() if t not in audit.workflows},
            **{new: audit.answers[old] for new, old in pairs if old in audit.answers},
        },
        screening={},
        confirmations={},
        decisions={i: replace(d, workflows=()) for i, d in audit.decisions.items()},
    )


def gap_heavy(audit: Audit, wanted: int) -> Audit:
    """Workflows answered at level 1 everywhere, as many as `wanted` gaps need."""
    asked = [q for q in audit.bank.questions if q.scope is Scope.WORKFLOW and not q.ask_if]
    count = wanted // len(asked) + (wanted % len(asked) > 0)
    answers: dict[Target, Mapping[QuestionId, Answer]] = {}
    left = wanted
    for i in range(count):
        chosen = asked[: min(left, len(asked))]
        left -= len(chosen)
        said = Said(Reply.LEVEL, 1, Grade.EXPLAINED)
        answers[Target(f"w{i:03}")] = {q.id: Answer(Review.AGREED, said) for q in chosen}
    return replace(unasked(audit, count), answers=answers)


def thin(audit: Audit, workflows: int = 3, answers: int = 12) -> Audit:
    """Every kind of record, and few answers to each target."""
    kept = only(audit, *sorted(audit.workflows)[:workflows])
    ids = {*kept.workflows, *(set(audit.answers) - set(audit.workflows))}
    return replace(
        kept,
        answers={
            target: dict(sorted(group.items())[:answers])
            for target, group in sorted(audit.answers.items())
            if target in ids
        },
    )


FEDERAL = "fed_inventory_2025/ship/federal_ai_inventory_2025_sample.csv"
ANSWERED = 24
"""Workflows of the inventory about which something was asked."""


def federal(path: Path, audit: Audit) -> Audit:
    """A public inventory as the sample's bank audits it, with levels told for some of it."""
    empty = Audit(bank=audit.bank, reference=audit.reference, organisation=audit.organisation)
    table = read_table(path)
    found = take_import(empty, plan_import(empty, table, match_columns(table).mapping))
    asked = [q.id for q in audit.bank.questions if q.scope is Scope.WORKFLOW and not q.ask_if]
    answers = {
        Target(w): {
            q: Answer(Review.AGREED, Said(Reply.LEVEL, (n + i) % 5, GRADES[(n + i) % 3]))
            for i, q in enumerate(asked)
        }
        for n, w in enumerate(sorted(found.workflows)[:ANSWERED])
    }
    return replace(found, answers={**found.answers, **answers})
