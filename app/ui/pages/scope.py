"""What is audited and who takes part: organisation, people, platforms and the reference set."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.desk.walls import rate_wall
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.ids import PersonId, PlatformId
from app.domain.sessions import named_people
from app.domain.symptoms import Symptom
from app.domain.wall import Wall
from app.ui.dialogs.name_removal import ask_removal
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.records import RecordModel
from app.ui.models.symptoms import SymptomModel
from app.ui.models.typed import typed_number
from app.ui.page import (
    Bench,
    Completeness,
    Page,
    Place,
    button,
    card,
    head,
    label,
    scrolled,
    translate,
)
from app.ui.record_table import RecordTable
from app.ui.widgets.fitted_table import FittedRows
from app.ui.widgets.folding_row import FoldingRow
from app.ui.widgets.record_form import Field, RecordForm
from app.ui.widgets.reference_card import ReferenceCard

COMMON = ("adoption", "monitoring", "middle")
"""Symptoms that many start from, by the section asked first."""
WIDE = 54
"""Heights of a line that two columns beside each other need."""
NEEDED = ("title", "name", "day_rate", "sponsor", "decision_wanted", "own_rate")


class ScopePage(Page):
    key = "scope"
    group = "prepare"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        row, _, self._lead = head(self.title(), "")
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 6, 0)
        sides = FoldingRow(WIDE)
        whole.addWidget(sides)
        whole.addStretch(1)
        for cards in (self._left(), self._right()):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(14)
            for made in cards:
                column.addWidget(made)
            column.addStretch(1)
            sides.add(side, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 14, 16)
        outer.setSpacing(12)
        outer.addLayout(row)
        outer.addWidget(scrolled(inside, self.title()), 1)

    @staticmethod
    def title() -> str:
        return translate("Scope and people")

    def _left(self) -> list[QWidget]:
        frame, column = card()
        self.ask = label(self.tr("Who decides after this workshop?"), "question")
        self.ask_more = label(
            self.tr("Add that person under Participants, then choose them as sponsor."), "lead"
        )
        self.form = RecordForm(
            self.desk, "organisation", self._fields(), lambda: self.tr("Change the scope")
        )
        for widget in (label(self.tr("Organisation"), "heading"), self.ask, self.ask_more):
            column.addWidget(widget)
        column.addWidget(self.form)
        return [frame, self._symptom_card()]

    def _right(self) -> list[QWidget]:
        self.people = self._table("people", self._people_columns(), self.tr("person"), "p")
        self.people.records.wanted = lambda id_: PersonId(id_) in named_people(self.desk.audit)
        self.people.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.blank = QAction(self.tr("Remove the name for good…"), self.people)
        self.blank.triggered.connect(self.ask_blank)
        self.people.addAction(self.blank)
        self.platforms = self._table(
            "platforms", self._platform_columns(), self.tr("platform"), "platform-"
        )
        self.reference = ReferenceCard(self.bench)
        return [
            self._table_card(
                self.tr("Participants"),
                self.tr("Seat is the order in which votes are typed; a role stands for a name."),
                self.people,
            ),
            self._table_card(
                self.tr("Platforms"),
                self.tr("What several workflows share: its questions are answered once."),
                self.platforms,
            ),
            self.reference,
        ]

    def _fields(self) -> list[Field]:
        tr = self.tr
        return [
            Field(Column(tr("Title of the audit"), "title")),
            Field(Column(tr("Organisation"), "name")),
            Field(Column(tr("Sponsor"), "sponsor", Kind.CHOICE, people)),
            Field(
                Column(tr("Decision wanted"), "decision_wanted"), lines=2,
                hint=tr("Which pilots go on, in which order, and who owns what is missing?"),
            ),
            Field(
                Column(
                    tr("Own starting rate"), "own_rate", Kind.NUMBER,
                    tip=tr("Of ten such deployments, how many would this room expect to miss "
                           "their target? The order of workflows does not depend on it."),
                ),
                show=lambda rate: "" if rate is None else f"{rate * 10:g}", read=self._rate,
                hint=tr("of ten, how many miss?"),
            ),
            Field(Column(tr("Currency"), "currency"), hint="EUR"),
            Field(Column(tr("Day rate"), "day_rate", Kind.NUMBER), hint=tr("for one person-day")),
            Field(Column(tr("Classification"), "classification"), hint=tr("Internal")),
            Field(Column(tr("Note"), "note"), lines=2),
        ]  # fmt: skip

    def _rate(self, text: str) -> float | None:
        if not text.strip():
            return None
        rate = typed_number(text.replace(",", "."))
        if not 0 < rate < 10:
            raise ValueError(
                self.tr("Of ten deployments more than 0 and fewer than 10 miss their target")
            )
        return rate / 10

    def _symptom_card(self) -> QWidget:
        frame, column = card()
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Symptoms"), "heading"), 1)
        add = button(self.tr("Add a common one"))
        menu = QMenu(add)
        for section in COMMON:
            text = self.words(f"symptom.{section}")
            menu.addAction(text, lambda t=text, s=section: self.symptoms.add(Symptom(t, s)))
        add.setMenu(menu)
        row.addWidget(add)
        self.symptoms = SymptomModel(self.desk, self.look, self)
        self.symptom_table = RecordTable(self.symptoms, self.tr("Symptoms"))
        self.symptom_table.setSortingEnabled(False)
        FittedRows(self.symptom_table, least=3, most=8)
        column.addLayout(row)
        column.addWidget(
            label(self.tr("Each one names the section of questions that is asked first."), "quiet")
        )
        column.addWidget(self.symptom_table)
        return frame

    def _people_columns(self) -> list[Column]:
        tr = self.tr
        return [
            Column(tr("Name"), "name", width=140),
            Column(tr("Role"), "role", width=150),
            Column(
                tr("Answers for"), "area", Kind.CHOICE, areas, width=122,
                tip=tr("Whose questions of the bank this person answers"),
            ),
            Column(tr("Seat"), "seat", Kind.NUMBER, whole=True, width=52),
            Column(tr("Note"), "note", width=90),
        ]  # fmt: skip

    def _platform_columns(self) -> list[Column]:
        tr = self.tr
        return [
            Column(tr("Name"), "name", width=180),
            Column(tr("Owner"), "owner", Kind.CHOICE, people, adds_people=True, width=140),
            Column(tr("Note"), "note", width=130),
        ]

    def _table(
        self, collection: str, columns: Sequence[Column], word: str, prefix: str
    ) -> RecordTable:
        model = RecordModel(
            self.desk, self.look, collection, columns, word=word, prefix=prefix, parent=self
        )
        return RecordTable(model, word)

    def _table_card(self, title: str, lead: str, table: RecordTable) -> QWidget:
        frame, column = card()
        table.setAccessibleName(title)
        FittedRows(table, most=12)
        for widget in (label(title, "heading"), label(lead, "quiet"), table):
            column.addWidget(widget)
        return frame

    def show_audit(self) -> None:
        self.form.show_records([()])
        for model in (self.people.records, self.platforms.records, self.symptoms):
            model.show_audit()
        self._show_rest()

    def follow(self, changes: Sequence[Change]) -> None:
        for model in (self.people.records, self.platforms.records, self.symptoms):
            model.follow(changes)
        self.form.refresh()
        self._show_rest()

    def _show_rest(self) -> None:
        audit = self.desk.audit
        for widget in (self.ask, self.ask_more):
            widget.setVisible(audit.organisation.sponsor is None)
        self._lead.setText(self._said(audit))
        self.reference.show_audit()

    def _said(self, audit: Audit) -> str:
        sponsor = audit.people.get(audit.organisation.sponsor or PersonId(""))
        if sponsor is None:
            return self.tr("Who is in the room, what they share, and what should be decided.")
        return self.tr("{0} decides after this workshop. {1} take part.").format(
            sponsor.name, self.words.count("person", len(named_people(audit)))
        )

    def take_focus(self) -> None:
        self.form.focus_field(self.form.fields[0].column.field)

    def go_to(self, place: Place) -> None:
        """`key`: a person, a platform, or a field of the audit's frame."""
        audit = self.desk.audit
        if self.form.has_field(place.key):
            self.form.focus_field(place.key)
        elif PersonId(place.key) in named_people(audit):
            self.people.show_record(place.key, place.field)
            self.people.setFocus()
        elif PlatformId(place.key) in audit.platforms:
            self.platforms.show_record(place.key, place.field)
            self.platforms.setFocus()

    def ask_blank(self) -> None:
        """Remove the name of the person chosen in the table; asked first."""
        person = self.people.current_id
        if person is None:
            self.bench.tell(self.tr("Choose a person in the table first."))
            self.people.setFocus()
        elif self.desk.read_only:
            self.bench.tell(self.desk.read_only)
        else:
            ask_removal(self, self.bench, PersonId(person))

    def wall(self) -> Wall | None:
        """The opening round: the room's own starting rate."""
        return rate_wall(self.words)

    def completeness(self) -> Completeness:
        audit = self.desk.audit
        given = sum(bool(getattr(audit.organisation, field)) for field in NEEDED)
        people = len(named_people(audit))
        return Completeness(given + bool(people), len(NEEDED) + 1, str(people))


def areas(audit: Audit) -> dict[str, str]:
    """Respondent kinds of the bank."""
    return {"": "", **{r.id: r.label for r in audit.bank.respondents}}
