"""The cards beside the missing-middle map; each line leads to what stands behind its count."""

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.charts.frame import initials_of
from app.domain.gaps import ToFindOut
from app.ui.page import Bench, Place, button, card, label
from app.ui.style import Look
from app.ui.widgets.count_row import CountRow

NEAREST = 3
"""Questions to find out that the card names."""


class Line(Struct, frozen=True):
    key: str
    words: str
    count: str
    tip: str = ""


class CountCard(QFrame):
    """A few counts under a heading; where they filter, at most one is on."""

    chosen = Signal(str)
    """Key of the line that was clicked; empty where it was switched off."""

    def __init__(self, look: Look, title: str, *, filters: bool) -> None:
        super().__init__()
        frame, self._column = card(spacing=2)
        frame_into(self, frame)
        self._look, self._filters = look, filters
        self._rows: dict[str, CountRow] = {}
        self._column.addWidget(label(title, "heading"))
        self._note = label("", "lead")
        self._column.addWidget(self._note)

    def show_lines(self, lines: Sequence[Line], note: str = "") -> None:
        wanted = [line.key for line in lines]
        if list(self._rows) != wanted:
            for row in self._rows.values():
                row.deleteLater()
            self._rows = {}
            for place, key in enumerate(wanted, 1):
                row = self._rows[key] = CountRow(self._look, checkable=self._filters)
                row.clicked.connect(lambda on=False, k=key: self._click(k, on=on))
                self._column.insertWidget(place, row)
        for line in lines:
            self._rows[line.key].show_count(line.words, line.count, line.tip)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def row(self, key: str) -> CountRow:
        return self._rows[key]

    def clear_choice(self) -> None:
        for row in self._rows.values():
            row.setChecked(False)

    def _click(self, key: str, *, on: bool) -> None:
        for other, row in self._rows.items():
            row.setChecked(on and other == key)
        self.chosen.emit(key if on or not self._filters else "")


class AskCard(QFrame):
    """The open question that settles most, and who may know."""

    def __init__(self, go: Callable[[Place], None]) -> None:
        super().__init__()
        frame, column = card(spacing=6)
        frame_into(self, frame)
        self._go, self._place = go, Place("walk")
        column.addWidget(label(self.tr("Settles most"), "heading"))
        self.question = label()
        self.about = label("", "lead")
        self.button = button(self.tr("Go to question"))
        self.button.clicked.connect(lambda: self._go(self._place))
        for widget in (self.question, self.about, self.button):
            column.addWidget(widget)
        self.show_nothing("")

    def show_nothing(self, why: str) -> None:
        self.question.setText(why)
        self.about.hide()
        self.button.hide()

    def show_ask(self, question: str, about: str, place: Place) -> None:
        self._place = place
        self.question.setText(question)
        self.about.setText(about)
        self.about.show()
        self.button.show()


class FindOutCard(CountCard):
    """What nobody in the room knew: how much of it is due, and the nearest ones."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.look, self.tr("To find out"), filters=False)
        self._bench = bench
        self._places: dict[str, Place] = {}
        self.chosen.connect(lambda key: bench.go(self._places[key]))

    def show_items(self, items: Sequence[ToFindOut], today: dt.date) -> None:
        dated = sorted(
            (i for i in items if i.by), key=lambda i: (i.by, i.question, i.target)
        )[:NEAREST]  # fmt: skip
        self._places = {
            f"{i.question}/{i.target}": Place(
                "walk", workflow=i.workflows[0], question=i.question, target=i.target
            )
            for i in dated
        }
        self.show_lines([self._line(i) for i in dated], self._sentence(items, today))

    def _line(self, item: ToFindOut) -> Line:
        audit = self._bench.desk.audit
        question = audit.bank.question(item.question)
        person = audit.people.get(item.who) if item.who else None
        who = initials_of(person.name) if person else self.tr("nobody yet")
        name = person.name if person else who
        return Line(
            f"{item.question}/{item.target}",
            f"{who}: {question.text}",
            self._bench.words.short_date(item.by).rpartition(" ")[0],
            self.tr("{0} finds out: {1}").format(name, question.text),
        )

    def _sentence(self, items: Sequence[ToFindOut], today: dt.date) -> str:
        if not items:
            return self.tr("Nobody has answered “we don't know”.")
        sunday = today + dt.timedelta(days=6 - today.weekday())
        late = sum(i.by is not None and i.by < today for i in items)
        due = sum(i.by is not None and today <= i.by <= sunday for i in items)
        nobody = sum(i.who is None for i in items)
        parts = [
            self.tr("{0} that nobody in the room could answer.").format(
                self._bench.words.count("question", len(items))
            ),
            self.tr("Due this week: {0}.").format(due),
        ]
        if late:
            parts.append(self.tr("Overdue: {0}.").format(late))
        if nobody:
            parts.append(self.tr("Without anybody to find out: {0}.").format(nobody))
        return " ".join(parts)


def frame_into(outer: QFrame, frame: QFrame) -> None:
    """`outer` takes the look and the column of a card."""
    outer.setProperty("role", "card")
    layout = frame.layout()
    outer.setLayout(layout)
