"""Tables of a session's minutes: agenda, attendance, votes, dissent, beliefs and the timeline."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.charts.votes import Round, said
from app.domain.agenda import elapsed
from app.domain.answers import Answer, Reply, Review, Said
from app.domain.ids import DecisionId, PersonId, SessionId, VoteId, WorkflowId
from app.domain.risk.misdiagnosis import POINTS, believed
from app.domain.sessions import participants
from app.domain.tally import Poll, polls, tally
from app.domain.timeline import Event, EventKind, events
from app.domain.workshop import Decision, Dissent, Session, Timebox, Vote
from app.report.draft import Draft, number, plain, question_of
from app.report.model import Cell, Row, Table
from app.report.pages import facts
from app.words import nearest

AROUND: Final = dt.timedelta(minutes=5)
"""A snapshot belongs to a session that starts or ends so shortly before or after it."""


def clock(draft: Draft, at: dt.datetime | None) -> str:
    """Hours and minutes in the room."""
    return f"{draft.inputs.local(at):%H:%M}" if at else "–"


def spent(item: Timebox) -> float:
    """Minutes an item took; 0 while it has no end."""
    return elapsed(item, item.ended) / 60 if item.started and item.ended else 0.0


def lasted(record: Session | None) -> float:
    """Minutes from the start to the end of a session; 0 where one of them is not recorded."""
    if record is None or record.started is None or record.ended is None:
        return 0.0
    return (record.ended - record.started).total_seconds() / 60


def took(record: Session) -> float:
    """Minutes its items took; where no item has times, those of the whole session."""
    return sum(map(spent, record.agenda)) or lasted(record)


def agenda_table(draft: Draft, n: int, record: Session) -> Table:
    """Each item with its planned and real time, then both together."""
    items = record.agenda
    columns = (
        draft.column("item", 2),
        draft.column("from", 0.5),
        draft.column("to", 0.5),
        draft.column("planned_minutes", 0.6, right=True),
        draft.column("real_minutes", 0.6, right=True),
    )
    rows = [
        Row(
            f"item-{i}",
            (
                plain(item_title(draft, item)),
                plain(clock(draft, item.started)),
                plain(clock(draft, item.ended)),
                number(item.minutes, draft.words.figure(item.minutes)),
                _took(draft, item),
            ),
        )
        for i, item in enumerate(items, 1)
    ]
    planned = sum(item.minutes for item in items)
    real = took(record)
    has_times = any(spent(item) for item in items)
    ends = ("", "") if has_times else (clock(draft, record.started), clock(draft, record.ended))
    together = (
        plain(draft.words("label.together" if has_times else "label.whole_session")),
        *map(plain, ends),
        number(planned, draft.words.figure(planned)),
        number(real, draft.words.figure(real)) if real else plain("–"),
    )
    rows.append(Row("all", together))
    return Table(f"minutes_agenda_{n}", draft.words("label.agenda"), columns, tuple(rows))


def _took(draft: Draft, item: Timebox) -> Cell:
    if not (item.started and item.ended):
        return plain("–")
    real = nearest(spent(item))
    over = "alarm" if item.minutes and real > item.minutes else ""
    return number(real, draft.words.figure(real), tone=over)


def item_title(draft: Draft, item: Timebox) -> str:
    if item.title:
        return draft.names.typed(item.title)
    code = f"timebox.{item.kind}"
    return draft.words(code) if draft.words.has(code) else draft.words("label.not_recorded")


def attendance_table(draft: Draft, n: int, session: SessionId) -> Table:
    """Everybody who was asked, by what they speak for, with arrival and leaving."""
    kept = draft.audit.attendance.get(session, {})
    rows = []
    for i, person in enumerate(participants(draft.audit, session), 1):
        role = facts.party_said(draft, person)
        found = kept.get(person)
        if found is None or not found.present:
            came = draft.words("label.not_recorded" if found is None else "label.absent")
            left = "–"
        else:
            came = clock(draft, found.arrived) if found.arrived else draft.words("label.from_start")
            left = clock(draft, found.left) if found.left else draft.words("label.to_end")
        name = plain(
            draft.names.person(person), detail=draft.names.typed(found.note if found else "")
        )
        rows.append((role, Row(f"person-{i}", (plain(role), name, plain(came), plain(left)))))
    rows.sort(key=lambda pair: pair[0].casefold())
    columns = (
        draft.column("role", 1),
        draft.column("who", 1.2),
        draft.column("came", 0.6),
        draft.column("went", 0.6),
    )
    title = draft.words("label.attendance")
    return Table(f"minutes_attendance_{n}", title, columns, tuple(row for _, row in rows))


def session_polls(draft: Draft, session: SessionId | None) -> tuple[Poll, ...]:
    """Questions voted on in one session, with the rounds of that session alone."""
    found = []
    for poll in polls(draft.audit):
        rounds = tuple((id_, vote) for id_, vote in poll.rounds if vote.session == session)
        if rounds:
            found.append(Poll(poll.question, poll.target, rounds))
    return tuple(found)


def votes_table(draft: Draft, n: int, found: Sequence[Poll]) -> Table:
    """Rounds with median and range, of all and by role; then what was settled."""
    columns = (
        draft.column("round", 0.7),
        draft.column("all_votes", 1.2),
        draft.column("by_role", 2),
        draft.column("no_level", 1),
    )
    rows: list[Row] = []
    for i, poll in enumerate(found, 1):
        known = question_of(draft.audit).get(poll.question)
        asked = f"{known.text} ({poll.question})" if known else str(poll.question)
        place = plain(draft.names.target(poll.target), detail=asked)
        rows.append(Row(f"poll-{i}", (place,), heads=True))
        rows += [
            Row(f"poll-{i}-{k}", _round_cells(draft, vote))
            for k, (_, vote) in enumerate(poll.rounds, 1)
        ]
        rows.append(Row(f"poll-{i}-settled", _settled_cells(draft, poll)))
    return Table(f"minutes_votes_{n}", draft.words("label.votes"), columns, tuple(rows))


def _round_cells(draft: Draft, vote: Vote) -> tuple[Cell, ...]:
    name = draft.words("label.round_n", n=vote.round)
    at = clock(draft, vote.revealed) if vote.revealed else ""
    return (
        plain(name, detail=at),
        plain(spread(draft, vote.ballots)),
        plain("; ".join(_by_role(draft, vote.ballots)) or "–"),
        plain(_no_level(draft, vote.ballots)),
    )


def spread(draft: Draft, ballots: Mapping[PersonId, Said]) -> str:
    """Median and range in words."""
    found = tally(ballots)
    return said(Round("", found.median, found.range, ()), draft.words)


def _by_role(draft: Draft, ballots: Mapping[PersonId, Said]) -> Iterator[str]:
    groups: dict[str, dict[PersonId, Said]] = {}
    for person, reply in sorted(ballots.items()):
        role = facts.party_said(draft, person)
        groups.setdefault(role, {})[person] = reply
    for role, group in sorted(groups.items(), key=lambda pair: pair[0].casefold()):
        levels = tally(group).levels
        yield f"{role}: {levels[0] if len(levels) == 1 else spread(draft, group)}"


def _no_level(draft: Draft, ballots: Mapping[PersonId, Said]) -> str:
    found = tally(ballots)
    counts = (
        (Reply.UNKNOWN, found.unknown),
        (Reply.ABSTAIN, found.abstained),
        (Reply.NOT_APPLICABLE, found.not_applicable),
    )
    said_ = (f"{draft.words(f'reply.{reply.value}')} {n}" for reply, n in counts if n)
    return "; ".join(said_) or "–"


def _settled_cells(draft: Draft, poll: Poll) -> tuple[Cell, ...]:
    """What the room's answer is now; one that is only proposed or disputed is none."""
    answer = draft.audit.answers.get(poll.target, {}).get(poll.question, Answer())
    reply = answer.settled
    if reply is None or answer.review is not Review.AGREED:
        settled = draft.words("label.not_settled")
    elif reply.reply is Reply.LEVEL and reply.level is not None:
        settled = f"{draft.level(reply.level)}, {draft.words(f'grade.{reply.grade.value}')}"
    else:
        settled = draft.words(f"reply.{reply.reply.value}")
    dissent = len(poll.last.dissent)
    against = draft.words.count("dissent", dissent) if dissent else "–"
    return (plain(draft.words("label.settled")), plain(settled), plain(against), plain(""))


