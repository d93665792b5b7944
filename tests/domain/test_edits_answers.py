"""Answering: what is agreed, said, proposed, disputed, copied, and what is refused."""

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, FindOut, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.changes import diff
from app.domain.edits.answers import (
    ask_to_find_out,
    copy_answers,
    dispute,
    note,
    propose,
    say,
    settle,
    settle_undisputed,
    undisputed,
    withdraw,
)
from app.domain.edits.records import put
from app.domain.edits.workshop import confirm_answers
from app.domain.ids import (
    ORGANISATION,
    EvidenceId,
    PersonId,
    PlatformId,
    QuestionId,
    Target,
    WorkflowId,
)
from app.domain.landscape import ContextSource, Person, Platform, SourceLink, Workflow
from app.domain.replies import Status, standing
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

W, V, S, P = Target("w"), Target("v"), Target("s"), Target("p")
ANA, BEN, CEM = PersonId("ana"), PersonId("ben"), PersonId("cem")
RT, GOV_2, SRC = QuestionId("RT-01"), QuestionId("GOV-02"), QuestionId("SRC-01")
SHOWN = Proof("Page", "Wiki", dt.date(2026, 1, 5), "Ana")


@pytest.fixture
def audit() -> Audit:
    audit = Audit(bank=default_bank(), reference=default_reference())
    for person in (ANA, BEN, CEM):
        audit = put(audit, "people", (person,), Person(person))
    audit = put(audit, "platforms", (P,), Platform("P"))
    audit = put(audit, "workflows", (W,), Workflow("W", owner=ANA, platform=PlatformId("p")))
    audit = put(audit, "workflows", (V,), Workflow("V"))
    audit = put(audit, "sources", (S,), ContextSource("S"))
    return put(audit, "links", (W, S), SourceLink())


def level(number: int, grade: Grade = Grade.ASSERTED) -> Said:
    return Said(Reply.LEVEL, number, grade, SHOWN if grade is Grade.DOCUMENTED else None)


def answer(audit: Audit, target: Target, question: QuestionId = RT) -> Answer:
    return audit.answers[target][question]


def test_settle_agrees_and_keeps_what_each_person_said(audit: Audit) -> None:
    audit = say(audit, W, RT, ANA, level(1))
    audit = settle(audit, W, RT, level(3, Grade.DOCUMENTED), mode="core")
    assert answer(audit, W) == Answer(
        Review.AGREED, level(3, Grade.DOCUMENTED), {ANA: level(1)}, mode="core"
    )


def test_settling_the_same_again_changes_nothing(audit: Audit) -> None:
    audit = settle(audit, W, RT, level(3))
    assert diff(audit, settle(audit, W, RT, level(3))) == ()


@pytest.mark.parametrize(
    ("target", "question", "words"),
    [
        (W, "XX-01", "no question XX-01"),
        (W, "GOV-01", "answered once, for the organisation"),
        (P, "GOV-01", "answered once, for the organisation"),
        (ORGANISATION, "RT-01", "Answer it for a workflow"),
        (P, "RT-01", "Answer it for a workflow"),
        (S, "RT-01", "Answer it for a workflow"),
        (ORGANISATION, "GOV-02", "Answer it for a platform"),
        (S, "GOV-02", "Answer it for a platform"),
        (P, "SRC-01", "Answer it for a source"),
        (ORGANISATION, "SRC-01", "Answer it for a source"),
        (W, "SRC-01", "has sources of its own"),
        (W, "AST-04", "own_model_goal"),
        (W, "FAIR-01", "people_outside_affected"),
        (Target("ghost"), "RT-01", "not asked about “ghost”"),
    ],
)
def test_a_question_is_answered_only_where_it_is_asked(
    audit: Audit, target: Target, question: str, words: str
) -> None:
    with pytest.raises(EditError, match=words):
        settle(audit, target, QuestionId(question), level(2))


