"""Rows of what was voted on and where people disagreed, and the rounds of one question."""

from msgspec import Struct

from app.charts.votes import RoleVotes, Round, said
from app.domain.answers import Reply
from app.domain.audit import Audit
from app.domain.disagreement import Disagreement
from app.domain.tally import Poll, by_role, tally
from app.domain.workshop import Vote
from app.ui.models.targets import question_text, short_question, target_name
from app.ui.page import translate
from app.words import Words


class PollRow(Struct, frozen=True):
    """One question about one target that was voted on."""

    poll: Poll
    question: str
    target: str
    said: str
    """Median and range of the last round."""
    session: str

    @property
    def key(self) -> str:
        return f"{self.poll.question}/{self.poll.target}"


class ApartRow(Struct, frozen=True):
    """Two parties that disagree on a question."""

    found: Disagreement
    question: str
    upper: str
    lower: str

    @property
    def key(self) -> str:
        return f"{self.found.question}/{self.found.upper}/{self.found.lower}"


def poll_row(audit: Audit, poll: Poll, words: Words) -> PollRow:
    session = audit.sessions.get(poll.last.session) if poll.last.session else None
    return PollRow(
        poll,
        short_question(audit.bank, poll.question, words),
        target_name(audit, poll.target, words),
        said(round_of(audit, poll.last), words),
        session.title if session else "",
    )


def round_of(audit: Audit, vote: Vote) -> Round:
    """One round by role, without names."""
    found = tally(vote.ballots)
    rows = tuple(
        RoleVotes(
            role or translate("no role recorded"),
            tuple(sorted(s.level for s in said if s.level is not None)),
            sum(s.level is None for s in said),
            sum(s.reply is Reply.ABSTAIN for s in said),
        )
        for role, said in by_role(audit, vote.ballots).items()
    )
    name = translate("Round {0}").format(vote.round)
    return Round(name, found.median, found.range, rows)


def apart_row(audit: Audit, found: Disagreement) -> ApartRow:
    return ApartRow(
        found,
        question_text(audit.bank, found.question),
        f"{found.high}  {found.upper}",
        f"{found.low}  {found.lower}",
    )
