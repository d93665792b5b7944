"""What an answer was at the last snapshot, read by a worker."""

from collections.abc import Callable, Mapping

from app.desk.desk import Desk
from app.domain.answers import Answer
from app.domain.ids import QuestionId, SnapshotId, Target
from app.errors import PlumblineError
from app.exchange.audit_json import audit_from_json

Answers = Mapping[Target, Mapping[QuestionId, Answer]]


class Before:
    """Keeps the answers of the newest snapshot; none while they are being read."""

    def __init__(self, desk: Desk, ready: Callable[[], object]) -> None:
        self._desk, self._ready = desk, ready
        self._wanted: SnapshotId | None = None
        self.name = ""
        self._answers: Answers = {}

    def want(self) -> None:
        """Start reading where a newer snapshot is there than the one that was read."""
        found = sorted(self._desk.audit.snapshots.items(), key=lambda s: (s[1].at, s[0]))
        newest = found[-1] if found else None
        if newest is None or newest[0] == self._wanted or self._desk.file is None:
            return
        self._wanted, self._answers = newest[0], {}
        try:
            body = self._desk.file.snapshot_body(newest[1].body)
        except PlumblineError:
            return  # No previous answer is shown; the history page says what is wrong with it.

        def take(answers: Answers) -> None:
            self.name, self._answers = newest[1].name, answers
            self._ready()

        self._desk.jobs.run(
            "walk_before", lambda: audit_from_json(body).answers, take, lambda _error: None
        )

    def forget(self) -> None:
        self._wanted, self._answers = None, {}

    @property
    def is_read(self) -> bool:
        return bool(self._answers)

    def answer(self, target: Target, question: QuestionId) -> Answer | None:
        return self._answers.get(target, {}).get(question)