@pytest.mark.parametrize(
    ("target", "question"),
    [
        (ORGANISATION, "GOV-01"),
        (P, "GOV-02"),
        (W, "GOV-02"),
        (V, "GOV-02"),
        (S, "SRC-01"),
        (V, "SRC-01"),
    ],
)
def test_scopes_that_fit(audit: Audit, target: Target, question: str) -> None:
    after = settle(audit, target, QuestionId(question), level(2))
    assert answer(after, target, QuestionId(question)).settled == level(2)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(Reply.LEVEL, 5), "no level 5"),
        (Said(Reply.LEVEL, -1), "no level -1"),
        (Said(Reply.LEVEL), "no level None"),
        (Said(Reply.UNKNOWN, 2), "Choose one of the two"),
        (Said(Reply.NOT_APPLICABLE), "without a reason"),
        (Said(Reply.NOT_APPLICABLE, reason="Not us."), "condition that always applies"),
        (Said(Reply.ABSTAIN), "cannot abstain"),
        (Said(Reply.LEVEL, 3, Grade.OBSERVED, Proof(sample=0, result="x")), "shows nothing"),
        (
            replace(level(3), proof=replace(SHOWN, expires=dt.date(2025, 1, 1))),
            "expires before its date",
        ),
        (replace(level(3), proof=replace(SHOWN, evidence=EvidenceId("ghost"))), "ghost"),
    ],
)
def test_a_reply_must_say_something(audit: Audit, said: Said, words: str) -> None:
    with pytest.raises(EditError, match=words):
        settle(audit, W, RT, said)


def test_not_applicable_on_a_condition_where_the_bank_says_when(audit: Audit) -> None:
    said = Said(Reply.NOT_APPLICABLE, reason="No data about people can enter.")
    assert answer(settle(audit, P, GOV_2, said), P, GOV_2).settled == said
    given_apart = settle(audit, P, GOV_2, Said(Reply.NOT_APPLICABLE), reason=said.reason)
    assert answer(given_apart, P, GOV_2).settled == said


def test_one_person_may_abstain_and_say_again(audit: Audit) -> None:
    audit = say(audit, W, RT, ANA, Said(Reply.ABSTAIN))
    audit = say(audit, W, RT, ANA, level(2))
    assert answer(audit, W).individual == {ANA: level(2)}
    with pytest.raises(EditError, match="ghost"):
        say(audit, W, RT, PersonId("ghost"), level(2))


def test_a_proposal_never_replaces_what_is_agreed(audit: Audit) -> None:
    audit = propose(audit, W, RT, level(3))
    assert answer(audit, W).review is Review.PROPOSED
    audit = settle(audit, W, RT, level(2))
    with pytest.raises(EditError, match="already agreed"):
        propose(audit, W, RT, level(3))


def test_unknown_modes_are_refused(audit: Audit) -> None:
    with pytest.raises(EditError, match="no mode “turbo”"):
        settle(audit, W, RT, level(2), mode="turbo")


def test_dispute_needs_something_said(audit: Audit) -> None:
    with pytest.raises(EditError, match="Nobody has answered"):
        dispute(audit, W, RT)
    after = dispute(say(audit, W, RT, ANA, level(1)), W, RT)
    assert answer(after, W).review is Review.DISPUTED


def test_a_note_is_no_reply_and_an_empty_one_leaves_no_record(audit: Audit) -> None:
    noted = note(audit, W, RT, "Ask Ben.")
    asked = next(q for q in audit.bank.questions if q.id == RT)
    found = standing(asked, W, answer(noted, W), dt.date(2026, 1, 1))
    assert found.status is Status.NOT_ASKED
    assert note(noted, W, RT, "").answers == {}


def test_who_finds_out_leaves_with_the_answer(audit: Audit) -> None:
    audit = settle(audit, W, RT, Said(Reply.UNKNOWN))
    audit = ask_to_find_out(audit, W, RT, BEN, dt.date(2027, 1, 15))
    assert answer(audit, W).find_out == FindOut(BEN, dt.date(2027, 1, 15))
    assert answer(settle(audit, W, RT, level(1)), W).find_out is None
    assert answer(ask_to_find_out(audit, W, RT), W).find_out is None


def test_withdraw_takes_one_thing_back(audit: Audit) -> None:
    audit = settle(say(audit, W, RT, ANA, level(1)), W, RT, level(2))
    assert answer(withdraw(audit, W, RT), W) == Answer(individual={ANA: level(1)})
    assert withdraw(withdraw(audit, W, RT), W, RT, person=ANA).answers == {}
    with pytest.raises(EditError, match="no such answer"):
        withdraw(audit, W, RT, person=BEN)


CHANGES: list[Callable[[Audit, str], Audit]] = [
    lambda a, reason: settle(a, W, RT, level(4), reason=reason),
    lambda a, reason: say(a, W, RT, BEN, level(4), reason=reason),
    lambda a, reason: propose(a, W, QuestionId("RT-02"), level(4), reason=reason),
    lambda a, reason: withdraw(a, W, RT, reason=reason),
]


@pytest.mark.parametrize("change", CHANGES)
def test_confirmed_answers_change_only_with_a_reason(
    audit: Audit, change: Callable[[Audit, str], Audit]
) -> None:
    audit = settle(audit, W, RT, level(2))
    audit = confirm_answers(audit, WorkflowId("w"), ANA, dt.datetime(2026, 12, 1))
    with pytest.raises(EditError, match="owner confirmed"):
        change(audit, "")
    assert change(audit, "New director.") != audit
    assert settle(audit, V, RT, level(1)) != audit


