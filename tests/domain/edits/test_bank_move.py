"""Moving an audit to another bank or reference set."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Bank, Grade, Question, Scope
from app.domain.edits.bank import Place, move_to_bank, preview_move, use_reference
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.domain.landscape import Workflow
from app.domain.replies import Status, case
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

W, WF01, WF02, RT01 = Target("w"), QuestionId("WF-01"), QuestionId("WF-02"), QuestionId("RT-01")
TODAY = dt.date(2026, 6, 1)
SAID = Said(Reply.LEVEL, 3, Grade.EXPLAINED)


def audit(**answers: Answer) -> Audit:
    group = {QuestionId(q.replace("_", "-")): a for q, a in answers.items()}
    workflows = {WorkflowId("w"): Workflow("W")}
    return Audit(default_bank(), default_reference(), workflows=workflows, answers={W: group})


def without(bank: Bank, question: str) -> Bank:
    return replace(bank, questions=tuple(q for q in bank.questions if q.id != question))


def changed(bank: Bank, question: str, **fields: object) -> Bank:
    def one(q: Question) -> Question:
        return replace(q, **fields) if q.id == question else q

    return replace(bank, version="2", questions=tuple(one(q) for q in bank.questions))


def test_answers_of_a_removed_question_are_kept_but_not_scored() -> None:
    before = audit(WF_01=Answer(Review.AGREED, SAID), WF_02=Answer(Review.AGREED, SAID))
    after = move_to_bank(before, without(before.bank, "WF-01"))
    assert after.answers == before.answers
    assert case(after, WorkflowId("w"), TODAY).of(WF01) == ()
    assert case(after, WorkflowId("w"), TODAY).of(WF02)[0].status is Status.ANSWERED
    assert preview_move(before, after.bank).set_aside == (Place(W, WF01),)


def test_a_question_that_comes_back_has_to_be_confirmed() -> None:
    before = audit(WF_01=Answer(Review.AGREED, SAID))
    away = move_to_bank(before, without(before.bank, "WF-01"))
    back = move_to_bank(away, before.bank)
    assert preview_move(away, before.bank).added == (WF01,)
    assert back.answers[W][WF01] == Answer(Review.PROPOSED, SAID)


@pytest.mark.parametrize("field", ["text", "levels"])
def test_answers_of_a_reworded_question_are_proposed_again(field: str) -> None:
    individual = {PersonId("p"): SAID}
    before = audit(
        WF_01=Answer(Review.AGREED, SAID, individual, note="kept"),
        WF_02=Answer(Review.AGREED, SAID),
    )
    value = {"text": "Else?", "levels": ("a", "b", "c", "d", "e")}[field]
    bank = changed(before.bank, "WF-01", **{field: value})
    move = preview_move(before, bank)
    after = move_to_bank(before, bank)
    assert (move.reworded, move.to_confirm) == ((WF01,), (Place(W, WF01),))
    assert after.answers[W][WF01] == Answer(Review.PROPOSED, SAID, individual, note="kept")
    assert after.answers[W][WF02] is before.answers[W][WF02]
    assert before.answers[W][WF01].review is Review.AGREED


def test_other_changes_of_a_question_leave_its_answers_alone() -> None:
    before = audit(WF_01=Answer(Review.AGREED, SAID))
    bank = changed(before.bank, "WF-01", criticality=1.0, scope=Scope.PLATFORM)
    move = preview_move(before, bank)
    assert (move.reworded, move.reweighed, move.rescoped) == ((), (WF01,), (WF01,))
    assert move_to_bank(before, bank).answers is before.answers


def test_moving_to_the_same_bank_changes_nothing() -> None:
    before = audit(WF_01=Answer(Review.AGREED, SAID))
    move = preview_move(before, default_bank())
    assert move.before_hash == move.after_hash
    assert move_to_bank(before, default_bank()) == before


def test_bank_and_reference_set_must_name_the_same_categories() -> None:
    before = audit()
    odd = replace(before.reference, shares={"capability": 0.5, "luck": 0.5})
    with pytest.raises(EditError, match="luck"):
        use_reference(before, odd)
    fewer = replace(before.bank, categories=before.bank.categories[:3])
    with pytest.raises(EditError, match="adoption"):
        move_to_bank(before, fewer)
    assert (
        use_reference(before, replace(before.reference, base_rate=0.7)).reference.base_rate == 0.7
    )
