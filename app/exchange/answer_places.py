"""Which target a row is about: names in cells to ids, and ids back to cells."""

from collections.abc import Mapping
from typing import Any

from app.domain.audit import Audit
from app.domain.bank import Question, Scope
from app.domain.ids import ORGANISATION, QuestionId, SourceId, Target, WorkflowId
from app.errors import EditError

KINDS = {"workflows": "workflow", "platforms": "platform", "sources": "source", "people": "person"}


class Names:
    """Records by id and by exact name, built once for many rows."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self._named: dict[str, dict[str, list[str]]] = {name: {} for name in KINDS}
        for collection, named in self._named.items():
            for key, record in getattr(audit, collection).items():
                named.setdefault(record.name.strip(), []).append(key)

    def find(self, collection: str, text: str, *others: str) -> str:
        """The id, or the id of the only record with exactly this name, in the first collection
        that has one. Raises EditError where there is none, or several in one collection."""
        records: tuple[Mapping[str, Any], ...]
        records = tuple(getattr(self.audit, name) for name in (collection, *others))
        if any(text in each for each in records):
            return text
        for name in (collection, *others):
            found = sorted(self._named[name].get(text, ()))
            if len(found) > 1:
                raise EditError(f"{len(found)} {name} are called “{text}”: {', '.join(found)}.")
            if found:
                return found[0]
        kinds = " or ".join(KINDS[name] for name in (collection, *others))
        raise EditError(f"There is no {kinds} “{text}”.")

    def label(self, collection: str, key: str, *others: str) -> str:
        """The name where `find` leads from it back to the record, else the id."""
        records = (getattr(self.audit, name) for name in (collection, *others))
        record = next((each[key] for each in records if key in each), None)
        name = record.name.strip() if record else ""
        try:
            return name if name and self.find(collection, name, *others) == key else key
        except EditError:
            return key


def resolve(names: Names, question: Question, place: str, source: str, *, own: bool) -> Target:
    """Where a row's answer is kept; see `read_answers`. EditError where that is not clear."""
    where = Target(names.find("workflows", place, "platforms")) if place else None
    if source:
        if question.scope is not Scope.SOURCE:
            raise EditError(f"{question.id} is not asked about a source.")
        return Target(names.find("sources", source))
    if question.scope is Scope.ORGANISATION:
        return ORGANISATION
    if where is None:
        raise EditError(f"{question.id} is asked about a {question.scope}, and none is named.")
    workflow = names.audit.workflows.get(WorkflowId(where))
    if question.scope is Scope.SOURCE and workflow:
        return _only_source(names.audit, WorkflowId(where), question)
    if question.scope is Scope.PLATFORM and workflow and workflow.platform and not own:
        return Target(workflow.platform)
    return where


def place_cells(names: Names, target: Target) -> tuple[str, str]:
    """The cells `workflow` and `source` that lead back to the target."""
    if target == ORGANISATION:
        return "", ""
    if SourceId(target) in names.audit.sources:
        return "", names.label("sources", target)
    return names.label("workflows", target, "platforms"), ""


def is_own(audit: Audit, target: Target, question: QuestionId) -> bool:
    """A workflow answered a platform question for itself, although it has a platform."""
    workflow = audit.workflows.get(WorkflowId(target))
    if workflow is None or workflow.platform is None:
        return False
    return any(q.id == question and q.scope is Scope.PLATFORM for q in audit.bank.questions)


def _only_source(audit: Audit, workflow: WorkflowId, question: Question) -> Target:
    sources = sorted(audit.links.get(workflow, {}))
    if len(sources) > 1:
        raise EditError(
            f"{question.id} is asked about a source, and “{workflow}” has several: "
            f"{', '.join(sources)}."
        )
    return Target(sources[0]) if sources else Target(workflow)
