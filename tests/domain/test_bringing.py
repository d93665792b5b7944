"""Who brings which evidence, and the frame of a person's sheet."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.bringing import Bringer, bring_list
from app.domain.ids import PersonId, QuestionId, SessionId, WorkflowId
from app.domain.prework import MOST_FOR_ONE, next_session, people_asked, person_sheet, share_of
from app.domain.workshop import Session
from app.errors import EditError
from app.exchange.sample import TODAY, sample_audit
from tests.domain.test_prework import BASE

SAMPLE = sample_audit()
DAY = dt.date(2027, 1, 10)


def of(found: tuple[Bringer, ...], name: str) -> Bringer:
    return next(b for b in found if b.name == name)


def test_an_owner_brings_what_the_owner_is_asked_whatever_the_area() -> None:
    found = bring_list(SAMPLE, TODAY).bringers
    tomas = of(found, "Tomáš Dvořák")
    assert SAMPLE.people[PersonId("tomas")].area == "purchasing"
    assert ("WF-02", ("Facility tender summaries",)) in [
        (i.question.id, i.places) for i in tomas.items
    ]


def test_a_thing_stands_once_for_a_person_with_all_its_places() -> None:
    for bringer in bring_list(SAMPLE, TODAY).bringers:
        ids = [item.question.id for item in bringer.items]
        assert len(ids) == len(set(ids))
        assert all(item.question.evidence for item in bringer.items)
        marks = [item.is_condition for item in bringer.items]
        assert marks == sorted(marks, reverse=True)


def test_only_the_chosen_workflows_count() -> None:
    chosen = WorkflowId("markdowns")
    found = bring_list(SAMPLE, TODAY, [chosen])
    names = {"Markdown price proposals", *(s.name for s in SAMPLE.sources.values())}
    assert found.workflows == ("Markdown price proposals",)
    assert {p for b in found.bringers for i in b.items for p in i.places} <= names
    with pytest.raises(EditError, match="not active"):
        bring_list(SAMPLE, TODAY, [WorkflowId("applicants")])


def test_where_nobody_stands_for_an_area_the_area_itself_is_named() -> None:
    people = {p: replace(r, area="") for p, r in SAMPLE.people.items()}
    found = bring_list(replace(SAMPLE, people=people), TODAY).bringers
    assert [b.name for b in found if b.person is None] == sorted(
        (b.name for b in found if b.person is None), key=str.casefold
    )
    assert "Risk, legal and security" in {b.name for b in found if b.person is None}


def test_what_is_shown_needs_not_be_brought() -> None:
    everything = {i.question.id for b in bring_list(SAMPLE, TODAY).bringers for i in b.items}
    assert QuestionId("TC-03") not in everything


def test_a_sheet_holds_the_share_and_says_where_it_is_about() -> None:
    sheet = person_sheet(SAMPLE, PersonId("lukasz"), TODAY, DAY)
    share = share_of(SAMPLE, PersonId("lukasz"))
    assert [(i.target, i.question.id) for i in sheet.items] == [
        (a.target, a.question.id) for a in share
    ]
    assert len(sheet.items) == MOST_FOR_ONE
    assert {i.place for i in sheet.items} >= {"Markdown price proposals"}
    assert (sheet.due, sheet.session) == (DAY, TODAY)


def test_people_asked_have_an_area_and_questions_left() -> None:
    assert people_asked(SAMPLE) == ("amara", "lukasz", "priya", "zoe")
    assert "ingrid" not in people_asked(SAMPLE)
    assert people_asked(BASE) == tuple(sorted(BASE.people))


def test_the_next_session_is_the_earliest_that_is_not_over() -> None:
    assert next_session(SAMPLE, TODAY) == "workshop-2"
    assert next_session(SAMPLE, DAY) is None
    later = {**SAMPLE.sessions, SessionId("x"): Session("Later", DAY)}
    assert next_session(replace(SAMPLE, sessions=later), TODAY + dt.timedelta(1)) == "x"
