"""The words an answer is typed with, in tables and on the command line, and back."""

from app.domain.answers import Reply, Said
from app.domain.bank import Grade
from app.domain.edits.ranges import refuse

LEVELS = ("0", "1", "2", "3", "4")
UNKNOWN, NOT_APPLICABLE, ABSTAIN = "unknown", "na", "abstain"
REPLIES = {
    UNKNOWN: Reply.UNKNOWN,
    "?": Reply.UNKNOWN,
    NOT_APPLICABLE: Reply.NOT_APPLICABLE,
    "n/a": Reply.NOT_APPLICABLE,
    "not applicable": Reply.NOT_APPLICABLE,
    ABSTAIN: Reply.ABSTAIN,
}


def said_of(level: str, grade: str = "", reason: str = "") -> Said:
    """A reply from its words: level 0..4, unknown or ?, na or n/a, abstain; grade by its name.

    An empty grade is *asserted*. Raises EditError for any other word.
    """
    word = level.strip().casefold()
    reply = Reply.LEVEL if word in LEVELS else REPLIES.get(word)
    if reply is None:
        raise refuse(f"There is no level “{level}”.", "Use 0 to 4, unknown or na.")
    number = int(word) if reply is Reply.LEVEL else None
    return Said(reply, number, grade_of(grade), reason=reason.strip())


def grade_of(text: str) -> Grade:
    """Raises EditError unless it is empty or the name of a grade."""
    word = text.strip().casefold()
    if word and word not in set(Grade):
        raise refuse(f"There is no grade “{text}”.", f"Use {', '.join(Grade)}.")
    return Grade(word) if word else Grade.ASSERTED


def level_word(said: Said) -> str:
    """What `said_of` reads as the same reply."""
    if said.reply is Reply.LEVEL:
        return str(said.level)
    names = {Reply.UNKNOWN: UNKNOWN, Reply.NOT_APPLICABLE: NOT_APPLICABLE, Reply.ABSTAIN: ABSTAIN}
    return names[said.reply]
