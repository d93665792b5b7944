"""What people said and showed: answers, evidence, screening, owners' confirmations."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.bank import Grade
from app.domain.ids import EvidenceId, PersonId, QuestionId, Target


class Reply(StrEnum):
    """What kind of thing was said. Not asked is the absence of any reply."""

    LEVEL = "level"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ABSTAIN = "abstain"


class Proof(Struct, frozen=True):
    """Documented needs title, place, date and seen by; observed needs sample and result."""

    title: str = ""
    place: str = ""
    date: dt.date | None = None
    seen_by: str = ""
    sample: int | None = None
    result: str = ""
    expires: dt.date | None = None
    evidence: EvidenceId | None = None


class Said(Struct, frozen=True):
    """One reply, by one person or by the room. `level` is 0 to 4 where `reply` is LEVEL."""

    reply: Reply
    level: int | None = None
    grade: Grade = Grade.ASSERTED
    proof: Proof | None = None
    reason: str = ""
    """Why the question does not apply, or why a confirmed answer was changed."""


class Review(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DISPUTED = "disputed"


class FindOut(Struct, frozen=True):
    """Who finds out what nobody in the room knew, and by when."""

    who: PersonId | None = None
    by: dt.date | None = None


class Answer(Struct, frozen=True):
    """One question about one target: what was agreed, and beside it what each person said."""

    review: Review = Review.OPEN
    settled: Said | None = None
    """The room's answer. While the review is PROPOSED nobody has confirmed it yet."""
    individual: Mapping[PersonId, Said] = {}
    note: str = ""
    copied_from: Target | None = None
    mode: str = ""
    find_out: FindOut | None = None


class Presence(StrEnum):
    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    UNKNOWN = "unknown"


class Evidence(Struct, frozen=True):
    """Something that bears on a target. Never an answer by itself."""

    target: Target
    title: str
    presence: Presence = Presence.UNKNOWN
    question: QuestionId | None = None
    place: str = ""
    date: dt.date | None = None
    seen_by: str = ""
    original: str = ""
    """The text it came from, as it stood in the source."""
    sha256: str = ""
    """Hash of the bytes kept in the file; empty where none are."""
    media_type: str = ""
    note: str = ""


class ScreenReply(StrEnum):
    YES = "y"
    PARTLY = "p"
    NO = "n"
    UNKNOWN = "?"


class Screening(Struct, frozen=True):
    """The screening replies of one workflow, by question. They never feed the score."""

    replies: Mapping[str, ScreenReply] = {}
    note: str = ""


class Confirmation(Struct, frozen=True):
    """An owner stands by the answers of a workflow; afterwards a change needs a reason."""

    person: PersonId
    at: dt.datetime
    fingerprint: str
    """Hash of the answers confirmed."""
    note: str = ""
