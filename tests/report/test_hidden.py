"""What an audience is not shown is counted by the report, and its pages can be looked at."""

from collections import Counter

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.report.brand import Brand
from app.report.data import render_json
from app.report.hidden import Hidden, by_kind, hidden, redaction_table, redactions
from app.report.model import Audience, ReportModel
from app.report.pdf import render_pages
from app.report.redaction import names
from app.words import Words


def test_each_audience_is_told_of(sample: Audit, models: dict[Audience, ReportModel]) -> None:
    said = {a: hidden(sample, model, Words()) for a, model in models.items()}
    assert said[Audience.FULL] == ()
    (short,) = said[Audience.EXECUTIVE]
    assert short.startswith(f"{len(sample.people)} people appear as role and initials")
    names, left_out = said[Audience.EXTERNAL]
    assert f"{len(sample.people)} people, {len(sample.workflows)} workflows" in names
    heading = next(a for a in models[Audience.EXTERNAL].annexes if a.key == "record").heading
    first = str(heading.values["kinds"]).split(", ")
    assert [kind.split()[-1] for kind in first] == ["notes", "decisions", "remark", "items"]
    assert all(kind in left_out for kind in first)


def test_pages_are_pictures_of_the_size_asked_for(models: dict[Audience, ReportModel]) -> None:
    pages = render_pages(models[Audience.FULL], 36)
    assert len(pages) > 5
    for page in pages:
        assert page.startswith(b"\x89PNG")
        # A4 is 8.27 inches wide; the width stands in the first chunk of a PNG.
        assert abs(int.from_bytes(page[16:20], "big") - 8.27 * 36) < 2


def test_every_record_with_another_name_is_one_line(sample: Audit) -> None:
    found = redactions(sample, Audience.EXTERNAL, Words())
    first = sorted(sample.people)[0]
    assert Hidden("person", sample.people[first].name, "Person 1") in found
    kinds = [h.kind for h in found]
    assert kinds.count("person") == len(sample.people)
    assert kinds.count("workflow") == len(sample.workflows)
    assert Hidden("organisation", sample.organisation.name, "The organisation") in found
    for item in sample.parking.values():
        assert Hidden("parked", item.text, "left out") in found


def test_nothing_is_said_to_disappear_that_still_stands_there(
    sample: Audit, models: dict[Audience, ReportModel]
) -> None:
    """Each name is gone from the report, and what is said to stand instead does."""
    for audience in (Audience.EXECUTIVE, Audience.EXTERNAL):
        text = render_json(models[audience]).decode()
        for line in redactions(sample, audience, Words()):
            if line.kind in ("person", "workflow", "platform", "source", "organisation"):
                assert line.was not in text
        instead = [h.instead for h in redactions(sample, audience, Words()) if h.kind == "person"]
        assert any(name in text for name in instead)


def test_texts_are_counted_as_the_report_counts_them(
    sample: Audit, models: dict[Audience, ReportModel]
) -> None:
    found = Counter(h.kind for h in redactions(sample, Audience.EXTERNAL, Words()))
    annexes = {s.key: s for s in models[Audience.EXTERNAL].annexes}
    said = str(annexes["record"].heading.values["kinds"]).split(", ")
    counted = [int(kind.split()[0]) for kind in said]
    assert counted == [found[kind] for kind in ("note", "decision", "dissent", "parked")]
    assert found["evidence"] == annexes["evidence"].heading.values["n"]


def test_executive_readers_lose_names_in_texts_alone(sample: Audit) -> None:
    found = redactions(sample, Audience.EXECUTIVE, Words())
    assert all(h.was != h.instead for h in found)
    door = names(sample, Audience.EXECUTIVE, Words(), lambda text: text)
    texts = [h for h in found if h.kind != "person"]
    assert {h.kind for h in texts} == {"evidence"}
    for person in sample.people:
        assert not any(sample.people[person].name in h.instead for h in texts)
    assert any(door.short(person) in h.instead for h in texts for person in sample.people)
    assert redactions(sample, Audience.FULL, Words()) == ()


def test_every_text_is_a_line_under_its_count(sample: Audit) -> None:
    """What external readers do not read, word for word; nothing is said twice or left to guess."""
    found = redactions(sample, Audience.EXTERNAL, Words())
    groups = dict(by_kind(found, Words()))
    assert [h for group in groups.values() for h in group] == list(found)
    notes = groups["39 notes"]
    assert len(notes) == 39
    assert sample.organisation.decision_wanted in [h.was for h in notes]
    rules = [h for h in found if h.kind == "rule"]
    texts = [rule.text for _, rule in sorted(sample.policies.items())]
    assert [(h.was, h.instead) for h in rules] == [
        (text, f"Rule {n}") for n, text in enumerate(texts, 1)
    ]
    roles = [h.was for h in groups[f"{len(sample.people)} roles"]]
    assert roles == [record.role for _, record in sorted(sample.people.items())]


def test_a_text_is_shown_as_executive_readers_read_it(sample: Audit) -> None:
    item = sorted(sample.parking)[0]
    text = "Ask Sørbø; the rest stays"
    parking = {**sample.parking, item: replace(sample.parking[item], text=text)}
    found = redactions(replace(sample, parking=parking), Audience.EXECUTIVE, Words())
    (parked,) = [h for h in found if h.kind == "parked"]
    assert parked == Hidden("parked", text, "Ask Chief operating officer, IS; the rest stays")


def test_a_brand_is_left_out_for_external_readers(sample: Audit) -> None:
    brand = Brand(name="Vale & Co", footer="1 High Street", logo=b"x")
    kinds = {h.kind for h in redactions(sample, Audience.EXTERNAL, Words(), brand)}
    assert {"brand", "footer", "logo"} <= kinds


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_preview_is_a_table_in_the_readers_language(language: str, sample: Audit) -> None:
    words = Words(language)
    found = redactions(sample, Audience.EXTERNAL, words)
    table = redaction_table(found, Audience.EXTERNAL, words)
    assert len(table.rows) == len(found)
    assert table.rows[0].cells[0].text == "Person"
    assert [c.key for c in table.columns] == ["kind", "as_recorded", "as_read"]
