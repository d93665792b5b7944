"""Where we disagreed: parties two levels apart, by median, for the answers that count."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import Audit
from app.domain.disagreement import Disagreement, disagreements, role_of
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.replies import active_cases
from app.exchange.sample import sample_audit

W, RT = Target("returns"), QuestionId("RT-01")
DAY = dt.date(2026, 12, 14)


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def found(audit: Audit, **levels: int | None) -> tuple[Disagreement, ...]:
    """What is found where this alone was said about one question."""
    individual = {
        PersonId(p): Said(Reply.UNKNOWN) if n is None else Said(Reply.LEVEL, n)
        for p, n in levels.items()
    }
    only = replace(audit, answers={W: {RT: Answer(individual=individual)}})
    return disagreements(only, active_cases(only, DAY), lambda p: role_of(only, p))


def test_two_parties_two_levels_apart(audit: Audit) -> None:
    assert found(audit, lukasz=3, zoe=0, lan=None) == (
        Disagreement(RT, "Builder or supplier", 3, "People who use it", 0, 1),
    )
    assert found(audit, lukasz=2, zoe=1) == ()


def test_a_party_speaks_with_its_median(audit: Audit) -> None:
    assert found(audit, amara=4, jose=1, zoe=1) == ()
    assert found(audit, amara=4, jose=2, zoe=1)[0].high == 3


def test_who_has_no_area_role_of_the_role(audit: Audit) -> None:
    assert role_of(audit, PersonId("ingrid")) == "Chief operating officer"
    assert role_of(audit, PersonId("ghost")) == ""
    assert found(audit, ingrid=4, zoe=0)[0].upper == "Chief operating officer"


def test_who_is_named_at_one_level_does_not_follow_the_language(audit: Audit) -> None:
    """Two kinds at the top: the one whose id comes first, whatever the labels are."""
    kinds = sorted(audit.bank.respondents, key=lambda kind: kind.id)
    for turned in (False, True):
        letters = "ZYXWVUTSRQPONMLKJIHGFEDCBA" if turned else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        labels = {kind.id: letters[i] for i, kind in enumerate(kinds)}
        bank = replace(
            audit.bank,
            respondents=tuple(replace(k, label=labels[k.id]) for k in audit.bank.respondents),
        )
        (one,) = found(replace(audit, bank=bank), lukasz=4, amara=4, zoe=0)
        areas = sorted(audit.people[PersonId(p)].area for p in ("lukasz", "amara"))
        assert (one.upper, one.targets) == (labels[areas[0]], 1)


def test_answers_that_no_workflow_stands_on_do_not_count(audit: Audit) -> None:
    assert disagreements(audit, (), lambda p: role_of(audit, p)) == ()
    assert len(disagreements(audit, active_cases(audit, DAY), lambda p: role_of(audit, p))) > 5
