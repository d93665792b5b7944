"""The room: the session that runs, its clock, a vote under seal, and what is on the wall."""

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.desk import Desk
from app.desk.snapshots import take_snapshot
from app.domain import agenda
from app.domain.answers import Said
from app.domain.audit import Audit
from app.domain.ballots import SealedRound, Seat, read_ballots, seats
from app.domain.edits.records import put
from app.domain.edits.votes import reveal_by_seat
from app.domain.edits.workshop import end_session, reveal_vote, start_session
from app.domain.ids import PersonId, QuestionId, SessionId, Target, VoteId
from app.domain.sessions import running, waiting
from app.domain.wall import Asked, Blank, Waiting, Wall, dots_wall, paged, ready_wall
from app.domain.workshop import Session, Timebox, Vote
from app.errors import PlumblineError
from app.words import Words

SECOND = 1000


class Room(QObject):
    """Holds nothing of the audit: only the ballots under seal, and what was published."""

    ticked = Signal()
    """A second has passed, or the agenda moved."""
    vote_changed = Signal()
    """A round was opened, typed, revealed or given up."""
    published = Signal(object)
    """The Wall that the presenter window shows now."""

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self.sealed: SealedRound | None = None
        self.is_frozen = self.is_blank = False
        self._pages: tuple[Wall, ...] = (Waiting(),)
        self._page = 0
        self._held: Wall = Waiting()
        self._silence: tuple[str, dt.datetime] | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND)
        self._clock.timeout.connect(self._tick)
        desk.opened.connect(self._take_up)
        desk.changed.connect(lambda _changes: self._follow())

    # The session and its agenda.

    @property
    def session(self) -> SessionId | None:
        """The session that runs."""
        return running(self._desk.audit) if self._desk.is_open else None

    @property
    def items(self) -> Sequence[Timebox]:
        return self._desk.audit.sessions[self.session].agenda if self.session else ()

    @property
    def place(self) -> int | None:
        """Place of the agenda item under way."""
        return agenda.current(self.items)

    def spent(self) -> float:
        """Seconds the item under way has taken."""
        return agenda.elapsed(self.items[self.place], self.now()) if self.place is not None else 0

    def pace(self) -> agenda.Pace:
        if self.place is None:
            return agenda.Pace.IN_TIME
        return agenda.pace(self.items[self.place], self.now())

    def now(self) -> dt.datetime:
        """As the session writes its times: those of older files may have no zone."""
        at, session = self._desk.now(), self.session
        started = self._desk.audit.sessions[session].started if session else None
        is_bare = started is not None and started.tzinfo is None
        return at.astimezone().replace(tzinfo=None) if is_bare else at

    def plan(
        self,
        session: SessionId,
        title: str,
        items: Sequence[Timebox],
        day: dt.date | None = None,
    ) -> bool:
        """A session with this agenda, for a day or today."""
        record = Session(title, day or self._desk.today(), agenda=tuple(items))
        return self._desk.apply(title, put, "sessions", (session,), record)

    def start(self, session: SessionId) -> bool:
        """Start it now, with a snapshot of how things stood."""
        title = self._desk.audit.sessions[session].title
        if not self._desk.apply(title, start_session, session, self.now()):
            return False
        take_snapshot(self._desk, self._words("session.before", title=title))
        return True

    def end(self, session: SessionId | None = None) -> bool:
        """End the running session (or another one) and its item, with a snapshot."""
        session = session or self.session
        if session is None:
            return False
        if session == self.session:
            self.go_on(None)
        title = self._desk.audit.sessions[session].title
        if not self._desk.apply(title, end_session, session, self.now()):
            return False
        take_snapshot(self._desk, self._words("session.after", title=title))
        return True

    def go_on(self, place: int | None) -> bool:
        """End the item under way and start the one at `place`; None only ends."""
        if self.session is None or (place is None and self.place is None):
            return False
        after = agenda.go_on(self.items, place, self.now())
        return self._put_items(after)

    def go_next(self) -> bool:
        """The next item; after the last one the item under way ends. Starts a waiting session."""
        if self.session is None:
            planned = waiting(self._desk.audit, self._desk.today())
            if planned is None or not self.start(planned):
                return False
        return self.go_on(agenda.next_open(self.items))

    def lengthen(self, minutes: int) -> bool:
        """More or fewer minutes for the item under way."""
        if self.place is None:
            return False
        return self._put_items(agenda.lengthened(self.items, self.place, minutes))

    def _put_items(self, items: Sequence[Timebox]) -> bool:
        session = self.session
        assert session is not None
        after = replace(self._desk.audit.sessions[session], agenda=tuple(items))
        return self._desk.apply(self._words("session.agenda"), put, "sessions", (session,), after)

    # A vote: open, typed (sealed), revealed; settling the answer is the walk's own act.

    def seats(self) -> tuple[Seat, ...]:
        return seats(self._desk.audit, self.session)

    def open_vote(self, target: Target, question: QuestionId) -> SealedRound:
        """The round to type now: the one under seal for this question, else a new one."""
        kept = self._of(target, question)
        if kept is None:
            before = [
                vote.round
                for vote in self._desk.audit.votes.values()
                if (vote.target, vote.question) == (target, question)
            ]
            kept = SealedRound(question, target, self.session, max(before, default=0) + 1)
        self.sealed = kept
        self.vote_changed.emit()
        return kept

    def type_line(self, line: str) -> None:
        """Seal the votes of all seats. Raises EditError naming the seat, or FileError."""
        assert self.sealed is not None
        self._seal(read_ballots(line, self.seats()))

    def type_one(self, seat: Seat, sign: str) -> None:
        """Seal one seat's vote, where the keyboard is passed round."""
        assert self.sealed is not None
        said = read_ballots(sign, (seat,))
        kept = {p: s for p, s in self.sealed.ballots.items() if p != seat.person}
        self._seal({**kept, **said})

    def _seal(self, ballots: Mapping[PersonId, Said]) -> None:
        assert self.sealed is not None
        assert self._desk.file is not None
        old = self.sealed
        made = SealedRound(
            old.question, old.target, old.session, old.round, dict(ballots), self.now()
        )
        self._desk.file.keep_sealed(made)
        self.sealed = made
        self.vote_changed.emit()

    def reveal(self, reason: str = "") -> bool:
        """Put the round into the record, by seat where the session keeps votes so.

        `reason`: why answers that their owner confirmed change.
        """
        sealed = self.sealed
        if sealed is None:
            return False
        audit = self._desk.audit
        vote = Vote(
            sealed.session,
            sealed.question,
            sealed.target,
            sealed.round,
            sealed.ballots,
            self.now(),
        )
        id_ = _free_vote(audit)
        label = self._words("session.reveal", question=sealed.question, round=sealed.round)
        session = audit.sessions.get(sealed.session) if sealed.session else None
        if session is not None and session.by_seat:
            name = lambda number: self._words("session.seat", number=number)  # noqa: E731
            # Whoever left since then still voted on a seat, and is never named instead.
            everybody = seats(audit)
            done = self._desk.apply(
                label, reveal_by_seat, id_, vote, everybody, name, reason=reason
            )
        else:
            done = self._desk.apply(label, reveal_vote, id_, vote, reason=reason)
        if done:
            self._forget()
        return done

    def give_up(self) -> None:
        """Forget the round as if nobody had voted."""
        if self.sealed is not None:
            self._forget()

    def put_aside(self) -> None:
        """Leave the round as it is, under seal where something was typed."""
        if self.sealed is not None:
            self.sealed = None
            self.vote_changed.emit()

    def is_waiting(self, target: Target, question: QuestionId) -> bool:
        """A round about this question is under seal, perhaps since before the file was closed."""
        return self._of(target, question) is not None

    def _forget(self) -> None:
        assert self.sealed is not None
        sealed, self.sealed = self.sealed, None
        try:
            assert self._desk.file is not None
            self._desk.file.drop_sealed(sealed.question, sealed.target)
        except PlumblineError as error:
            self._desk.failed.emit(error.sentence)
        self.vote_changed.emit()

    def _of(self, target: Target, question: QuestionId) -> SealedRound | None:
        rounds = self._desk.file.sealed() if self._desk.file else ()
        revealed = {(v.target, v.question, v.round) for v in self._desk.audit.votes.values()}
        return next(
            (
                r
                for r in rounds
                if (r.target, r.question) == (target, question)
                and (target, question, r.round) not in revealed
            ),
            None,
        )

    # The wall.

    @property
    def wall(self) -> Wall:
        """What is published; nothing while the wall is blank."""
        if self.is_blank:
            return Blank()
        return self._held if self.is_frozen else self._live()

    def _live(self) -> Wall:
        """What the wall would show if nobody held or darkened it."""
        if self._silence is None:
            return self._pages[self._page]
        prompt, until = self._silence
        left = (until - self._desk.now()).total_seconds()
        return Asked(prompt, seconds=max(0, round(left)))

    def publish(self, wall: Wall) -> None:
        """Show this from now on. It also ends a freeze: publishing is what it waits for."""
        self._pages, self._page = paged(wall), 0
        self._silence = None
        self.is_frozen = self.is_blank = False
        self.published.emit(self.wall)

    @property
    def page(self) -> tuple[int, int]:
        """Which page of what was published is shown, from 1, and of how many."""
        return self._page + 1, len(self._pages)

    @property
    def is_empty(self) -> bool:
        """Nothing was published yet."""
        return isinstance(self._pages[0], Blank | Waiting) and not self.is_silent

    def turn(self, by: int) -> None:
        """Another page of a long list."""
        page = min(max(0, self._page + by), len(self._pages) - 1)
        if page != self._page:
            self._page = page
            self.published.emit(self.wall)

    @property
    def is_silent(self) -> bool:
        """A silent round is under way: the wall holds its prompt and clock only."""
        return self._silence is not None

    def silence(self, prompt: str, minutes: int) -> None:
        """Everybody writes; afterwards the wall shows again what it showed before."""
        self._silence = prompt, self._desk.now() + dt.timedelta(minutes=minutes)
        self.is_frozen = self.is_blank = False
        self._follow()
        self.published.emit(self.wall)

    def end_silence(self) -> None:
        self._silence = None
        self._follow()
        self.published.emit(self.wall)

    def publish_vote(self) -> None:
        """The question being voted on, with how many seats have voted and nothing else."""
        if self.sealed is not None:
            voted, of = len(self.sealed.ballots), len(self.seats())
            audit = self._desk.audit
            self.publish(ready_wall(audit, self.sealed.target, self.sealed.question, voted, of))

    def publish_dots(self, vote: VoteId) -> None:
        """A revealed round by role."""
        audit = self._desk.audit
        kept = audit.votes[vote]
        no_role = self._words("session.no_role")
        self.publish(
            dots_wall(audit, kept.target, kept.question, kept.ballots, kept.round, no_role)
        )

    def freeze(self) -> None:
        """Hold what is shown, whatever is done meanwhile; again to let it go on."""
        self._held = self._live()
        self.is_frozen = not self.is_frozen
        self.published.emit(self.wall)

    def blank(self) -> None:
        """Darken the wall, or show it again."""
        self.is_blank = not self.is_blank
        self.published.emit(self.wall)

    # Following the desk.

    def _take_up(self) -> None:
        self.sealed = None
        self._pages, self._page, self._silence = (Waiting(),), 0, None
        self.is_frozen = self.is_blank = False
        self._follow()
        self.vote_changed.emit()
        self.published.emit(self.wall)

    def _follow(self) -> None:
        runs = self._desk.is_open and (self.session is not None or self.is_silent)
        if not runs:
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()
        self.ticked.emit()

    def _tick(self) -> None:
        self.ticked.emit()
        if self._silence is not None and not (self.is_frozen or self.is_blank):
            self.published.emit(self.wall)


def _free_vote(audit: Audit) -> VoteId:
    number = len(audit.votes) + 1
    while VoteId(f"vote-{number}") in audit.votes:
        number += 1
    return VoteId(f"vote-{number}")
