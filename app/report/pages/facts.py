"""What page 1 says about the answers: how they are backed, who was absent, who differs."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from app.domain import disagreement
from app.domain.answers import Answer
from app.domain.audit import Audit
from app.domain.disagreement import Disagreement
from app.domain.edits.workshop import fingerprint
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.replies import GRADES, SHOWN, Status, counted_grade
from app.report.draft import Draft


class Backing(Struct, frozen=True):
    """Standings answered, by how they are backed; shares of `of` in whole percent, 1 together."""

    said: float
    shown: float
    tested: float
    of: int


def backing(draft: Draft) -> Backing:
    """How the answers that count are backed, each question and target once."""
    best: dict[tuple[QuestionId, Target], int] = {}
    for case in draft.cases.values():
        for standing in case.standings:
            if standing.status is Status.ANSWERED:
                voices = (standing.settled,) if standing.settled else standing.pool
                grade = max(GRADES.index(voice.grade) for voice in voices)
                best[standing.question.id, standing.target] = grade
    found = list(best.values())
    documented, observed = (found.count(GRADES.index(grade)) for grade in SHOWN)
    said, shown, tested = whole_shares((len(found) - documented - observed, documented, observed))
    return Backing(said, shown, tested, len(found))


def whole_shares(counts: Sequence[int]) -> list[float]:
    """Shares in whole percent that add up to 1: what is left goes to the largest remainders."""
    total = sum(counts)
    if not total:
        return [0.0] * len(counts)
    parts = [divmod(100 * count, total) for count in counts]
    left = 100 - sum(whole for whole, _ in parts)
    first = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))[:left]
    return [(whole + (i in first)) / 100 for i, (whole, _) in enumerate(parts)]


def own_area(draft: Draft) -> float | None:
    """Share of individual answers given by somebody of the question's own respondent kind."""
    audit = draft.audit
    who = {question.id: question.who for question in audit.bank.questions}
    own = asked = 0
    for _, question, answer in counted(draft):
        for person in sorted(answer.individual):
            record = audit.people.get(person)
            if record and record.area and who.get(question):
                asked += 1
                own += record.area == who[question]
    return own / asked if asked else None


def absent_areas(audit: Audit) -> tuple[str, ...]:
    """Labels of respondent kinds of whom nobody was present; none where nothing was recorded."""
    present = {
        person
        for session in audit.attendance.values()
        for person, attendance in session.items()
        if attendance.present
    }
    if not present:
        return ()
    areas = {audit.people[person].area for person in present if person in audit.people}
    return tuple(kind.label for kind in audit.bank.respondents if kind.id not in areas)


def confirmed(draft: Draft) -> int:
    """Active workflows whose owner stands by the answers as they are now."""
    kept = draft.audit.confirmations
    return sum(
        e.id in kept and kept[e.id].fingerprint == fingerprint(draft.audit, e.id)
        for e in draft.estimates
    )


def disagreements(draft: Draft) -> tuple[Disagreement, ...]:
    """Most targets first, then widest, then bank order."""
    return disagreement.disagreements(
        draft.audit, draft.cases.values(), lambda person: _role(draft, person)
    )


def answers(audit: Audit) -> Iterator[tuple[Target, QuestionId, Answer]]:
    for target, group in sorted(audit.answers.items()):
        for question, answer in sorted(group.items()):
            yield target, question, answer


def counted(draft: Draft) -> Iterator[tuple[Target, QuestionId, Answer]]:
    """The answers that some active workflow stands on."""
    return disagreement.counted(draft.audit, draft.cases.values())


def expired(draft: Draft) -> int:
    """Settled answers whose proof is too old to count fully."""
    return sum(
        said is not None
        and said.proof is not None
        and said.proof.expires is not None
        and counted_grade(said, draft.date, copied=False) is not said.grade
        for _, _, answer in counted(draft)
        for said in (answer.settled,)
    )


def later_entries(draft: Draft) -> dict[str, int]:
    """What is on record with a day after the report's, by unit; it is printed all the same."""
    audit, day = draft.audit, draft.date
    local = draft.inputs.local
    return {
        "confirmation": sum(local(c.at).date() > day for c in audit.confirmations.values()),
        "decision": sum(bool(d.decided and d.decided > day) for d in audit.decisions.values()),
        "session": sum(bool(s.started and s.date > day) for s in audit.sessions.values()),
    }


def party(draft: Draft, person: PersonId) -> str:
    """Whom a person speaks for: the respondent kind, else the role; empty where unknown."""
    return disagreement.kind_label(draft.audit, person) or _role(draft, person)


def party_said(draft: Draft, person: PersonId) -> str:
    """The same in words where it is empty: a role that is left out is not one nobody recorded."""
    found = party(draft, person)
    if found:
        return found
    is_left_out = bool(disagreement.role_of(draft.audit, person).strip())
    return draft.words("label.role_left_out" if is_left_out else "label.no_role")


def _role(draft: Draft, person: PersonId) -> str:
    """As this audience reads it."""
    return draft.names.role(disagreement.role_of(draft.audit, person))
