"""What the record calls things: targets, owners, questions, and how figures are written."""

import math

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.ids import (
    NOBODY,
    ORGANISATION,
    PersonId,
    PlatformId,
    QuestionId,
    SourceId,
    WorkflowId,
)
from app.words import Words

KILO = 1000


def target_name(audit: Audit, target: str, words: Words) -> str:
    """The organisation, or the name of a platform, workflow or source."""
    if target == ORGANISATION:
        return audit.organisation.name or words("label.organisation")
    for record in (
        audit.workflows.get(WorkflowId(target)),
        audit.platforms.get(PlatformId(target)),
        audit.sources.get(SourceId(target)),
    ):
        if record:
            return record.name
    return target


def workflow_name(audit: Audit, workflow: WorkflowId) -> str:
    found = audit.workflows.get(workflow)
    return found.name if found else workflow


def person_name(audit: Audit, person: PersonId | None, words: Words) -> str:
    """Empty where nobody was recorded."""
    if person is None:
        return ""
    if person == NOBODY:
        return words("label.nobody")
    found = audit.people.get(person)
    return found.name if found else person


def short_question(bank: Bank, question: QuestionId, words: Words) -> str:
    """A few words for a question of the shipped bank, else its text."""
    if bank.title == words("short.bank") and words.has(f"short.{question}"):
        return words(f"short.{question}")
    return question_text(bank, question)


def question_text(bank: Bank, question: QuestionId) -> str:
    found = next((q for q in bank.questions if q.id == question), None)
    return found.text if found else question


def money(audit: Audit, amount: float | None, words: Words, *, estimated: bool = False) -> str:
    if amount is None:
        return "–"
    return words.money(amount, audit.organisation.currency, estimated=estimated)


def days(amount: float, words: Words) -> str:
    """Person-days, a half where it is one."""
    return words.figure(amount, 0 if float(amount).is_integer() else 1)


def answered(weight: float) -> int:
    """Whole percent known for certain, so that 49.7 is not shown as the 50 it misses."""
    return math.floor(weight * 100 + 1e-9)


def listed(names: list[str], most: int, words: Words, more: str) -> str:
    """At most so many names, the rest counted; `more` holds {0}."""
    if len(names) <= most:
        return words.listing(names)
    return f"{', '.join(names[:most])} {more.format(words.figure(len(names) - most))}"


def size_text(size: int, words: Words) -> str:
    """How large a file is, in the unit that leaves a figure one can read."""
    if size < KILO:
        return words.count("byte", size)
    if size < KILO * KILO:
        return f"{words.figure(size / KILO)} kB"
    return f"{words.figure(size / KILO / KILO, 1)} MB"
