"""The wrapper test in words: verdicts, the five answers, and where each one is mended."""

from collections.abc import Iterable

from app.domain.ids import QuestionId, WorkflowId
from app.domain.statements import WRAPPER_BASIS, WrapperTest, WrapperVerdict
from app.ui.page import Place, translate
from app.words import Words

PARTS = tuple(WRAPPER_BASIS)
"""The five answers in their order."""
REPLY_TONES = {True: "good", False: "alarm", None: "third"}
REPLY_CODES = {True: "yes", False: "no", None: "not_known"}


def reply(words: Words, said: bool | None) -> str:
    return words(f"wrapper_reply.{REPLY_CODES[said]}")


def verdict(words: Words, test: WrapperTest) -> str:
    """Every verdict the answers allow, joined by *or*; the first letter is a capital."""
    text = either(words, test.verdicts)
    return text[:1].upper() + text[1:]


def either(words: Words, verdicts: Iterable[WrapperVerdict]) -> str:
    return translate(" or ").join(words.of(v, "wrapper") for v in verdicts)


def basis(part: str) -> tuple[QuestionId, ...]:
    """The questions one answer rests on; none where it is a field of the workflow."""
    return WRAPPER_BASIS[part]


def rests_on(part: str) -> str:
    questions = basis(part)
    return ", ".join(questions) if questions else translate("details of the workflow")


def place(part: str, workflow: WorkflowId) -> Place:
    """Where the first answer behind it is given."""
    questions = basis(part)
    if not questions:
        return Place("workflows", workflow=workflow)
    return Place("walk", workflow=workflow, question=questions[0])
