"""Votes of a session: kept by seat, beliefs, dots with a budget, and who does not go along."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.ballots import Seat, stand_in
from app.domain.edits.ranges import refuse
from app.domain.edits.records import place, put
from app.domain.edits.workshop import cast_belief, reveal_vote
from app.domain.ids import ActionKey, GapKey, PersonId, SessionId, VoteId
from app.domain.landscape import Person
from app.domain.workshop import Dissent, DotVote, Vote

BUDGET: Final = 5
"""Dots each participant has in a session."""


def reveal_by_seat(
    audit: Audit,
    vote: VoteId,
    ballots: Vote,
    seats: Sequence[Seat],
    name: Callable[[int], str],
    *,
    reason: str = "",
) -> Audit:
    """Reveal a round of a session that keeps votes by seat.

    Whoever sits there is replaced by a stand-in of the seat's role and area before anything is
    recorded, so that neither the record nor its journal ever says who gave which vote. `name`
    says what the stand-in of a seat is called.
    """
    if ballots.session is None:
        raise refuse("Votes are kept by seat only in a session.", "Start the session first.")
    named: dict[PersonId, PersonId] = {}
    for seat in seats:
        if seat.person in ballots.ballots:
            named[seat.person] = stand_in(ballots.session, seat)
            audit = _seated(audit, ballots.session, seat, name(seat.number))
    unseated = ballots.ballots.keys() - named.keys()
    if unseated:
        who = ", ".join(sorted(unseated))
        raise refuse(f"{who} voted and has no seat any more.", "Give the seat back, then reveal.")
    said = {named[person]: reply for person, reply in ballots.ballots.items()}
    return reveal_vote(audit, vote, replace(ballots, ballots=said), reason=reason)


def _seated(audit: Audit, session: SessionId, seat: Seat, name: str) -> Audit:
    """The audit with a stand-in for a seat, its role and area as of today."""
    who = audit.people[seat.person]
    record = Person(name, role=who.role, area=who.area, is_seat=True)
    return put(audit, "people", (stand_in(session, seat),), record)


def keep_dissent(audit: Audit, vote: VoteId, dissent: Dissent) -> Audit:
    """Somebody does not go along with what was settled after a round; their own words."""
    kept = audit.votes.get(vote)
    if kept is None:
        raise refuse(f"There is no vote “{vote}”.", "Reveal a round first.")
    if any(d.person == dissent.person and d.text == dissent.text for d in kept.dissent):
        raise refuse("This dissent is kept already.", "Change its words, or add other ones.")
    return put(audit, "votes", (vote,), replace(kept, dissent=(*kept.dissent, dissent)))


def keep_dissent_by_seat(
    audit: Audit, vote: VoteId, seat: Seat, text: str, name: Callable[[int], str]
) -> Audit:
    """The same under the stand-in of a seat, of a vote whose session keeps votes by seat."""
    kept = audit.votes.get(vote)
    if kept is None or kept.session is None:
        raise refuse(f"There is no vote “{vote}” of a session.", "Reveal a round first.")
    audit = _seated(audit, kept.session, seat, name(seat.number))
    return keep_dissent(audit, vote, Dissent(stand_in(kept.session, seat), text))


def cast_beliefs(audit: Audit, points: Mapping[PersonId, Mapping[str, float]]) -> Audit:
    """A round of beliefs in one step: person to 100 points over the bank's categories."""
    if not points:
        raise refuse("Nobody has voted.", "Collect at least one ballot before you reveal.")
    for person, shares in sorted(points.items()):
        audit = cast_belief(audit, person, shares)
    return audit


def cast_beliefs_by_seat(
    audit: Audit,
    session: SessionId,
    points: Mapping[PersonId, Mapping[str, float]],
    seats: Sequence[Seat],
    name: Callable[[int], str],
) -> Audit:
    """A round of beliefs of a session that keeps votes by seat.

    It stands in place of what the same people said by name before and of earlier rounds by seat,
    so that nobody is counted twice. `name` says what the stand-in of a seat is called.
    """
    earlier = {p for p in audit.belief_votes if p in audit.people and audit.people[p].is_seat}
    for person in sorted(audit.belief_votes.keys() & (earlier | points.keys())):
        audit = place(audit, "belief_votes", (person,), None)
    named: dict[PersonId, Mapping[str, float]] = {}
    for seat in seats:
        if seat.person in points:
            named[stand_in(session, seat)] = points[seat.person]
            audit = _seated(audit, session, seat, name(seat.number))
    return cast_beliefs(audit, named)


def cast_all_dots(
    audit: Audit,
    session: SessionId,
    dots: Mapping[PersonId, DotVote],
    seats: Sequence[Seat],
    name: Callable[[int], str] | None = None,
) -> Audit:
    """A round of dots in one step; earlier dots on the same kind of thing are replaced.

    A round on gaps and one on actions have the budget each. With `name` dots are kept by seat;
    it says what the stand-in of a seat is called.
    """
    is_gaps = any(vote.gaps for vote in dots.values())
    if not is_gaps and not any(vote.actions for vote in dots.values()):
        raise refuse("Nobody has given a dot.", "Collect at least one before you reveal.")
    for seat in seats:
        if seat.person not in dots:
            continue
        person, vote = seat.person, dots[seat.person]
        if name is not None:
            person = stand_in(session, seat)
            audit = _seated(audit, session, seat, name(seat.number))
        before = audit.dot_votes.get(session, {}).get(person, DotVote())
        audit = cast_dots(audit, session, person, gaps=vote.gaps, actions=vote.actions)
        gaps, actions = (vote.gaps, before.actions) if is_gaps else (before.gaps, vote.actions)
        both = 2 * BUDGET
        audit = cast_dots(audit, session, person, gaps=gaps, actions=actions, budget=both)
    return audit


def cast_dots(
    audit: Audit,
    session: SessionId,
    person: PersonId,
    *,
    gaps: Mapping[GapKey, int] | None = None,
    actions: Mapping[ActionKey, int] | None = None,
    budget: int = BUDGET,
) -> Audit:
    """Dots of one participant in place of earlier ones; none takes them back.

    Raises EditError where there are more than the budget, or fewer than one on anything.
    """
    gaps, actions = dict(gaps or {}), dict(actions or {})
    dots = [*gaps.values(), *actions.values()]
    if any(n < 1 for n in dots):
        raise refuse("A dot vote has less than one dot on something.", "Leave that one out.")
    if sum(dots) > budget:
        raise refuse(
            f"{sum(dots)} dots were given and there are {budget} for each person.",
            f"Take back {sum(dots) - budget}.",
        )
    if not dots:
        if person not in audit.dot_votes.get(session, {}):
            return audit
        return place(audit, "dot_votes", (session, person), None)
    return put(audit, "dot_votes", (session, person), DotVote(gaps, actions))
