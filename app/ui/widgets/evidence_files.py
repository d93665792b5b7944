"""Evidence recorded for one question, with the files that were attached to it."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.desk.evidence import Attachments
from app.domain.answers import Evidence
from app.domain.ids import EvidenceId, QuestionId, Target
from app.exchange.attachment import LIMIT, file_name
from app.ui.page import Bench, button, label
from app.ui.widgets.chips import WrapLayout

MOST = 8
"""Pieces shown one by one; the rest is counted."""


class EvidenceFiles(QWidget):
    """A row for each piece: its title, and Open and Remove, or Attach."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk = bench, bench.desk
        self.files = Attachments(bench.desk, self)
        self._place: tuple[Target, QuestionId] | None = None
        self._shown: object = None
        self.attach = button(
            self.tr("Attach a file…"),
            "flat",
            self.tr("Attach a file as evidence, up to {0} MB").format(LIMIT // 1024 // 1024),
        )
        self.attach.clicked.connect(lambda: self.ask_file())
        self._rows = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._rows)
        row = WrapLayout()
        row.addWidget(self.attach)
        column.addLayout(row)
        self.hide()

    def show_place(self, target: Target | None, question: QuestionId | None) -> None:
        """The evidence of a question about a target; nothing where there is no target."""
        self._place = (target, question) if target and question else None
        self.setVisible(self._place is not None)
        if self._place is None:
            return
        self.attach.setEnabled(self._desk.read_only is None)
        group = self._desk.audit.evidence.get(Target(target or ""), {})
        found = [(k, e) for k, e in sorted(group.items()) if e.question == question]
        shown = (self._place, found, self._desk.read_only)
        if shown != self._shown:
            self._shown = shown
            self._fill(found)

    def _fill(self, found: list[tuple[EvidenceId, Evidence]]) -> None:
        """A question has a few pieces at most, so each may have widgets of its own."""
        had_focus = self._rows.isAncestorOf(self.focusWidget() or self)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for key, record in found[:MOST]:
            column.addWidget(self._row(key, record))
        if len(found) > MOST:
            column.addWidget(label(self.tr("and {0} more").format(len(found) - MOST), "quiet"))
        self.layout().replaceWidget(self._rows, made)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = made
        made.setVisible(bool(found))
        if had_focus:
            self.attach.setFocus()

    def _row(self, key: EvidenceId, record: Evidence) -> QWidget:
        made = QWidget()
        row = WrapLayout(made)
        row.setSpacing(4)
        named = label(record.title, "lead")
        named.setMinimumHeight(self.attach.sizeHint().height())
        row.addWidget(named)
        tr, title = self.tr, record.title
        acts = [(tr("Attach…"), tr("Attach a file to {0}"), lambda: self.ask_file(key), True)]
        if record.sha256:
            look = (tr("Open"), tr("Open a copy of {0}"), lambda: self.open(record), False)
            if not self.files.may_open(record):
                look = (
                    tr("Save as…"),
                    tr("Save a copy of {0}"),
                    lambda: self.ask_place(record),
                    False,
                )
            away = (tr("Remove"), tr("Remove the file of {0}; Undo brings it back"),
                    lambda: self.remove(key, title), True)  # fmt: skip
            acts = [look, away]
        for text, tip, act, writes in acts:
            press = button(text, "flat", tip.format(title))
            press.setEnabled(not (writes and self._desk.read_only))
            press.clicked.connect(lambda _checked=False, a=act: a())
            row.addWidget(press)
        return made

    # What the buttons do.

    def ask_file(self, key: EvidenceId | None = None) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Attach a file as evidence"))
        if name:
            self.take(Path(name), key)

    def take(self, path: Path, key: EvidenceId | None = None) -> bool:
        """Attach a file to a piece of evidence, or to a new one."""
        if self._place is None:
            return False
        target, question = self._place
        text = self.tr("Attach {0} to {1}").format(path.name, question)
        return self.files.attach(path, text, target, question, key)

    def remove(self, key: EvidenceId, title: str) -> None:
        if self._place:
            self.files.detach(self.tr("Remove the file of {0}").format(title), self._place[0], key)

    def open(self, record: Evidence) -> None:
        """Show a read-only copy with the system's program."""
        path = self.files.copy(record)
        if path and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._bench.tell(
                self.tr("No program opened {0}. A copy to look at is {1}.").format(
                    record.title, path
                )
            )

    def ask_place(self, record: Evidence) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save a copy of the evidence"),
            file_name(record.title, record.media_type),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.files.save(record, Path(name))
