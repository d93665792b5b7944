"""Which questions a sheet asks of whom."""

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.ids import PersonId, PlatformId, QuestionId, SourceId, Target, WorkflowId
from app.domain.landscape import (
    ContextSource,
    Lifecycle,
    Person,
    Platform,
    SourceLink,
    Workflow,
)
from app.domain.prework import MOST_FOR_ONE, Asked, share_of, unsettled
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

PEOPLE = {
    PersonId(area): Person(area.title(), area=area)
    for area in ("owner", "user", "builder", "data", "risk", "purchasing")
}
BASE = Audit(
    default_bank(),
    default_reference(),
    people=PEOPLE,
    platforms={PlatformId("p"): Platform("P"), PlatformId("idle"): Platform("Idle")},
    workflows={
        WorkflowId("w1"): Workflow("One", platform=PlatformId("p")),
        WorkflowId("w2"): Workflow("Two", platform=PlatformId("p")),
        WorkflowId("w3"): Workflow("Three", lifecycle=Lifecycle.RETIRED),
    },
    sources={SourceId("s1"): ContextSource("S1"), SourceId("s2"): ContextSource("S2")},
    links={WorkflowId("w1"): {SourceId("s1"): SourceLink(), SourceId("s2"): SourceLink()}},
)


def pairs(asked: tuple[Asked, ...]) -> list[tuple[str, str]]:
    return [(a.target, a.question.id) for a in asked]


def test_shared_questions_are_asked_once_and_resting_workflows_nothing() -> None:
    asked = pairs(tuple(unsettled(BASE)))
    assert len(asked) == len(set(asked))
    assert {t for t, _ in asked} == {"org", "p", "w1", "w2", "s1", "s2"}
    assert [t for t, q in asked if q == "MX-01"] == ["p"]
    assert [t for t, q in asked if q == "SRC-01"] == ["w2", "s1", "s2"]
    assert not any(q in ("PUB-01", "FAIR-01", "AST-04") for _, q in asked)


def test_an_optional_question_is_asked_where_its_fact_holds() -> None:
    workflows = {WorkflowId("w1"): Workflow("One", people_outside_affected=True)}
    asked = pairs(tuple(unsettled(replace(BASE, workflows=workflows))))
    assert {q for _, q in asked} >= {"PUB-01", "FAIR-01"}
    assert "AST-04" not in {q for _, q in asked}


def test_what_is_settled_is_not_asked_again_but_what_people_said_is() -> None:
    said = Said(Reply.LEVEL, 1)
    settled = Answer(Review.AGREED, said)
    spoken = Answer(individual={PersonId("owner"): said})
    group = {QuestionId("WF-01"): settled, QuestionId("WF-02"): spoken}
    audit = replace(BASE, answers={Target("w1"): group})
    asked = pairs(tuple(unsettled(audit)))
    assert ("w1", "WF-01") not in asked
    assert ("w1", "WF-02") in asked
    assert ("w1", "WF-02") not in pairs(share_of(audit, PersonId("owner")))


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_a_share_is_small_of_ones_area_and_core_first(person: PersonId) -> None:
    share = share_of(BASE, person)
    core = [a.question.core for a in share]
    assert 0 < len(share) <= MOST_FOR_ONE
    assert {a.question.who for a in share} == {person}
    assert core == sorted(core, reverse=True)


def test_an_owner_is_asked_about_own_workflows_and_sources_only() -> None:
    owned = replace(BASE.workflows[WorkflowId("w2")], owner=PersonId("owner"))
    source = ContextSource("S2", owner=PersonId("data"))
    audit = replace(
        BASE,
        workflows={**BASE.workflows, WorkflowId("w2"): owned},
        sources={**BASE.sources, SourceId("s2"): source},
    )
    assert {t for t, _ in pairs(share_of(audit, PersonId("owner")))} <= {"org", "p", "w2"}
    data = share_of(audit, PersonId("data"))
    assert {a.target for a in data if a.question.id == "SRC-01"} == {"s2"}


def test_nobody_without_an_area_gets_a_sheet() -> None:
    audit = replace(BASE, people={PersonId("x"): Person("X", area="weather")})
    with pytest.raises(EditError, match="X has no area"):
        share_of(audit, PersonId("x"))
