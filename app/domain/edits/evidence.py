"""Give a piece of evidence the bytes it stands for, and take them from it again."""

import datetime as dt

from msgspec.structs import replace

from app.domain.answers import Evidence, Presence
from app.domain.audit import Audit
from app.domain.edits.ranges import refuse
from app.domain.edits.records import put
from app.domain.ids import EvidenceId, QuestionId, Target
from app.domain.references import defined


def attach_file(
    audit: Audit,
    target: Target,
    key: EvidenceId,
    *,
    title: str,
    sha256: str,
    media_type: str,
    day: dt.date,
    question: QuestionId | None = None,
) -> Audit:
    """The evidence with a file; where there is none of this id yet, a new one that is present.

    It is never an answer. Raises EditError where the target or the question is not known.
    """
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise refuse("The file has no hash of its contents.", "Attach it again.")
    known = audit.evidence.get(target, {}).get(key)
    if known is None:
        known = Evidence(target, title, Presence.PRESENT, question, date=day)
    return put(
        audit, "evidence", (target, key), replace(known, sha256=sha256, media_type=media_type)
    )


def detach_file(audit: Audit, target: Target, key: EvidenceId) -> Audit:
    """The evidence without its file; what was recorded about it stays."""
    known = audit.evidence.get(target, {}).get(key)
    if known is None or not known.sha256:
        raise refuse(f"The evidence {key} has no file.", "Choose one that has.")
    return put(audit, "evidence", (target, key), replace(known, sha256="", media_type=""))


def free_evidence_id(audit: Audit, target: Target) -> EvidenceId:
    """TARGET-file-1 and so on; unique over all targets, as proofs name evidence by its id."""
    taken = defined(audit, EvidenceId)
    number = 1
    while f"{target}-file-{number}" in taken:
        number += 1
    return EvidenceId(f"{target}-file-{number}")
