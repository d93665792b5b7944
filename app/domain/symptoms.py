"""What an organisation complains about, and which section of the bank is asked first for it."""

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Bank, Section

MARK = " #"


class Symptom(Struct, frozen=True):
    text: str
    section: str = ""
    """Id of the section asked first; empty where nobody chose one."""


def symptom(bank: Bank, line: str) -> Symptom:
    """A recorded line such as `Pilots stall #adoption`; an unknown mark is text."""
    text, _, section = line.rpartition(MARK)
    if text.strip() and any(s.id == section.strip() for s in bank.sections):
        return Symptom(text.strip(), section.strip())
    return Symptom(line.strip())


def line(symptom: Symptom) -> str:
    """The symptom as it is recorded."""
    return f"{symptom.text}{MARK}{symptom.section}" if symptom.section else symptom.text


def symptoms(audit: Audit) -> tuple[Symptom, ...]:
    return tuple(symptom(audit.bank, text) for text in audit.organisation.symptoms)


def sections_in_order(audit: Audit) -> tuple[Section, ...]:
    """Sections the symptoms name come first, in their order; then the bank's own order."""
    named = list(dict.fromkeys(s.section for s in symptoms(audit) if s.section))
    places = {section: place for place, section in enumerate(named)}
    return tuple(
        sorted(audit.bank.sections, key=lambda s: (places.get(s.id, len(places)), s.order))
    )
