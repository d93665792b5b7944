"""People that somebody names before they are on the list."""

from app.domain.audit import Audit
from app.domain.edits.records import put
from app.domain.ids import PersonId
from app.domain.landscape import Person
from app.domain.sessions import named_people


def person_named(audit: Audit, name: str) -> tuple[Audit, PersonId]:
    """The person of that name, added where there is none yet. Raises EditError without a name."""
    wanted = " ".join(name.split())
    for person, record in sorted(named_people(audit).items()):
        if record.name.casefold() == wanted.casefold():
            return audit, person
    number = len(audit.people) + 1
    while PersonId(f"p{number}") in audit.people:
        number += 1
    return put(audit, "people", (f"p{number}",), Person(wanted)), PersonId(f"p{number}")
