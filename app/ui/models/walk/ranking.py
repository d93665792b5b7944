"""Which open question is expected to narrow the open workflow's range most, from a worker."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.replies import Status, case
from app.domain.risk import asking
from app.domain.risk.draws import Draws
from app.ui.models.walk.ask import Ask
from app.ui.page import translate
from app.words import Words

PAUSE = 200
"""Milliseconds without an answer before the questions that are left are weighed anew."""
JOB = "walk_ranking"
Key = tuple[QuestionId, str]
Place = tuple[QuestionId, Target]


class Rank(Struct, frozen=True):
    place: int
    """0 narrows most."""
    narrows: float
    """Expected narrowing of the answer range of the chance, 0 to 1; may be below 0."""
    is_worth_saying: bool


class Ranking(QObject):
    """Ranks of one workflow's open questions; those of the record before stay until then."""

    ranked = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[Audit | None, WorkflowId | None] = (None, None)
        self.ranks: Mapping[Place, Rank] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._start)

    def want(self, workflow: WorkflowId) -> None:
        """Weigh the questions of this workflow; quick answers are followed once."""
        audit = self._desk.audit
        if audit is self._wanted[0] and workflow == self._wanted[1]:
            return
        another = workflow != self._wanted[1]
        self._wanted = audit, workflow
        self._desk.jobs.cancel(JOB)
        if another:
            self.ranks = {}
            self._start()
        else:
            self._pause.start()

    def forget(self) -> None:
        self._pause.stop()
        self._wanted, self.ranks = (None, None), {}

    def of(self, ask: Ask) -> Rank | None:
        return self.ranks.get((ask.question.id, ask.kept))

    def _start(self) -> None:
        audit, workflow = self._wanted
        if not self._desk.is_open or audit is None or workflow not in audit.workflows:
            return
        assert workflow is not None
        engine, today = self._desk.engine, self._desk.today()

        def work() -> Mapping[Place, Rank]:
            found = asking.ask_next(engine, Draws(engine), case(audit, workflow, today), None)
            ranks: dict[Place, Rank] = {}
            for n, ask in enumerate(found):
                rank = Rank(n, ask.narrows, ask.is_worth_saying)
                ranks.setdefault((ask.question, ask.target), rank)
            return ranks

        self._desk.jobs.run(JOB, work, self._take, _raise)

    def _take(self, ranks: Mapping[Place, Rank]) -> None:
        self.ranks = ranks
        self.ranked.emit()


class NarrowLine:
    """The order of the questions: what was walked stays as it was, the rest follows the ranks.

    So Enter leads to what narrows most now, and Backspace to where one came from.
    """

    def __init__(self) -> None:
        self._line: list[Key] = []

    def restart(self) -> None:
        self._line = []

    def follow(self, found: Sequence[Ask], current: Key | None, ranking: Ranking) -> None:
        """`found` in the order of the flow."""
        keys = [ask.key for ask in found]
        here = self._line.index(current) + 1 if current in self._line else 0
        walked = [key for key in self._line[:here] if key in keys]
        order = sorted(found, key=_weigher(found, ranking))
        self._line = walked + [ask.key for ask in order if ask.key not in walked]

    def ordered(self, found: Sequence[Ask]) -> tuple[Ask, ...]:
        places = {key: n for n, key in enumerate(self._line)}
        return tuple(sorted(found, key=lambda ask: places.get(ask.key, len(places))))


def narrows_little(found: Sequence[Ask], ranking: Ranking) -> bool:
    """No single open answer is expected to narrow the range by half a point."""
    ranks = [rank for ask in found if not ask.is_asked and (rank := ranking.of(ask))]
    return bool(ranks) and not any(rank.is_worth_saying for rank in ranks)


def next_in_words(found: Sequence[Ask], ranking: Ranking, words: Words) -> str:
    """The open question that narrows most, for the facilitator; empty while nothing is ranked."""
    ranked = [(rank, ask) for ask in found if not ask.is_asked and (rank := ranking.of(ask))]
    if not ranked:
        return ""
    if narrows_little(found, ranking):
        return translate("No single answer narrows the range; take the conditions first.")
    rank, ask = min(ranked, key=lambda pair: pair[0].place)
    points = words.figure(rank.narrows * 100, 1)
    text = translate("Ask next: {0}, expected to narrow the range by {1} points.")
    return text.format(ask.question.id, points)


def _weigher(found: Sequence[Ask], ranking: Ranking) -> Callable[[Ask], tuple[int, bool, int]]:
    """Nobody was asked, then nobody knew, then answered.

    Where no single answer narrows the range, the conditions come first. Source: scoring.md 2.10.
    """
    little = narrows_little(found, ranking)
    order = {Status.NOT_ASKED: 0, Status.UNKNOWN: 1}

    def weight(ask: Ask) -> tuple[int, bool, int]:
        asked, rank = ask.question, ranking.of(ask)
        is_condition = asked.golive_at is not None or asked.phase1_at is not None
        last = little and not is_condition
        return order.get(ask.status, 2), last, rank.place if rank else len(ranking.ranks)

    return weight


def _raise(error: Exception) -> None:
    raise error
