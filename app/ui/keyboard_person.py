"""Who is at the keyboard: written beside every entry of the journal from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from app.domain.ids import PersonId
from app.domain.sessions import named_people
from app.ui.commands import Command

if TYPE_CHECKING:
    from app.ui.window import Window


def keyboard_commands(w: Window) -> list[Command]:
    """One command; what was chosen for an audit is remembered on this machine."""
    desk = w.desk
    desk.opened.connect(lambda: _recall(w))
    desk.changed.connect(lambda _changes: _forget_who_left(w))
    return [
        Command(
            "keyboard", w.tr("Session"), w.tr("At the keyboard…"), lambda: ask_person(w), (),
            lambda: desk.is_open and desk.read_only is None, lambda: title(w),
        )
    ]  # fmt: skip


def title(w: Window) -> str:
    """Whose edits these are, as far as it was said."""
    person = w.desk.audit.people.get(w.desk.by) if w.desk.is_open and w.desk.by else None
    return w.tr("At the keyboard: {0}…").format(person.name if person else w.tr("nobody named"))


def ask_person(w: Window) -> None:
    """One of the people of this audit, or nobody."""
    offered = labels(w)
    ids = list(offered)
    text, chosen = QInputDialog.getItem(
        w,
        w.tr("At the keyboard"),
        w.tr("Who makes the changes from now on? History names this person beside each of them."),
        list(offered.values()),
        ids.index(w.desk.by) if w.desk.by in ids else 0,
        False,
    )
    if chosen:
        person = next(id_ for id_, label in offered.items() if label == text)
        w.desk.sit(person)
        w.settings.keep_keyboard(_identity(w), person or "")
        w.commands.refresh()


def labels(w: Window) -> dict[PersonId | None, str]:
    """People by name; where two have the same, with what tells them apart."""
    people = named_people(w.desk.audit)
    by_name = sorted(people.items(), key=lambda item: (item[1].name.casefold(), item[0]))
    names = [record.name for _, record in by_name]
    return {
        None: w.tr("Nobody named"),
        **{
            id_: f"{record.name} ({id_})" if names.count(record.name) > 1 else record.name
            for id_, record in by_name
        },
    }


def _identity(w: Window) -> str:
    """What stays the same when the file is copied or renamed: where its journal begins."""
    first = w.desk.file.entries(until=1) if w.desk.file else ()
    return first[0].hash if first else ""


def _recall(w: Window) -> None:
    if w.desk.is_open:
        kept = PersonId(w.settings.keyboard(_identity(w)))
        w.desk.sit(kept if kept in w.desk.audit.people else None)


def _forget_who_left(w: Window) -> None:
    """Somebody who is taken out of the audit makes no more changes in it."""
    if w.desk.by and w.desk.by not in w.desk.audit.people:
        w.desk.sit(None)
