"""What is printed for the room: cards, posters, attendance list, ballots and the agenda."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from app.domain.agenda import planned
from app.domain.audit import Audit
from app.domain.ids import PersonId, SessionId
from app.domain.prework import next_session
from app.domain.sessions import participants
from app.domain.workshop import Timebox
from app.report.handouts.typesetting import frame, typeset
from app.report.model import PageSize
from app.words import Words

TEMPLATE: Final = "room_pack.typ"
LABELS: Final = (
    *("cards", "cards_how", "stages", "user", "rule", "attendance", "seat", "name", "role"),
    *("signature", "ballots", "ballots_how", "ballot_seat", "ballot_question", "minutes", "item"),
    "attends",
)
SPARE_ROWS: Final = 4
"""Empty lines of the attendance list, for whoever comes unannounced."""
BALLOTS_ON_A_PAGE: Final = 8


def render_room_pack(audit: Audit, words: Words, page: PageSize, day: dt.date) -> bytes:
    """A tagged PDF; the same audit and day give the same bytes. ExportFailed says what to do.

    The bank of the audit is in the language of `words` already. The agenda is that of the
    earliest session from `day` on that has not ended; without one it is left out.
    """
    return typeset(TEMPLATE, room_data(audit, words, page, day), day)


def room_data(audit: Audit, words: Words, page: PageSize, day: dt.date) -> dict[str, Any]:
    """What the template needs; it computes nothing."""
    bank, session = audit.bank, next_session(audit, day)
    title = words("pack.title")
    stages = sorted(bank.stages, key=lambda s: s.order)
    return {
        **frame(" · ".join(p for p in (audit.organisation.title, title) if p), page, words),
        "labels": {key: words(f"pack.{key}") for key in LABELS},
        "cards": list(_cards(bank.level_names, words)),
        "stages": [
            {
                "number": n,
                "title": stage.title,
                "text": stage.if_missing,
                "note": words("pack.rail") if n == len(stages) else "",
            }
            for n, stage in enumerate(stages, 1)
        ],
        "rule": bank.level_rule,
        "names": list(bank.level_names),
        "unknown": bank.unknown_rule,
        "session": _session(audit, session, words),
        "people": _people(audit, session),
        "ballots": _ballots(audit, session),
        "agenda": _agenda(audit, session, words),
    }


def _cards(names: tuple[str, ...], words: Words) -> Iterator[dict[str, Any]]:
    for level, name in enumerate(names):
        yield {"sign": str(level), "name": name, "level": level}
    yield {"sign": "?", "name": words("pack.unknown"), "level": None}
    yield {"sign": "/", "name": words("pack.abstain"), "level": None}


def _session(audit: Audit, session: SessionId | None, words: Words) -> str:
    if session is None:
        return ""
    record = audit.sessions[session]
    return f"{record.title}, {words.date(record.date)}"


def _present(audit: Audit, session: SessionId | None) -> list[PersonId]:
    """Who is expected, by seat; everybody where no session is planned."""
    return list(participants(audit, session or SessionId("")))


def _people(audit: Audit, session: SessionId | None) -> list[dict[str, str]]:
    rows = [
        {"seat": str(record.seat or ""), "name": record.name, "role": record.role}
        for record in (audit.people[p] for p in _present(audit, session))
    ]
    return rows + [{"seat": "", "name": "", "role": ""}] * SPARE_ROWS


def _ballots(audit: Audit, session: SessionId | None) -> list[str]:
    """The seats, and empty ones until the page is full."""
    seats = [str(audit.people[p].seat or "") for p in _present(audit, session)]
    return seats + [""] * (-len(seats) % BALLOTS_ON_A_PAGE or (BALLOTS_ON_A_PAGE * (not seats)))


def _agenda(audit: Audit, session: SessionId | None, words: Words) -> dict[str, Any] | None:
    items = audit.sessions[session].agenda if session else ()
    if not items:
        return None
    return {
        "title": words("pack.agenda"),
        "items": [_timebox(audit, item, words) for item in items],
        "total": words("pack.total", n=words.figure(planned(items))),
    }


def _timebox(audit: Audit, item: Timebox, words: Words) -> dict[str, str]:
    labels = {kind.id: kind.label for kind in audit.bank.respondents}
    kind = words(f"timebox.{item.kind}") if words.has(f"timebox.{item.kind}") else item.kind
    attends = words.listing(labels.get(who, who) for who in item.attends)
    title = f"{kind}: {item.title}" if kind and item.title else kind or item.title
    return {
        "minutes": words.figure(item.minutes) if item.minutes else "",
        "title": title,
        "attends": attends or words("pack.everybody"),
    }
