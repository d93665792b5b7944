"""What every page builder works with: the inputs, the door for names, sentences and the date."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping

from msgspec import Struct

from app.charts.lettering import CUT, whole
from app.domain.audit import Audit
from app.domain.bank import Question
from app.domain.conditions import WorkflowState
from app.domain.ids import QuestionId, WorkflowId
from app.domain.landscape import Workflow
from app.domain.replies import Case
from app.domain.risk.coverage import MIN_COVERAGE
from app.domain.risk.results import Coverage, Estimate
from app.report.inputs import ReportInputs
from app.report.model import Cell, Column
from app.report.redaction import Names
from app.report.request import Request
from app.report.sentences import Sentences
from app.words import Words

STATE_ORDER = tuple(WorkflowState)


class Draft(Struct, frozen=True):
    inputs: ReportInputs
    request: Request
    names: Names
    words: Words
    say: Sentences
    cases: Mapping[WorkflowId, Case]
    estimates: tuple[Estimate, ...]
    """By state, then yearly benefit, then id."""

    @property
    def audit(self) -> Audit:
        return self.inputs.audit

    @property
    def date(self) -> dt.date:
        return self.request.date

    @property
    def is_single(self) -> bool:
        return len(self.estimates) == 1

    @property
    def coverage(self) -> Coverage:
        return self.inputs.portfolio.coverage

    @property
    def is_withheld(self) -> bool:
        return self.coverage.weight < MIN_COVERAGE

    def workflow(self, workflow: WorkflowId) -> Workflow:
        return self.audit.workflows[workflow]

    def is_live(self, workflow: WorkflowId) -> bool:
        return self.workflow(workflow).is_live

    def money(self, amount: float | None, *, estimated: bool = False) -> str:
        if amount is None:
            return "–"
        currency = self.audit.organisation.currency
        return self.words.money(amount, currency, estimated=estimated)

    def cost(self, amount: float | None) -> Cell:
        """Nothing to pay is "none"; what nobody recorded is said to be so."""
        if amount is None:
            return plain(self.words("label.not_recorded"))
        return number(amount, self.money(amount) if amount else self.words("label.no_cost"))

    def n_of_m(self, n: int, of: int) -> str:
        return self.words("label.n_of_m", n=self.words.figure(n), of=self.words.figure(of))

    def short(self, question: QuestionId) -> str:
        """A few words for a question of the shipped bank, else its id."""
        known = self.audit.bank.title == self.words("short.bank")
        if known and self.words.has(f"short.{question}"):
            return self.words(f"short.{question}")
        return str(question)

    def asked(self, question: QuestionId) -> str:
        """A question by its few words, or by its text where it has none, with its id."""
        short = self.short(question)
        if short == question:
            known = question_of(self.audit).get(question)
            short = known.text if known else ""
        return f"{short} ({question})" if short else str(question)

    def answered(self, weight: float) -> int:
        """Whole percent known for certain, so that 49.7 is not printed as the 50 it misses."""
        return math.floor(weight * 100 + 1e-9)

    def level(self, level: int) -> str:
        """A level with its name."""
        name = self.audit.bank.level_names[level]
        return self.words("label.level_named", level=level, name=name)

    def column(self, key: str, share: float = 0, *, right: bool = False) -> Column:
        return Column(key, self.words(f"label.{key}"), share, "right" if right else "left")


def by_state(audit: Audit, estimates: Iterable[Estimate]) -> tuple[Estimate, ...]:
    """The order of every list of workflows: state, then yearly benefit, then id."""

    def place(estimate: Estimate) -> tuple[int, float, str]:
        benefit = audit.workflows[estimate.id].yearly_benefit or 0
        return STATE_ORDER.index(estimate.state), -benefit, estimate.id

    return tuple(sorted(estimates, key=place))


def question_of(audit: Audit) -> Mapping[QuestionId, Question]:
    return {question.id: question for question in audit.bank.questions}


def number(value: float, text: str, *, tone: str = "", detail: str = "") -> Cell:
    return Cell(text, detail, value, tone)


def plain(text: str, *, tone: str = "", detail: str = "") -> Cell:
    return Cell(text, detail, None, tone)


def cut(text: str, signs: int) -> str:
    """At most `signs` characters, ended by an ellipsis; wide characters count twice."""
    room = signs
    for i, sign in enumerate(text):
        room -= 1 if sign < "\u1100" else 2
        if room < 0:
            return text[: whole(text, i)].rstrip() + CUT
    return text
