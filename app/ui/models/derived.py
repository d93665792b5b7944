"""What conditions and fields say about every workflow: exposure, wrapper test, tenant to asset."""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Qt

from app.domain.audit import Audit
from app.domain.ids import QuestionId, WorkflowId
from app.domain.lanes import exposure
from app.domain.replies import Standing, Status, active_cases
from app.domain.risk.engine import Engine
from app.domain.risk.indices import tenant_asset
from app.domain.risk.results import Bounded
from app.domain.statements import WrapperTest, WrapperVerdict, wrapper_test
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import short_question, workflow_name
from app.ui.models.walk.wrapper import PARTS, REPLY_TONES, reply, rests_on, verdict
from app.ui.page import Bench, translate
from app.words import Words

FIRST_PART = 2
"""Columns before the five answers of the wrapper test, and before the questions of the index."""
VERDICTS = tuple(WrapperVerdict)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class Derived(Struct, frozen=True):
    id: WorkflowId
    exposure: int
    wrapper: WrapperTest
    asset: Bounded | None
    """None where a model of one's own is no goal."""
    owned: tuple[Standing, ...] = ()
    """The questions of the index, in its order; none where there is no index."""


def derive(engine: Engine, audit: Audit, today: dt.date) -> tuple[Derived, ...]:
    """Every active workflow: wrappers first, then by exposure, benefit and id. For a worker."""
    found = []
    for case in active_cases(audit, today):
        is_goal = case.workflow.own_model_goal is True
        found.append(
            Derived(
                case.id,
                exposure(case.workflow),
                wrapper_test(case),
                tenant_asset(engine, case) if is_goal else None,
                tuple(s for q in audit.bank.asset for s in case.of(q)) if is_goal else (),
            )
        )

    def order(row: Derived) -> tuple[int, int, int, float, str]:
        places = [VERDICTS.index(v) for v in row.wrapper.verdicts]
        worth = audit.workflows[row.id].yearly_benefit or 0.0
        return min(places), max(places), -row.exposure, -worth, row.id

    return tuple(sorted(found, key=order))


def tally(words: Words, rows: tuple[Derived, ...]) -> str:
    """`2 wrappers, 5 partly orchestrated and 4 not decided yet.`"""
    single = [row.wrapper.verdicts[0] for row in rows if len(row.wrapper.verdicts) == 1]
    said = [
        words(f"wrapper_count.{v.value}", n=n).replace("#", words.figure(n))
        for v in VERDICTS
        if (n := single.count(v))
    ]
    if left := len(rows) - len(single):
        said.append(translate("{0} not decided yet").format(words.figure(left)))
    return f"{words.listing(said)}." if said else ""


class WrapperModel(RowsModel[Derived]):
    """Workflows by the five answers of the wrapper test."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        desk, words = bench.desk, bench.words
        columns = [
            RowColumn(translate("Workflow"), lambda r: workflow_name(desk.audit, r.id), 210),
            RowColumn(translate("Verdict"), lambda r: verdict(words, r.wrapper), 220),
        ]
        for part in PARTS:
            columns.append(
                RowColumn(
                    words(f"wrapper_part.{part}"),
                    lambda r, p=part: reply(words, r.wrapper.answers[p]),
                    90,
                    tone=lambda r, p=part: REPLY_TONES[r.wrapper.answers[p]],
                    tip=translate("{0} Rests on {1}.").format(
                        words(f"wrapper_asks.{part}"), rests_on(part)
                    ),
                )
            )
        super().__init__(desk, bench.look, columns, lambda r: r.id, parent)

    def part_of(self, row: Derived, column: int) -> str:
        """The answer a column stands for; elsewhere the first that is not a yes."""
        if column >= FIRST_PART:
            return PARTS[column - FIRST_PART]
        return next((p for p in PARTS if row.wrapper.answers[p] is not True), PARTS[0])


class AssetModel(RowsModel[Derived]):
    """Workflows with a model of their own as a goal, by the questions of the index."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        desk, words = bench.desk, bench.words
        self._bench = bench
        columns = [
            RowColumn(translate("Workflow"), lambda r: workflow_name(desk.audit, r.id), 190),
            RowColumn(
                translate("0 to 100"),
                lambda r: index_text(words, r.asset),
                110,
                order=lambda r: r.asset.index if r.asset else 0,
                tip=translate("In brackets: with every open answer at its worst and at its best."),
            ),
        ]
        super().__init__(desk, bench.look, columns, lambda r: r.id, parent)
        self.questions: tuple[QuestionId, ...] = ()

    def show_asset(self, rows: tuple[Derived, ...]) -> None:
        """The columns are the questions of the bank in use."""
        audit = self._bench.desk.audit
        if audit.bank.asset != self.questions:
            self.beginResetModel()
            self.questions = audit.bank.asset
            self.columns = (*self.columns[:FIRST_PART], *map(self._column, self.questions))
            self.endResetModel()
        self.show_rows([row for row in rows if row.asset])

    def question_of(self, row: Derived, column: int) -> QuestionId | None:
        """The question of a column; elsewhere the first that holds the index down."""
        if column >= FIRST_PART:
            return self.questions[column - FIRST_PART]
        low = sorted(row.owned, key=lambda s: (s.level is not None, s.level or 0))
        return low[0].question.id if low else None

    def _column(self, question: QuestionId) -> RowColumn:
        bank, words = self._bench.desk.audit.bank, self._bench.words
        title = short_question(bank, question, words)
        said: Callable[[Derived], str] = lambda r: level_text(self._bench, r, question)  # noqa: E731
        return RowColumn(title, said, 150, tip=f"{question}  {bank.question(question).text}")


def level_text(bench: Bench, row: Derived, question: QuestionId) -> str:
    """`2 Written or partial`, or that it is not known."""
    found = next((s for s in row.owned if s.question.id == question), None)
    if found is None:
        return ""
    if found.status is Status.ANSWERED and found.level is not None:
        return f"{found.level} {bench.desk.audit.bank.level_names[found.level]}"
    return bench.words(f"status.{found.status.value}")


def index_text(words: Words, found: Bounded | None) -> str:
    if found is None:
        return ""
    span = words.span(words.figure(found.low), words.figure(found.high))
    return f"{words.figure(found.index)} ({span})"
