"""The ledger of model upgrades, judged by the snapshot nearest to each one."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from app.desk.desk import Desk
from app.domain.ids import QuestionId, SnapshotId, WorkflowId
from app.domain.landscape import ModelUpgrade
from app.domain.replies import Case, case
from app.domain.statements import Fallacy
from app.domain.upgrades import Bought, Ledger, Moment, ledger
from app.domain.workshop import Snapshot
from app.errors import PlumblineError
from app.exchange.audit_json import audit_from_json
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import money, short_question, workflow_name
from app.ui.page import Bench, translate
from app.words import Words

JOB = "ledger {0}"
VERDICT_TONES = {Fallacy.YES: "alarm", Fallacy.NO: "good", Fallacy.CANNOT_SAY: "third"}
Kept = Mapping[WorkflowId, Case]


class LedgerReader(QObject):
    """Reads what snapshots knew of the workflows that have an upgrade, one after the other."""

    read = Signal()

    def __init__(self, desk: Desk, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._job = desk, JOB.format(name)
        self._moments: dict[SnapshotId, Kept] = {}
        self._about: frozenset[WorkflowId] = frozenset()
        self._under_way = False

    def ledger(self) -> Ledger:
        """By the record as it is now where no snapshot was read yet."""
        audit = self._desk.audit
        about = sorted({u.workflow for u in audit.upgrades.values()})
        past: dict[WorkflowId, list[Moment]] = {w: [] for w in about}
        for id_, found in sorted(self._moments.items()):
            if id_ in audit.snapshots:
                day = audit.snapshots[id_].at.date()
                for workflow in found.keys() & past.keys():
                    past[workflow].append(Moment(day, found[workflow]))
        return ledger(audit, {w: self._desk.case(w) for w in about}, past)

    def want(self) -> None:
        """Read the next snapshot that was not read; bytes here, everything else in a worker."""
        audit = self._desk.audit
        about = frozenset(u.workflow for u in audit.upgrades.values())
        if not about <= self._about:
            self._moments, self._about = {}, about
            self._desk.jobs.cancel(self._job)
            self._under_way = False
        left = sorted(audit.snapshots.keys() - self._moments.keys())
        if self._under_way or not left or not about or self._desk.file is None:
            return
        self._read(left[0], audit.snapshots[left[0]])

    def forget(self) -> None:
        self._desk.jobs.cancel(self._job)
        self._moments, self._about, self._under_way = {}, frozenset(), False

    def _read(self, id_: SnapshotId, snapshot: Snapshot) -> None:
        assert self._desk.file is not None
        about, day = self._about, snapshot.at.date()
        try:
            body = self._desk.file.snapshot_body(snapshot.body)
        except PlumblineError:
            self._take(id_, {})  # The history page says what is wrong with it.
            return

        def work() -> Kept:
            then = audit_from_json(body)
            return {w: case(then, w, day) for w in sorted(about & then.workflows.keys())}

        self._under_way = True
        self._desk.jobs.run(
            self._job, work, lambda kept: self._take(id_, kept), lambda _e: self._take(id_, {})
        )

    def _take(self, id_: SnapshotId, kept: Kept) -> None:
        self._moments[id_], self._under_way = kept, False
        self.read.emit()
        self.want()


class LedgerModel(RowsModel[Bought]):
    """What was bought, for how much, and what was undefined around it."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        desk, words, tr = bench.desk, bench.words, translate

        def cost(row: Bought) -> str:
            return money(desk.audit, row.upgrade.cost, words)

        columns = (
            RowColumn(
                tr("Date"), lambda r: words.short_date(r.upgrade.date), 108,
                order=lambda r: r.upgrade.date,
            ),
            RowColumn(
                tr("Workflow"), lambda r: workflow_name(desk.audit, r.upgrade.workflow), 165
            ),
            RowColumn(tr("Upgrade"), lambda r: change_text(r.upgrade), 185),
            RowColumn(tr("Cost"), cost, 85, order=lambda r: r.upgrade.cost or 0),
            RowColumn(
                tr("Verdict"), lambda r: words.of(r.ground.verdict, "fallacy"), 195,
                tone=lambda r: VERDICT_TONES[r.ground.verdict],
            ),
            RowColumn(
                tr("Open then"), lambda r: undefined(bench, r), 170,
                tip=tr("Entry questions that were not met, or that nobody knew."),
            ),
            RowColumn(tr("Judged by"), lambda r: judged(words, r), 170),
        )  # fmt: skip
        super().__init__(desk, bench.look, columns, lambda r: r.id, parent)


def undefined(bench: Bench, row: Bought) -> str:
    return ", ".join(short_entry(bench, q) for q in row.undefined)


def short_entry(bench: Bench, question: QuestionId) -> str:
    """A few words where the bank's questions have them, else the id."""
    text = short_question(bench.desk.audit.bank, question, bench.words)
    return str(question) if text.endswith("?") else text


def judged(words: Words, row: Bought) -> str:
    """By which moment an upgrade is judged."""
    if row.ground.judged is None:
        return translate("the record as it is now")
    return translate("snapshot of {0}").format(words.short_date(row.ground.judged))


def fallacy_sentence(bench: Bench, found: Ledger) -> str:
    """How many upgrades were bought before the flow was defined, and what they cost."""
    words, audit = bench.words, bench.desk.audit
    if not found.rows:
        return translate("No model upgrade is recorded.")
    hasty = len(found.of(Fallacy.YES))
    said = translate(
        "Bought while routing, context or rules were not defined: {0} of {1} upgrades"
    ).format(words.figure(hasty), words.figure(len(found.rows)))
    amount, costed = found.cost(Fallacy.YES)
    if costed:
        said = translate("{0}; recorded cost {1}").format(said, money(audit, amount, words))
    return f"{said}."


def change_text(upgrade: ModelUpgrade) -> str:
    """`before → after`."""
    return " → ".join(part for part in (upgrade.before, upgrade.after) if part)