Objection = tuple[str, Dissent]
"""What it is about, and who said what."""


def objections(
    draft: Draft, found: Sequence[Poll], decisions: Sequence[Decision]
) -> tuple[Objection, ...]:
    """Dissent of votes, then of decisions, in the order of both."""
    questions = question_of(draft.audit)
    kept: list[Objection] = []
    for poll in found:
        known = questions.get(poll.question)
        about = f"{known.text if known else poll.question} ({draft.names.target(poll.target)})"
        kept += [(about, dissent) for _, vote in poll.rounds for dissent in vote.dissent]
    for decision in decisions:
        kept += [(draft.names.typed(decision.text), dissent) for dissent in decision.dissent]
    return tuple(kept)


def dissent_table(draft: Draft, n: int, found: Sequence[Objection]) -> Table:
    """Who dissents is named by consent only."""
    columns = (draft.column("about", 1.2), draft.column("who", 0.6), draft.column("dissent", 1.6))
    unnamed = draft.words("label.unnamed")
    rows = tuple(
        Row(
            f"dissent-{i}",
            (
                plain(about),
                plain(draft.names.person(dissent.person) if dissent.consent else unnamed),
                plain(draft.names.typed(dissent.text)),
            ),
        )
        for i, (about, dissent) in enumerate(found, 1)
    )
    return Table(f"minutes_dissent_{n}", draft.words("label.dissent"), columns, rows)


