"""What an audience is not shown is counted by the report, and its pages can be looked at."""

from app.domain.audit import Audit
from app.report.hidden import hidden
from app.report.model import Audience, ReportModel
from app.report.pdf import render_pages
from app.words import Words


def test_each_audience_is_told_of(sample: Audit, models: dict[Audience, ReportModel]) -> None:
    said = {a: hidden(sample, model, Words()) for a, model in models.items()}
    assert said[Audience.FULL] == ()
    (short,) = said[Audience.EXECUTIVE]
    assert short.startswith(f"{len(sample.people)} people appear as role and initials")
    names, left_out = said[Audience.EXTERNAL]
    assert f"{len(sample.people)} people, {len(sample.workflows)} workflows" in names
    heading = next(a for a in models[Audience.EXTERNAL].annexes if a.key == "record").heading
    assert f"{heading.values['notes']} notes" in left_out
    assert f"{heading.values['parked']} parked items" in left_out


def test_pages_are_pictures_of_the_size_asked_for(models: dict[Audience, ReportModel]) -> None:
    pages = render_pages(models[Audience.FULL], 36)
    assert len(pages) > 5
    for page in pages:
        assert page.startswith(b"\x89PNG")
        # A4 is 8.27 inches wide; the width stands in the first chunk of a PNG.
        assert abs(int.from_bytes(page[16:20], "big") - 8.27 * 36) < 2
