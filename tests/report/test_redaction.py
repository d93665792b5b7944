"""Nothing that an audience may not read stands anywhere in what it gets."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.ids import PersonId
from app.report.data import render_json
from app.report.inputs import ReportInputs
from app.report.model import Audience, ReportModel
from app.report.redaction import names
from app.words import Words
from tests.report.conftest import Maker
from tests.report.reading import evened

Contents = dict[Audience, dict[str, str]]
LEFT_OUT = (Audience.EXECUTIVE, Audience.EXTERNAL)


def found_in(texts: dict[str, str], secrets: set[str]) -> set[tuple[str, str]]:
    return {
        (name, secret)
        for name, text in texts.items()
        for secret in secrets
        if evened(secret) and evened(secret) in text
    }


def people_of(audit: Audit) -> set[str]:
    return {person.name for person in audit.people.values()}


def places_of(audit: Audit) -> set[str]:
    found = {audit.organisation.name, audit.organisation.title}
    for workflow in audit.workflows.values():
        found |= {workflow.name, workflow.provider, workflow.purpose, workflow.model}
    for group in (audit.platforms, audit.sources):
        found |= {record.name for record in group.values()}
    return found


def typed_in(audit: Audit) -> set[str]:
    found = {audit.organisation.note}
    found |= {a.note for group in audit.answers.values() for a in group.values()}
    found |= {s.by_hand for group in audit.stages.values() for s in group.values()}
    found |= {s.note for group in audit.stages.values() for s in group.values()}
    found |= {e.title for group in audit.evidence.values() for e in group.values()}
    for decision in audit.decisions.values():
        found |= {decision.text, decision.unblocks, decision.note}
        found |= {dissent.text for dissent in decision.dissent}
    found |= {item.text for item in audit.parking.values()}
    return found


def test_full_report_names_people_and_workflows(sample: Audit, contents: Contents) -> None:
    for text in contents[Audience.FULL].values():
        assert not {w.name for w in sample.workflows.values() if w.name not in text}
        assert sum(name in text for name in people_of(sample)) >= 5


@pytest.mark.parametrize("audience", LEFT_OUT)
def test_no_person_is_named(audience: Audience, sample: Audit, contents: Contents) -> None:
    assert not found_in(contents[audience], people_of(sample))


def test_external_readers_learn_no_place_and_no_typed_text(
    sample: Audit, contents: Contents
) -> None:
    secrets = places_of(sample) | typed_in(sample)
    assert len(secrets) > 40
    assert not found_in(contents[Audience.EXTERNAL], secrets)


def test_executive_readers_keep_the_notes_without_the_names(
    sample: Audit, sample_inputs: ReportInputs, make: Maker
) -> None:
    person = sorted(sample.people)[0]
    record = sample.people[person]
    given, _, family = record.name.partition(" ")
    note = f"{record.name.upper()} said so; ask {given} or {family}, not {record.name}’s deputy."
    workflow = sorted(sample.workflows)[0]
    audit = replace(
        sample,
        workflows={
            **sample.workflows,
            workflow: replace(sample.workflows[workflow], note=note),
        },
    )
    model = make(replace(sample_inputs, audit=audit), Audience.EXECUTIVE)
    text = render_json(model).decode()
    assert "said so; ask" in text
    assert record.name.upper() not in text
    assert not found_in({"json": text}, {given, family})


def test_executive_readers_see_role_and_initials(sample: Audit) -> None:
    person = PersonId("p")
    audit = replace(
        sample, people={person: replace(next(iter(sample.people.values())), name="Ada Vale")}
    )
    record = audit.people[person]
    door = names(audit, Audience.EXECUTIVE, Words(), lambda text: text)
    assert door.person(person) == f"{record.role}, AV"
    assert names(audit, Audience.EXTERNAL, Words(), lambda text: text).person(person) == "Person 1"


def test_stand_in_names_follow_ids_not_insertion(sample: Audit) -> None:
    turned = replace(sample, workflows=dict(reversed(list(sample.workflows.items()))))
    for audit in (sample, turned):
        door = names(audit, Audience.EXTERNAL, Words(), lambda text: text)
        assert door.target(sorted(sample.workflows)[0]) == "Workflow 1"


def test_a_name_that_is_a_common_word_of_the_audit_spoils_no_sentence(sample: Audit) -> None:
    workflow = sorted(sample.workflows)[0]
    person = sorted(sample.people)[0]
    audit = replace(
        sample,
        people={person: replace(sample.people[person], name="Stores Team")},
        workflows={workflow: replace(sample.workflows[workflow], name="Stores returns")},
    )
    door = names(audit, Audience.EXECUTIVE, Words(), lambda text: text)
    assert door.known("The Stores returns flow") == "The Stores returns flow"


def test_left_out_things_are_counted(models: dict[Audience, ReportModel], sample: Audit) -> None:
    annex = next(a for a in models[Audience.EXTERNAL].annexes if a.key == "record")
    assert f"{len(sample.parking)} parked items" in annex.heading.text
    assert f"{len(sample.decisions)} decisions" in annex.heading.text
    assert annex.heading.text.endswith(" are left out.")


def test_the_date_is_the_report_s_own(models: dict[Audience, ReportModel]) -> None:
    assert models[Audience.FULL].frame.date == dt.date(2026, 12, 14)


SPOKEN = (
    "Sørbø and Ingrid told Zoe (Lindqvist) that J. L. Peña must ask Dvorak; "
    "mail amara.okonkwo@quillmoor.example, or zlindqvist@x.example."
)
"""Everybody by a form of the name that is not the one on record."""


def test_executive_readers_find_nobody_by_another_form_of_the_name(
    sample: Audit, sample_inputs: ReportInputs, make: Maker
) -> None:
    item = sorted(sample.parking)[0]
    parking = {**sample.parking, item: replace(sample.parking[item], text=SPOKEN)}
    audit = replace(sample, parking=parking)
    text = render_json(make(replace(sample_inputs, audit=audit), Audience.EXECUTIVE)).decode()
    assert "Chief operating officer, IS told Store manager, Aldermoor, ZL" in text
    assert "Head of customer service, JLP must ask Procurement lead, TD" in text
    assert "mail [e-mail address], or [e-mail address]." in text
    forms = {"Sørbø", "Ingrid", "Zoe", "Lindqvist", "Peña", "Dvorak", "okonkwo", "@"}
    assert not found_in({"json": text}, forms - {"@"})
    assert "@quillmoor" not in text


def test_a_family_name_in_the_name_of_a_place_is_kept_there_alone(sample: Audit) -> None:
    workflow, person = sorted(sample.workflows)[0], PersonId("p")
    audit = replace(
        sample,
        people={person: replace(next(iter(sample.people.values())), name="Ada Vale", role="")},
        workflows={workflow: replace(sample.workflows[workflow], name="Vale claims")},
    )
    door = names(audit, Audience.EXECUTIVE, Words(), lambda text: text)
    assert door.known("Vale says that Vale claims is hers") == "AV says that Vale claims is hers"
    assert door.known("Vale claims’s owner, vale") == "Vale claims’s owner, AV"


def test_a_name_that_two_people_have_names_nobody(sample: Audit) -> None:
    record = next(iter(sample.people.values()))
    people = {PersonId(n[:3]): replace(record, name=n) for n in ("Ada Vale", "Bea Vale")}
    door = names(replace(sample, people=people), Audience.EXECUTIVE, Words(), lambda text: text)
    assert door.known("ask Vale") == "ask a person on record"


def test_a_role_that_holds_a_name_keeps_the_initials(sample: Audit) -> None:
    record = next(iter(sample.people.values()))
    people = {PersonId("p"): replace(record, name="Ada Vale", role="Deputy of VALE")}
    door = names(replace(sample, people=people), Audience.EXECUTIVE, Words(), lambda text: text)
    assert door.person(PersonId("p")) == "AV"
