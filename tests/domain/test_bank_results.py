"""Both results of a move to another bank: each is what the engine says of its audit."""

import datetime as dt

from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.bank_results import results_of_move
from app.domain.edits.bank import move_to_bank
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.landscape import Workflow
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.portfolio import portfolio
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

TODAY = dt.date(2026, 6, 1)
SAID = Answer(Review.AGREED, Said(Reply.LEVEL, 1, Grade.EXPLAINED))


def audit(**answers: Answer) -> Audit:
    group = {QuestionId(q.replace("_", "-")): a for q, a in answers.items()}
    workflows = {WorkflowId("w"): Workflow("W")}
    return Audit(
        default_bank(), default_reference(), workflows=workflows, answers={Target("w"): group}
    )


def test_both_sides_are_what_the_engine_says_of_each_audit() -> None:
    before = audit(WF_01=SAID, WF_02=SAID, RT_01=SAID)
    bank = replace(
        before.bank,
        version="2",
        questions=tuple(
            replace(q, text="Else?") if q.id == "WF-02" else q
            for q in before.bank.questions
            if q.id != "WF-01"
        ),
    )
    found = results_of_move(before, bank, TODAY)
    after = move_to_bank(before, bank)
    engine = prepare(bank, before.reference)
    assert found.after == portfolio(engine, Draws(engine), after, TODAY)
    assert (found.kept, len(found.move.to_confirm), len(found.move.set_aside)) == (1, 1, 1)
    ((was, now),) = found.workflows
    assert was.id == now.id == "w"
    assert was.range != now.range


def test_the_same_bank_gives_the_same_result_and_no_workflow_gives_none() -> None:
    before = audit(WF_01=SAID)
    found = results_of_move(before, default_bank(), TODAY)
    assert found.before == found.after
    assert found.kept == 1
    empty = results_of_move(replace(before, workflows={}, answers={}), default_bank(), TODAY)
    assert (empty.before, empty.after, empty.workflows) == (None, None, ())