def test_copied_answers_are_proposed_and_never_count_as_shown(audit: Audit) -> None:
    audit = settle(audit, W, RT, level(3, Grade.DOCUMENTED))
    audit = settle(audit, W, GOV_2, level(3))
    audit = settle(audit, W, QuestionId("RT-02"), Said(Reply.UNKNOWN))
    audit = say(audit, V, QuestionId("CX-01"), ANA, level(0))
    audit = settle(audit, W, QuestionId("CX-01"), level(3))
    after = copy_answers(audit, WorkflowId("w"), WorkflowId("v"))
    copied = answer(after, V)
    assert (copied.review, copied.copied_from) == (Review.PROPOSED, W)
    asked = next(q for q in audit.bank.questions if q.id == RT)
    assert standing(asked, V, copied, dt.date(2026, 12, 14)).shown == -1
    assert set(after.answers[V]) == {RT, GOV_2, QuestionId("CX-01")}
    assert answer(after, V, QuestionId("CX-01")) == answer(audit, V, QuestionId("CX-01"))
    with pytest.raises(EditError, match="no answer that"):
        copy_answers(after, WorkflowId("w"), WorkflowId("v"))


def test_a_copy_never_hides_the_platforms_answer(audit: Audit) -> None:
    audit = settle(audit, V, GOV_2, level(0))
    audit = settle(audit, V, RT, level(0))
    after = copy_answers(audit, WorkflowId("v"), WorkflowId("w"))
    assert set(after.answers[W]) == {RT}


def test_copying_to_itself_or_over_a_confirmation_is_refused(audit: Audit) -> None:
    audit = settle(settle(audit, W, RT, level(2)), V, RT, level(2))
    with pytest.raises(EditError, match="to itself"):
        copy_answers(audit, WorkflowId("w"), WorkflowId("w"))
    audit = confirm_answers(audit, WorkflowId("w"), ANA, dt.datetime(2026, 12, 1))
    with pytest.raises(EditError, match="owner confirmed"):
        copy_answers(audit, WorkflowId("v"), WorkflowId("w"))


@pytest.mark.parametrize(
    ("levels", "agreed"),
    [
        ([2], 2),
        ([2, 3], 2),
        ([2, 3, 3], 3),
        ([2, 2, 3, 3], 2),
        ([1, 3], None),
        ([0, 1, 2], None),
    ],
)
def test_settle_undisputed_takes_the_median_of_what_lies_within_one_level(
    audit: Audit, levels: list[int], agreed: int | None
) -> None:
    for n, number in enumerate(levels):
        person = PersonId(f"x{n}")
        audit = put(audit, "people", (person,), Person(person))
        audit = say(audit, W, RT, person, level(number))
    audit = say(audit, W, RT, ANA, Said(Reply.UNKNOWN))
    audit = say(audit, W, RT, BEN, Said(Reply.ABSTAIN))
    if agreed is None:
        with pytest.raises(EditError, match="no undisputed"):
            settle_undisputed(audit, [W])
        return
    after = settle_undisputed(audit, [W, V])
    assert answer(after, W).settled == level(agreed)
    assert answer(after, W).review is Review.AGREED
    assert len(answer(after, W).individual) == len(levels) + 2


def test_undisputed_leaves_out_what_is_agreed_disputed_waived_or_unknown(audit: Audit) -> None:
    waived = Said(Reply.NOT_APPLICABLE, reason="Fixed form.")
    for question, said in {
        "RT-02": Said(Reply.UNKNOWN),
        "IP-01": waived,
        "CX-01": level(2),
        "CX-02": level(2),
        "WF-01": level(2),
    }.items():
        audit = say(audit, W, QuestionId(question), ANA, said)
    audit = dispute(audit, W, QuestionId("CX-01"))
    audit = settle(audit, W, QuestionId("CX-02"), level(3))
    audit = say(audit, V, RT, ANA, level(2, Grade.DOCUMENTED))
    audit = say(audit, V, RT, BEN, level(2, Grade.EXPLAINED))
    assert undisputed(audit, [V, W]) == ((V, RT), (W, QuestionId("WF-01")))
    after = settle_undisputed(audit, [V, W])
    assert answer(after, V).settled == level(2, Grade.DOCUMENTED)
    assert after.answers[W][QuestionId("CX-01")] == audit.answers[W][QuestionId("CX-01")]
