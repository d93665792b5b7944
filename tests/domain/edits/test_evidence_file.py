"""Giving evidence the bytes it stands for: the record stays, and it is never an answer."""

import datetime as dt
from typing import Any

import pytest

from app.domain.answers import Evidence, Presence
from app.domain.audit import Audit
from app.domain.edits.evidence import attach_file, detach_file, free_evidence_id
from app.domain.ids import EvidenceId, Target, WorkflowId
from app.domain.landscape import Workflow
from app.errors import EditError
from tests.store.tiny import bank, reference

W, KEY, DAY = Target("w"), EvidenceId("e"), dt.date(2026, 6, 1)
EMPTY = Audit(bank(), reference(), workflows={WorkflowId("w"): Workflow("W")})


def attached(audit: Audit, **other: Any) -> Audit:
    named = {"title": "List", "sha256": "ab" * 32, "media_type": "application/pdf", "day": DAY}
    return attach_file(audit, W, KEY, **{**named, **other})


def test_a_new_piece_is_present_and_an_old_one_keeps_what_was_recorded() -> None:
    after = attached(EMPTY)
    assert after.evidence[W][KEY] == Evidence(
        W, "List", Presence.PRESENT, date=DAY, sha256="ab" * 32, media_type="application/pdf"
    )
    assert after.answers == {}
    again = attached(after, title="Other", sha256="cd" * 32, day=dt.date(2027, 1, 1))
    assert (again.evidence[W][KEY].title, again.evidence[W][KEY].date) == ("List", DAY)
    assert detach_file(again, W, KEY).evidence[W][KEY].sha256 == ""


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(EditError, match="no hash"):
        attached(EMPTY, sha256="xyz")
    with pytest.raises(EditError, match="has no file"):
        detach_file(EMPTY, W, KEY)
    with pytest.raises(EditError, match="no target"):
        attach_file(EMPTY, Target("none"), KEY, title="L", sha256="ab" * 32, media_type="", day=DAY)


def test_a_free_id_is_free_over_all_targets() -> None:
    assert free_evidence_id(EMPTY, W) == "w-file-1"
    first = attach_file(
        EMPTY, W, EvidenceId("w-file-1"), title="L", sha256="ab" * 32, media_type="", day=DAY
    )
    assert free_evidence_id(first, W) == "w-file-2"
