"""The missing-middle map: who runs each of the seven stages of each workflow."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.charts.frame import initials_of
from app.charts.palette import LEVEL_INKS, LEVELS
from app.domain.bank import Stage
from app.domain.ids import StageId, WorkflowId
from app.domain.landscape import Mechanism, StageRecord
from app.domain.risk.results import StageCover
from app.domain.risk.stages import cover, is_asked, is_unowned, stage_level
from app.ui.models.matrix import Cell, Head, MatrixModel, RowHead
from app.ui.models.register import Register
from app.words import Words

STATE, MET = "state", "met"


class MiddleModel(MatrixModel):
    def __init__(self, register: Register, words: Words, parent: QObject | None = None) -> None:
        super().__init__(register.desk, parent)
        self._register, self._words = register, words
        self.wanted: Callable[[WorkflowId], bool] = lambda _workflow: True

    def make_heads(self) -> tuple[Head, ...]:
        bank, words = self.desk.audit.bank, self._words
        stages = sorted(bank.stages, key=lambda s: s.order)
        states = ("live_without_cover", "may_go_live", "may_build", "not_defined")
        longest = max((words(f"state.{s}") for s in states), key=len)
        return (
            *(Head(s.id, s.title, (s.title, self._if_missing(s))) for s in stages),
            Head(STATE, words("label.state"), sample=longest, leading=True),
            Head(MET, self.tr("Conditions"), sample=self.tr("Conditions")),
        )

    def ordered_ids(self) -> list[str]:
        ids = [w for w in self._register.active() if self.wanted(w)]
        if self.sorted_by:
            ids.sort(key=self._rank, reverse=self.is_reversed)
        return [str(w) for w in ids]

    def _rank(self, workflow: WorkflowId) -> int:
        """Missing stages and few conditions first."""
        known = self._register.all().get(workflow)
        if known is None or self.sorted_by == STATE:
            return 0
        if self.sorted_by == MET:
            return known.met
        order = (StageCover.MISSING, StageCover.NOT_KNOWN, StageCover.COVERED)
        found = known.cover.get(StageId(self.sorted_by))
        return order.index(found) if found else len(order)

    def make_name(self, id_: str) -> RowHead:
        record = self.desk.audit.workflows[WorkflowId(id_)]
        lifecycle = self._words(f"lifecycle.{record.lifecycle.value}") if record.lifecycle else ""
        detail = ", ".join(part for part in (lifecycle, record.unit) if part)
        tip = (record.name, detail, self.tr("Click to walk the flow."))
        return RowHead(record.name, lifecycle, tip=tip)

    def make_cell(self, id_: str, head: Head) -> Cell:
        workflow = WorkflowId(id_)
        if head.key in (STATE, MET):
            return self._standing(workflow, head.key)
        stage = next(s for s in self.desk.audit.bank.stages if s.id == head.key)
        record = self.desk.audit.stages.get(workflow, {}).get(stage.id, StageRecord())
        case = self.desk.case(workflow)
        level, missing = stage_level(case, stage.id), cover(record) is StageCover.MISSING
        nobody = is_unowned(record, case, stage.id)
        asked = is_asked(case, stage.id)
        tip = self._tip(workflow, stage, record, nobody=nobody, asked=asked)
        if record == StageRecord() and not asked:
            return Cell(
                self._words("chart.unknown"), hatched=True, tip=tip, said=self.tr("not asked")
            )
        if nobody and level is None:
            level = 0
        said = ", ".join((self._owner(record, nobody=nobody), self._level(level))).rstrip(", ")
        return Cell(
            self._words("chart.none") if nobody else self._initials(record),
            self._hand(record),
            fill=LEVELS[level] if level is not None else "",
            ink=LEVEL_INKS[level] if level is not None else "",
            dashed=missing and level is None,
            empty=level is None,
            tip=tip,
            said=f"{said}, {self.tr('missing')}" if missing else said,
        )

    def _standing(self, workflow: WorkflowId, key: str) -> Cell:
        found = self._register.known(workflow)
        if key == STATE:
            return Cell(self._words(f"state.{found.state.value}"), chip=found.state.value)
        of = len(found.conditions.golive)
        text = self._words("label.n_of_m", n=found.met, of=of)
        tip = (self.tr("Conditions met and shown, or not applicable. Click to see all of them."),)
        return Cell(text, bold=False, tip=tip)

    def _initials(self, record: StageRecord) -> str:
        return initials_of(self._name(record)) or self._words("chart.unknown")

    def _name(self, record: StageRecord) -> str:
        person = self.desk.audit.people.get(record.owner)
        return person.name if person else ""

    def _owner(self, record: StageRecord, *, nobody: bool) -> str:
        if nobody:
            return self.tr("nobody owns it")
        return self._name(record) or self.tr("owner not recorded")

    def _hand(self, record: StageRecord) -> str:
        if record.mechanism is Mechanism.USER:
            return self._words("chart.by_hand")
        return self._words("chart.nothing") if record.mechanism is Mechanism.NOBODY else ""

    def _level(self, level: int | None) -> str:
        if level is None:
            return ""
        name = self.desk.audit.bank.level_names[level]
        return self._words("label.level_named", level=level, name=name)

    def _if_missing(self, stage: Stage) -> str:
        return self.tr("If it is missing: {0}").format(stage.if_missing) if stage.if_missing else ""

    def _tip(
        self,
        workflow: WorkflowId,
        stage: Stage,
        record: StageRecord,
        *,
        nobody: bool,
        asked: bool,
    ) -> tuple[str, ...]:
        """Who owns it, what does it, how well, and who fills it by hand where it is missing."""
        name = self.desk.audit.workflows[workflow].name
        lines = [f"{name}: {stage.title}"]
        if record == StageRecord() and not asked:
            lines.append(self.tr("Not asked: nobody said yet who owns it or what does it."))
        else:
            unknown = self.tr("not recorded")
            does = self._words.of(record.mechanism, "mechanism") if record.mechanism else unknown
            owner = self._owner(record, nobody=nobody)
            lines.append(self.tr("Owner: {0}. Done by: {1}.").format(owner, does))
        level = stage_level(self.desk.case(workflow), stage.id)
        if level is not None:
            lines.append(self.tr("Answers: level {0}").format(self._level(level)))
        elif asked:
            lines.append(self.tr("Answers: no level yet."))
        if cover(record) is StageCover.MISSING:
            lines.append(self.tr("Missing. {0}").format(stage.if_missing))
        elif cover(record) is StageCover.NOT_KNOWN:
            lines.append(self._if_missing(stage))
        if record.by_hand:
            lines.append(self.tr("In the pilot by hand: {0}").format(record.by_hand))
        return (*lines, self.tr("Click to open this stage."))
