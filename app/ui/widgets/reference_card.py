"""The reference set and the bank an audit stands on: read-only, with source and date."""

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.domain.bank import Citation
from app.ui.page import Bench, button, label


class ReferenceCard(QFrame):
    """Its figures are claims, never measurements, and it says so."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.words = bench.desk, bench.words
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        self.name = label("", "lead")
        self.claim, self.source = label(""), label("", "quiet")
        self.bank = label("", "lead")
        self.bank_more = label("", "quiet")
        self.more = button(self.tr("What was checked"), "flat")
        self.more.setCheckable(True)
        self.checked = QWidget()
        self.grid = QGridLayout(self.checked)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setVerticalSpacing(10)
        self.checked.hide()
        self.more.toggled.connect(self.checked.setVisible)
        for widget in (
            label(self.tr("Reference set"), "heading"), self.name, self.claim, self.source,
            self.more, self.checked,
            label(self.tr("Question bank"), "heading"), self.bank, self.bank_more,
        ):  # fmt: skip
            column.addWidget(widget)

    def show_audit(self) -> None:
        audit = self.desk.audit
        reference, bank = audit.reference, audit.bank
        self.name.setText(f"{reference.title}, {reference.date}")
        shares = ", ".join(
            f"{c.title} {self.words.percent(reference.shares[c.id])}"
            for c in bank.categories
            if c.id in reference.shares
        )
        self.claim.setText(
            self.tr(
                "Starts from {0} missing their target: a claim, not a measurement. "
                "Causes it assumes: {1}."
            ).format(self.words.percent(reference.base_rate), shares)
        )
        self.source.setText(self.tr("Source: {0}").format(reference.source))
        self.more.setText(self.tr("What was checked ({0})").format(len(reference.citations)))
        self.more.setVisible(bool(reference.citations))
        if self.grid.count() != len(reference.citations):
            self._show_citations(reference.citations)
        self.bank.setText(self.tr("{0}, version {1}").format(bank.title, bank.version))
        conditions = sum(q.golive_at is not None for q in bank.questions)
        self.bank_more.setText(
            self.tr("{0}, {1} for going live, {2} roadmap actions.").format(
                self.words.count("question", len(bank.questions)),
                self.words.count("condition", conditions),
                len(bank.actions),
            )
        )

    def _show_citations(self, citations: tuple[Citation, ...]) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            item.widget().deleteLater()
        for row, citation in enumerate(citations):
            self.grid.addWidget(self._citation(citation), row, 0)

    def _citation(self, citation: Citation) -> QLabel:
        return label(
            self.tr("{0}\nFound: {1}\nUsed: {2}").format(
                citation.claim, citation.found, citation.used
            ),
            "quiet",
        )