def beliefs_table(draft: Draft) -> Table:
    """Where the room thinks failures come from: mean, median and range of points, per cause."""
    votes = [draft.audit.belief_votes[person] for person in sorted(draft.audit.belief_votes)]
    columns = (
        draft.column("cause", 1.6),
        draft.column("mean_points", 0.6, right=True),
        draft.column("median_points", 0.6, right=True),
        draft.column("points_range", 0.8, right=True),
    )
    rows = []
    for category in draft.audit.bank.categories:
        points = sorted(vote.points.get(category.id, 0.0) for vote in votes)
        middle = (points[(len(points) - 1) // 2] + points[len(points) // 2]) / 2
        mean = believed(votes, category.id) * POINTS
        digits = int(not middle.is_integer())
        ends = (draft.words.figure(points[0]), draft.words.figure(points[-1]))
        cells = (
            plain(category.title),
            number(mean, draft.words.figure(mean)),
            number(middle, draft.words.figure(middle, digits)),
            plain(draft.words.span(*ends)),
        )
        rows.append(Row(category.id, cells))
    return Table("minutes_beliefs", draft.words("label.beliefs"), columns, tuple(rows))


def timeline_table(draft: Draft, n: int, session: SessionId) -> Table:
    """What happened, in time; a day alone where no time is known."""
    columns = (draft.column("time", 0.6), draft.column("event", 0.8), draft.column("about", 2.4))
    rows = tuple(
        Row(
            f"event-{i}",
            (
                plain(clock(draft, event.when) if event.has_time else "–"),
                plain(draft.words(f"event.{event.kind.value}")),
                plain(_about(draft, event)),
            ),
        )
        for i, event in enumerate(session_events(draft, session), 1)
    )
    return Table(f"minutes_timeline_{n}", draft.words("label.timeline"), columns, rows)


def session_events(draft: Draft, session: SessionId) -> tuple[Event, ...]:
    """The session's own events, and what was confirmed or kept while it ran."""
    audit, record = draft.audit, draft.audit.sessions[session]
    local = draft.inputs.local
    start = local(record.started) - AROUND if record.started else None
    end = local(record.ended) + AROUND if record.ended else None

    def is_part(event: Event) -> bool:
        key = event.keys[0]
        if event.kind is EventKind.VOTE:
            return audit.votes[VoteId(key)].session == session
        if event.kind is EventKind.DECISION:
            return audit.decisions[DecisionId(key)].session == session
        if event.kind in (EventKind.CONFIRMATION, EventKind.SNAPSHOT):
            return bool(start and start <= event.when and (end is None or event.when <= end))
        return key == session

    return tuple(event for event in events(audit, local) if is_part(event))


def _about(draft: Draft, event: Event) -> str:
    record, key = event.record, event.keys[0]
    if isinstance(record, Vote):
        place = draft.names.target(record.target)
        return draft.words(
            "label.vote_of",
            question=record.question,
            place=place,
            n=record.round,
            spread=spread(draft, record.ballots),
        )
    if isinstance(record, Decision):
        verdict = draft.words(f"verdict.{record.verdict.value}") if record.verdict else ""
        return ": ".join(part for part in (draft.names.typed(record.text), verdict) if part)
    if event.kind in (EventKind.ARRIVED, EventKind.LEFT):
        return draft.names.person(PersonId(event.keys[1]))
    if event.kind is EventKind.CONFIRMATION:
        return draft.names.target(WorkflowId(key))
    if event.kind is EventKind.SNAPSHOT:
        return draft.names.typed(draft.audit.snapshots[key].name)  # type: ignore[index]
    return ""
