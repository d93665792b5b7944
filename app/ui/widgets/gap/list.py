"""The first tab of the page of gaps: chips and a search over the tree, the answer beside it."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.domain.gaps import Gap, is_asked
from app.domain.ids import GapKey, QuestionId
from app.domain.planning import Severity
from app.ui.finder import Find, Finder
from app.ui.models.gap.traits import (
    CLOSED,
    DUE_SOON,
    MERGED,
    NO_OWNER,
    NOT_KNOWN,
    Narrowed,
    is_merged,
    narrowed,
    own_gap,
    recorded,
)
from app.ui.models.gap.tree import GapTree
from app.ui.models.targets import target_name
from app.ui.page import Bench, button, label, scrolled
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.gap.detail import GapDetail
from app.ui.widgets.gap.tree import GapTreeView

AT_ONCE = 3000
"""Up to so many gaps are filtered within the same frame, and may all be unfolded."""


class GapList(QWidget):
    opened = Signal(object)
    """The gap whose answer is wanted."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk, self._words = bench, bench.desk, bench.words
        self._gaps: Sequence[Gap] = ()
        self._of = 0
        self._wanted: tuple[GapKey | None, QuestionId | None] | None = None
        self.chips = Chips(bench.look, self.tr("Filter gaps"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter"))
        self.search.setAccessibleName(self.tr("Filter gaps by words"))
        self.search.setClearButtonEnabled(True)
        self.model = GapTree(bench.desk, bench.look, bench.words, self)
        self.tree = GapTreeView(self.model, bench.look, self.tr("Gaps by question"))
        self.detail = GapDetail(bench, self.model)
        self.empty = label("", "lead")
        self.unfold = button(self.tr("Unfold all"))
        self._lay_out()
        self.chips.changed.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.tree.chosen.connect(self._choose)
        self.unfold.clicked.connect(self._fold_or_unfold)
        for source in (self.tree, self.detail):
            source.opened.connect(self._open)
            source.merging.connect(self.ask_merge)
        bench.look.changed.connect(self._scale)
        self._scale()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.search.setMinimumWidth(150)
        row.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        self.pane = scrolled(self.detail, self.tr("The answer behind the gap"))
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(10)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.addWidget(self.tree)
        self.split.addWidget(self.pane)
        self.split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.empty)
        column.addWidget(self.split, 1)

    def _scale(self) -> None:
        self.tree.scale_columns()
        tall = self.fontMetrics().height()
        self.pane.setMinimumWidth(13 * tall)
        self.split.setSizes([43 * tall, 17 * tall])

    # Showing.

    def show_gaps(self, gaps: Sequence[Gap], of: int) -> None:
        """All gaps as the core finds them and people recorded them, of so many workflows."""
        self._gaps, self._of = (*recorded(self._desk.audit), *gaps), of
        self._filter()

    def _filter(self) -> None:
        audit, today = self._desk.audit, self._desk.today()
        gaps, chosen, search = self._gaps, self.chips.chosen, self.search.text()
        work = partial(narrowed, audit, gaps, chosen, search, self._words, today)
        if len(gaps) <= AT_ONCE:
            self._desk.jobs.cancel("gap_filter")
            self._take(work())
        else:
            self._desk.jobs.run("gap_filter", work, self._take, self._fail)

    def _fail(self, error: Exception) -> None:
        raise error

    def _take(self, found: Narrowed) -> None:
        self._show_chips(found.counts)
        self._say_empty(bool(found.groups))
        self.model.show_groups(found.groups, self._of)
        if found.groups and not self.tree.currentIndex().isValid():
            # An answer to read from the start, and how far the tree unfolds.
            self.tree.show_gap(found.groups[0].gaps[0].key)
        self._choose()
        self._name_fold()
        if self._wanted:
            wanted, self._wanted = self._wanted, None
            self._show_place(*wanted)

    def _say_empty(self, some: bool) -> None:
        if self._gaps:
            self.empty.setText(self.tr("No gap matches. Switch a chip off or clear the filter."))
        elif is_asked(self._desk.audit):
            self.empty.setText(self._words("list.empty.gaps"))
        else:
            self.empty.setText(self._words("list.not_asked"))
        self.empty.setVisible(not some)
        self.split.setVisible(bool(self._gaps))
        for widget in (self.chips, self.search):
            widget.setVisible(bool(self._gaps))
        self.unfold.setVisible(0 < len(self._gaps) <= AT_ONCE)

    def _show_chips(self, counts: Mapping[str, int]) -> None:
        tr, words, count = self.tr, self._words, lambda key: counts.get(key, 0)
        chips = [Chip(s.value, words(f"severity.{s.value}"), count(s.value)) for s in Severity]
        chips += [
            Chip(NOT_KNOWN, tr("not known"), count(NOT_KNOWN), tr("Nobody in the room knows")),
            Chip(NO_OWNER, tr("without owner"), count(NO_OWNER)),
            Chip(DUE_SOON, tr("due"), count(DUE_SOON), tr("Overdue or due within two weeks")),
        ]
        if count(MERGED) or MERGED in self.chips.chosen:
            tip = tr("Counted as part of another gap")
            chips.append(Chip(MERGED, tr("merged"), count(MERGED), tip))
        if count(CLOSED) or CLOSED in self.chips.chosen:
            tip = tr("Recorded in the room and closed since")
            chips.append(Chip(CLOSED, tr("closed"), count(CLOSED), tip))
        self.chips.show_chips(chips)

    def _choose(self) -> None:
        self.detail.show_gaps(self.tree.selected_gaps)

    def _fold_or_unfold(self) -> None:
        if self._is_unfolded():
            self.tree.collapseAll()
        else:
            self.tree.expandAll()
        self._name_fold()

    def _is_unfolded(self) -> bool:
        return bool(self.model.groups) and self.tree.isExpanded(self.model.index(0, 0))

    def _name_fold(self) -> None:
        text = self.tr("Fold all") if self._is_unfolded() else self.tr("Unfold all")
        self.unfold.setText(text)
        self.unfold.setAccessibleName(text)

    # Going and merging.

    def go(self, key: GapKey | None, question: QuestionId | None) -> None:
        """Show a gap, else the gaps of a question, without any filter that would hide it."""
        if key is not None and self.model.find(key).isValid():
            self.tree.show_gap(key)
            return
        self.chips.choose(())
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._wanted = key, question
        self._filter()

    def _show_place(self, key: GapKey | None, question: QuestionId | None) -> None:
        if not (key is not None and self.tree.show_gap(key)) and question is not None:
            self.tree.show_index(self.model.find_question(question))

    def _open(self, gap: Gap) -> None:
        """The answer behind a derived gap; the words of one that was recorded."""
        if own_gap(self._desk.audit, gap) is None:
            self.opened.emit(gap)
        else:
            self.detail.own.text.setFocus()

    def ask_merge(self) -> None:
        """Choose the gap that holds the selected ones from now on."""
        audit = self._desk.audit
        gaps = [g for g in self.tree.selected_gaps if own_gap(audit, g) is None]
        if not gaps:
            return
        dialog = Finder(self.merge_choices(gaps), self)
        said = self._merging(gaps)
        dialog.setWindowTitle(said)
        dialog.layout().insertWidget(0, label(said, "heading"))
        dialog.line.setPlaceholderText(self.tr("Words of a gap, a workflow or a question's id"))
        dialog.exec()

    def _merging(self, gaps: Sequence[Gap]) -> str:
        """What merges into what is chosen."""
        if len(gaps) > 1:
            return self.tr("Merge {0} gaps into which one?").format(len(gaps))
        name = target_name(self._desk.audit, gaps[0].target, self._words)
        return self.tr("Merge {0}, {1} into which gap?").format(gaps[0].question, name)

    def merge_choices(self, gaps: Sequence[Gap]) -> list[Find]:
        """Gaps of the same question first, then those of the same place, then the others."""
        audit = self._desk.audit
        texts = {q.id: q.gap or q.text for q in audit.bank.questions}
        taken = {gap.key for gap in gaps}
        places, questions = {g.target for g in gaps}, {g.question for g in gaps}
        others = [g for g in self._gaps if g.key not in taken and not is_merged(audit, g)]
        others.sort(key=lambda g: (g.question not in questions, g.target not in places))
        return [
            Find(
                target_name(audit, g.target, self._words),
                texts[g.question],
                g.question,
                lambda into=g.key: self.model.merge(gaps, into),
            )
            for g in others
            if g.question in texts
        ]
