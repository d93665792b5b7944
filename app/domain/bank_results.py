"""What a move to another bank does to the results: the same answers scored by both banks."""

import datetime as dt

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.edits.bank import BankMove, move_to_bank, preview_move
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.portfolio import portfolio
from app.domain.risk.results import Estimate, Portfolio


class BankResults(Struct, frozen=True):
    """`kept` counts answers that stay as they are; figures are None without an active workflow."""

    move: BankMove
    kept: int
    before: Portfolio | None
    after: Portfolio | None

    @property
    def workflows(self) -> tuple[tuple[Estimate, Estimate], ...]:
        """Every active workflow by both banks, sorted by id."""
        was = self.before.estimates if self.before else ()
        now = {e.id: e for e in self.after.estimates} if self.after else {}
        return tuple((e, now[e.id]) for e in sorted(was, key=lambda e: e.id) if e.id in now)


def results_of_move(audit: Audit, bank: Bank, today: dt.date) -> BankResults:
    """Both scores from scratch, linear in workflows. Raises EditError as `move_to_bank` does."""
    move = preview_move(audit, bank)
    said = sum(
        bool(answer.settled or answer.individual)
        for group in audit.answers.values()
        for answer in group.values()
    )
    set_aside = sum(
        bool(answer.settled or answer.individual)
        for place in move.set_aside
        if (answer := audit.answers[place.target][place.question])
    )
    return BankResults(
        move,
        said - set_aside - len(move.to_confirm),
        _score(audit, today),
        _score(move_to_bank(audit, bank), today),
    )


def _score(audit: Audit, today: dt.date) -> Portfolio | None:
    engine = prepare(audit.bank, audit.reference)
    return portfolio(engine, Draws(engine), audit, today)
