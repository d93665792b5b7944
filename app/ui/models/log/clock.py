"""Times of the day as they are typed and shown in the log of a session."""

import datetime as dt

from app.ui.page import translate


def clock_text(at: dt.datetime | None) -> str:
    """Hours and minutes in the room; a moment without a zone was written down there."""
    if at is None:
        return ""
    return f"{(at if at.tzinfo is None else at.astimezone()):%H:%M}"


def clock_value(text: str, day: dt.date, like: dt.datetime | None) -> dt.datetime | None:
    """`9:05`, `09.05` or `0905` on a day. Raises ValueError with what would fit.

    `like`: another time of the same record; both have a zone or neither has.
    """
    digits = text.strip().replace(".", ":").replace("h", ":")
    if not digits:
        return None
    if ":" not in digits and len(digits) > 2:
        digits = f"{digits[:-2]}:{digits[-2:]}"
    hours, _, minutes = digits.partition(":")
    try:
        clock = dt.time(int(hours), int(minutes or 0))
    except ValueError:
        raise ValueError(
            translate("“{0}” is not a time; type hours and minutes, as in 09:05").format(text)
        ) from None
    return in_zone_of(dt.datetime.combine(day, clock).astimezone(), like)


def in_zone_of(at: dt.datetime, like: dt.datetime | None) -> dt.datetime:
    """The same moment without a zone where `like` has none."""
    if like is not None and like.tzinfo is None:
        return at.astimezone().replace(tzinfo=None)
    return at
