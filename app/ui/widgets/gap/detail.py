"""Beside the list of gaps: the answer behind one, its evidence, and what is to be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.domain.gaps import Gap
from app.domain.planning import GapNote, OwnGap, Response
from app.ui.models.choices import people
from app.ui.models.gap.traits import RECORDED, note_of, own_gap
from app.ui.models.gap.tree import GapTree
from app.ui.models.gap.words import question_of
from app.ui.models.targets import target_name
from app.ui.page import Bench, button, label
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.evidence_files import EvidenceFiles
from app.ui.widgets.form_fields import ChoiceBox, Line, Paragraph
from app.ui.widgets.gap.facts import GapFacts
from app.ui.widgets.gap.own import OwnGapFields
from app.ui.widgets.late_text import LateText

SHOWN = 12
"""Names listed before the rest is counted."""


class GapDetail(QFrame):
    """One gap, or several at once: what is entered goes to all that are selected."""

    opened = Signal(object)
    merging = Signal()

    def __init__(self, bench: Bench, model: GapTree) -> None:
        super().__init__()
        self._bench, self._desk, self._words, self._model = bench, bench.desk, bench.words, model
        self.gaps: list[Gap] = []
        self.setProperty("role", "card")
        self.place, self.heading = label("", "quiet"), label("", "heading")
        self.facts, self.files = GapFacts(bench), EvidenceFiles(bench)
        self.severity, self.owner, self.response = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.due, self.until, self.because = Line(), Line(), Line()
        self.note = Paragraph(3)
        self._late_note = LateText(self._desk, self.note)
        self._late_because = LateText(self._desk, self.because)
        self.go = button(
            self.tr("Go to the answer"), "primary", self.tr("Go to the answer (Enter)")
        )
        self.merge = button(self.tr("Merge…"), tip=self.tr("Merge into another gap (Ctrl+M)"))
        self.part = button(self.tr("Take out of the merge"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setVerticalSpacing(6)
        self.own = OwnGapFields(self._bench, self._model, self._form)
        for title, field in (
            (self.tr("Severity"), self.severity),
            (self.tr("Owner"), self.owner),
            (self.tr("Due"), self.due),
            (self.tr("Response"), self.response),
            (self.tr("Accept until"), self.until),
            (self.tr("Because"), self.because),
            (self.tr("Note"), self.note),
        ):
            field.setAccessibleName(title)
            caption = label(title, wrap=False)
            caption.setBuddy(field)
            self._form.addRow(caption, field)
        for field in (self.due, self.until):
            field.setPlaceholderText(self.tr("Year-month-day"))
        for widget in (self.place, self.heading):
            column.addWidget(widget)
        column.addLayout(self._form)
        buttons = WrapLayout()
        for widget in (self.go, self.merge, self.part, self.own.close):
            buttons.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self.facts)
        column.addWidget(self.files)
        column.addStretch(1)

    def _connect(self) -> None:
        for box, field in (
            (self.severity, "severity"),
            (self.owner, "owner"),
            (self.response, "response"),
        ):
            box.chosen.connect(lambda value, f=field: self._put(f, value))
        for line, field in ((self.due, "due"), (self.until, "accepted_until")):
            line.editingFinished.connect(lambda w=line, f=field: self._put_date(f, w))
        self.go.clicked.connect(lambda: self.opened.emit(self.gaps[0]))
        self.merge.clicked.connect(self.merging)
        self.part.clicked.connect(lambda: self._model.merge(self.gaps, None))

    def show_gaps(self, gaps: list[Gap]) -> None:
        """What the pane stands for from now on."""
        if [g.key for g in gaps] != [g.key for g in self.gaps]:
            for line in (self.due, self.until):
                line.setModified(False)
        self.gaps = gaps
        self.refresh()

    def field(self, name: str) -> QWidget | None:
        """Where a field of the gap's note is typed."""
        fields = {"accepted_until": self.until, "because": self.because, "owner": self.owner}
        found = fields.get(name)
        return found if found and not found.isHidden() else None

    def refresh(self) -> None:
        """Read everything from the audit again."""
        audit = self._desk.audit
        one = self.gaps[0] if len(self.gaps) == 1 else None
        has_own = any(gap.question == RECORDED for gap in self.gaps)
        derived = one if one and not has_own else None
        self._title(audit, one)
        self.facts.show_gap(derived)
        self.files.setVisible(not has_own)
        self.files.show_place(
            derived.target if derived else None, derived.question if derived else None
        )
        notes = [note_of(audit, gap) for gap in self.gaps]
        self._fill(audit, notes)
        is_open = not self._desk.read_only and bool(self.gaps)
        for field in (self.severity, self.owner, self.response, self.due, self.until,
                      self.because, self.note):  # fmt: skip
            field.set_locked(not is_open)
        self.go.setVisible(derived is not None)
        for row in range(self._form.rowCount()):
            self._form.setRowVisible(row, bool(self.gaps))
        self.own.show_gaps(self.gaps)
        responses = {note.response for note in notes}
        self._form.setRowVisible(self.until, responses == {Response.ACCEPT})
        answers = responses <= {Response.ACCEPT, Response.DISAGREE} and bool(responses)
        self._form.setRowVisible(self.because, answers)
        merged = bool(notes) and all(isinstance(n, GapNote) and n.merged_into for n in notes)
        self.part.setVisible(merged)
        self.merge.setVisible(bool(self.gaps) and not merged and not has_own)
        self.merge.setEnabled(is_open)
        self.part.setEnabled(is_open)

    def _title(self, audit: Audit, one: Gap | None) -> None:
        if one is None:
            names = [target_name(audit, g.target, self._words) for g in self.gaps[:SHOWN]]
            more = len(self.gaps) - len(names)
            named = ", ".join(dict.fromkeys(names))
            self.place.setText(self.tr("{0} and {1} more").format(named, more) if more else named)
            self.heading.setText(
                self.tr("{0} gaps").format(len(self.gaps))
                if self.gaps
                else self.tr("Choose a gap to see the answer behind it.")
            )
            return
        own = own_gap(audit, one)
        if own is not None:
            self.place.setText(self._recorded(audit, own))
            self.heading.setText(own.text)
            return
        question = question_of(audit, one.question)
        name = target_name(audit, one.target, self._words)
        self.place.setText(f"{one.question}, {name}")
        self.heading.setText(question.gap or question.text if question else str(one.question))

    def _recorded(self, audit: Audit, own: OwnGap) -> str:
        """In which session, and when."""
        session = audit.sessions.get(own.session) if own.session else None
        day = self._words.short_date(own.at.date()) if own.at else ""
        parts = [self.tr("Recorded"), day, session.title if session else ""]
        said = ", ".join(part for part in parts if part)
        return self.tr("{0}. Closed.").format(said) if own.closed else said

    def _fill(self, audit: Audit, notes: list[GapNote | OwnGap]) -> None:
        choices = self._model.choices
        self._offer(self.severity, self._severities(), [n.severity for n in notes])
        self._offer(self.owner, people(audit), [n.owner for n in notes])
        self._offer(self.response, choices("response"), [n.response for n in notes])
        for line, values in (
            (self.due, {n.due for n in notes}),
            (self.until, {n.accepted_until for n in notes}),
        ):
            value = next(iter(values)) if len(values) == 1 else None
            if not line.isModified():
                line.show_text(value.isoformat() if value else "")
        key, gaps = "\n".join(g.key for g in self.gaps), list(self.gaps)
        for late, field in ((self._late_note, "note"), (self._late_because, "because")):
            texts = {getattr(n, field) for n in notes}
            text = texts.pop() if len(texts) == 1 else ""
            late.show_text(
                key, text, lambda t, f=field: self._model.amend(gaps, {f: t}, typed=True)
            )

    def _severities(self) -> dict[str, str]:
        """Those to choose from; without a choice the one that follows from the answer."""
        is_own = any(gap.question == RECORDED for gap in self.gaps)
        found = {gap.severity for gap in self.gaps} if not is_own else set()
        derived = self._words(f"severity.{found.pop().value}") if len(found) == 1 else ""
        none = self.tr("{0}, from the answer").format(derived) if derived else ""
        return {**self._model.choices("severity"), "": none}

    def _offer(self, box: ChoiceBox, choices: dict[str, str], values: list[object]) -> None:
        same = len(set(values)) <= 1
        box.offer(choices, str(values[0] or "") if values and same else "")
        if not same:
            box.show_several(self.tr("differ"))

    def _put(self, field: str, value: str) -> None:
        if not self._model.put_text(self.gaps, field, value):
            self.refresh()

    def _put_date(self, field: str, line: Line) -> None:
        """What is no date stays in sight until it is mended or another gap is shown."""
        if line.isModified() and self.gaps:
            line.setModified(False)
            taken = self._model.put_text(self.gaps, field, line.text())
            line.setModified(not taken)
            self.refresh()
