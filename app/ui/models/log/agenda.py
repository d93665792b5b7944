"""The agenda of a session as lines: minutes first where it has any, then what is done."""

from collections.abc import Sequence

from app.domain.agenda import as_line, from_lines
from app.domain.workshop import Timebox
from app.exchange.agenda_toml import shipped_agendas
from app.words import Words


def agenda_text(boxes: Sequence[Timebox], words: Words) -> str:
    """`20 Owner strip`, one line for each timebox."""
    return "\n".join(as_line(box, box.title or _title(box.kind, words)) for box in boxes)


def agenda_boxes(text: str, before: Sequence[Timebox], words: Words) -> tuple[Timebox, ...]:
    """The lines as timeboxes; one that keeps its words keeps its kind, people and real times."""
    kinds = {box.kind for agenda in shipped_agendas() for box in agenda.items}
    kinds |= {box.kind for box in before}
    titles = {kind: _title(kind, words) for kind in sorted(kinds) if kind}
    return from_lines(text.split("\n"), before, titles)


def _title(kind: str, words: Words) -> str:
    return words(f"timebox.{kind}") if words.has(f"timebox.{kind}") else kind
