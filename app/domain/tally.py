"""What rounds of ballots say: levels, median and range, and who gave no level; never a mean."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.ids import ActionKey, GapKey, PersonId, QuestionId, SessionId, Target, VoteId
from app.domain.workshop import DotVote, Vote

K = TypeVar("K")


class Tally(Struct, frozen=True):
    """Of one round. Levels ascend; the median of an even number is rounded down."""

    levels: tuple[int, ...]
    unknown: int
    abstained: int
    not_applicable: int

    @property
    def median(self) -> int | None:
        if not self.levels:
            return None
        middle = len(self.levels) // 2
        return (self.levels[(len(self.levels) - 1) // 2] + self.levels[middle]) // 2

    @property
    def range(self) -> tuple[int, int] | None:
        return (self.levels[0], self.levels[-1]) if self.levels else None


class Poll(Struct, frozen=True):
    """All revealed rounds about one question and target, first round first."""

    question: QuestionId
    target: Target
    rounds: tuple[tuple[VoteId, Vote], ...]

    @property
    def last(self) -> Vote:
        return self.rounds[-1][1]


def tally(ballots: Mapping[PersonId, Said]) -> Tally:
    replies = [said.reply for said in ballots.values()]
    levels = sorted(s.level for s in ballots.values() if s.level is not None)
    return Tally(
        tuple(levels),
        replies.count(Reply.UNKNOWN),
        replies.count(Reply.ABSTAIN),
        replies.count(Reply.NOT_APPLICABLE),
    )


def polls(audit: Audit) -> tuple[Poll, ...]:
    """Every question that was voted on, in the order of the bank, then by target."""
    order = {question.id: n for n, question in enumerate(audit.bank.questions)}
    found: dict[tuple[QuestionId, Target], list[tuple[VoteId, Vote]]] = {}
    for id_, vote in sorted(audit.votes.items()):
        found.setdefault((vote.question, vote.target), []).append((id_, vote))
    made = [
        Poll(question, target, tuple(sorted(rounds, key=lambda r: (r[1].round, r[0]))))
        for (question, target), rounds in found.items()
    ]
    return tuple(sorted(made, key=lambda p: (order.get(p.question, len(order)), p.target)))


def rounds(audit: Audit, target: Target, question: QuestionId) -> tuple[tuple[VoteId, Vote], ...]:
    """The revealed rounds about one question and target, first round first."""
    same = [
        (id_, vote)
        for id_, vote in audit.votes.items()
        if (vote.target, vote.question) == (target, question)
    ]
    return tuple(sorted(same, key=lambda r: (r[1].round, r[0])))


def by_role(audit: Audit, ballots: Mapping[PersonId, Said]) -> Mapping[str, tuple[Said, ...]]:
    """Role to what was said by people of that role; the empty role last."""
    found: dict[str, list[Said]] = {}
    for person, said in sorted(ballots.items()):
        record = audit.people.get(person)
        found.setdefault(record.role if record else "", []).append(said)
    ordered = sorted(found, key=lambda role: (not role, role.casefold()))
    return {role: tuple(found[role]) for role in ordered}


def last_dotted(audit: Audit) -> SessionId | None:
    """The latest session in which dots were given."""
    dated = [(audit.sessions[s].date, s) for s in audit.dot_votes if s in audit.sessions]
    return max(dated)[1] if dated else None


def dots_on_gaps(audit: Audit, session: SessionId | None = None) -> Mapping[GapKey, int]:
    """Gap to its dots in one session, else in all of them."""
    return _dots(vote.gaps for vote in _dot_votes(audit, session))


def dots_on_actions(audit: Audit, session: SessionId | None = None) -> Mapping[ActionKey, int]:
    """Action to its dots in one session, else in all of them."""
    return _dots(vote.actions for vote in _dot_votes(audit, session))


def _dot_votes(audit: Audit, session: SessionId | None) -> Iterator[DotVote]:
    for key, votes in sorted(audit.dot_votes.items()):
        if session is None or key == session:
            yield from votes.values()


def _dots(given: Iterable[Mapping[K, int]]) -> Mapping[K, int]:
    found: Counter[K] = Counter()
    for dots in given:
        found.update(dots)
    return found
