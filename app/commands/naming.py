"""Finding a record by its id or its exact name."""

from collections.abc import Mapping
from typing import Any

from app.domain.audit import Audit
from app.domain.ids import PersonId, PlatformId, SourceId, WorkflowId
from app.domain.sessions import named_people
from app.errors import EditError


def workflow_id(audit: Audit, text: str) -> WorkflowId:
    return WorkflowId(find("workflow", audit.workflows, text))


def source_id(audit: Audit, text: str) -> SourceId:
    return SourceId(find("source", audit.sources, text))


def platform_id(audit: Audit, text: str) -> PlatformId:
    return PlatformId(find("platform", audit.platforms, text))


def person_id(audit: Audit, text: str) -> PersonId:
    return PersonId(find("person", named_people(audit), text))


def person_name(audit: Audit, person: PersonId | None) -> str | None:
    """The name, or the id where the person is no longer in the audit."""
    known = audit.people.get(person) if person else None
    return known.name if known else person


def find(kind: str, records: Mapping[Any, Any], text: str) -> str:
    """The id `text` is, or whose record has exactly that name. EditError if none or several."""
    if text in records:
        return text
    named = sorted(str(key) for key, record in records.items() if record.name == text)
    if len(named) == 1:
        return named[0]
    if named:
        raise EditError(
            f"{len(named)} {kind}s are called “{text}”: {', '.join(named)}. Nothing was changed; "
            "use the id."
        )
    raise EditError(
        f"There is no {kind} “{text}”. Nothing was changed; `list` shows what there is."
    )
