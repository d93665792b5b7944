"""What only a gap recorded in the room has: its own words, its place, and that it can be closed."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFormLayout, QPushButton

from app.domain.audit import Audit
from app.domain.gaps import Gap
from app.domain.ids import ORGANISATION, OwnGapId, Target
from app.domain.planning import OwnGap
from app.ui.models.gap.tree import GapTree
from app.ui.models.targets import target_name
from app.ui.page import Bench, button, label
from app.ui.widgets.form_fields import ChoiceBox, Paragraph
from app.ui.widgets.late_text import LateText


class OwnGapFields(QObject):
    """Rows of the form beside the list, shown where every selected gap was recorded."""

    def __init__(self, bench: Bench, model: GapTree, form: QFormLayout) -> None:
        super().__init__()
        self._desk, self._words, self._model, self._form = bench.desk, bench.words, model, form
        self._gaps: list[Gap] = []
        self.text, self.where, self.stage = Paragraph(3), ChoiceBox(), ChoiceBox()
        self.close: QPushButton = button("")
        self._late = LateText(bench.desk, self.text)
        for title, field in (
            (self.tr("What is missing"), self.text),
            (self.tr("Where"), self.where),
            (self.tr("Stage"), self.stage),
        ):
            field.setAccessibleName(title)
            caption = label(title, wrap=False)
            caption.setBuddy(field)
            form.addRow(caption, field)
        self.where.chosen.connect(lambda value: self._put("target", Target(value)))
        self.stage.chosen.connect(lambda value: self._put("stage", value or None))
        self.close.clicked.connect(self._close_or_open)

    def show_gaps(self, gaps: list[Gap]) -> None:
        """Fill the rows from the audit, or hide them where a gap was derived."""
        audit = self._desk.audit
        own = [audit.own_gaps.get(OwnGapId(g.key)) for g in gaps]
        records = [record for record in own if record is not None]
        is_own = bool(gaps) and len(records) == len(gaps)
        self._gaps = gaps if is_own else []
        one = records[0] if is_own and len(records) == 1 else None
        for field in (self.text, self.where, self.stage):
            self._form.setRowVisible(field, one is not None)
        is_open = not self._desk.read_only
        self.close.setVisible(is_own)
        self.close.setEnabled(is_open)
        text = self.tr("Take up again") if self._are_closed(audit) else self.tr("Close the gap")
        self.close.setText(text)
        self.close.setAccessibleName(text)
        if one is not None:
            self._fill(audit, gaps[0], one)
        for field in (self.text, self.where, self.stage):
            field.set_locked(not is_open)

    def _fill(self, audit: Audit, gap: Gap, record: OwnGap) -> None:
        names = {str(w): r.name for w, r in audit.workflows.items() if r.is_active}
        names |= {str(record.target): target_name(audit, record.target, self._words)}
        names.pop(ORGANISATION, None)
        by_name = sorted(names.items(), key=lambda item: item[1].casefold())
        organisation = target_name(audit, ORGANISATION, self._words)
        self.where.offer({ORGANISATION: organisation, **dict(by_name)}, str(record.target))
        stages = {str(s.id): s.title for s in audit.bank.stages}
        self.stage.offer({"": "", **stages}, str(record.stage or ""))
        self._late.show_text(gap.key, record.text, lambda t, g=gap: self._say([g], t))

    def _say(self, gaps: list[Gap], text: str) -> None:
        """While everything is rubbed out to be typed anew, the old words stay."""
        if text.strip():
            self._model.amend(gaps, {"text": text}, typed=True)

    def _put(self, field: str, value: object) -> None:
        if self._gaps and not self._model.amend(self._gaps, {field: value}):
            self.show_gaps(self._gaps)

    def _are_closed(self, audit: Audit) -> bool:
        return bool(self._gaps) and all(audit.own_gaps[OwnGapId(g.key)].closed for g in self._gaps)

    def _close_or_open(self) -> None:
        self._model.close(self._gaps, closed=not self._are_closed(self._desk.audit))
