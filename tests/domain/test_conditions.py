"""Conditions, workflow states, settled answers and grades of evidence."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Proof, Reply, Review, Said
from app.domain.bank import Grade
from app.domain.conditions import (
    ConditionState,
    condition,
    conditions,
    entry_questions,
    golive_questions,
)
from app.domain.ids import ORGANISATION, QuestionId, Target, WorkflowId
from app.domain.replies import Status, case, counted_grade, reached, standing
from app.domain.risk.engine import belief
from tests.domain.audits import (
    PROOF,
    TODAY,
    Spoken,
    Told,
    ToldSource,
    answer,
    case_of,
    golden_cases,
    shipped,
)
from tests.domain.golden import (
    STATE_WORDS,
    WORKFLOW_WORDS,
    bank,
    documented,
    near,
    reference,
)

VOTES: list[Spoken] = [
    (2, "asserted"),
    (3, "explained"),
    (4, "asserted"),
    ("dk", "asserted"),
    ("abstain", "asserted"),
]


@pytest.mark.parametrize(
    ("name", "votes", "agreed"),
    [
        ("individual only", VOTES, None),
        ("agreed 3 documented", VOTES, (3, "documented")),
        ("agreed, no individual answers", [], (3, "documented")),
        ("agreed: we don't know", VOTES, ("dk", "asserted")),
        ("nobody asked", [], None),
    ],
)
def test_g16_settled(name: str, votes: list[Spoken], agreed: Spoken | None) -> None:
    golden = golden_cases()["G16"][name]
    engine, _ = shipped()
    found = standing(bank().questions[0], Target("w"), answer(votes, agreed), TODAY)
    assert found.status.value.replace("_", " ") == golden["status"]
    assert found.level == golden["level"]
    assert found.shown == golden["shown"]
    assert list(belief(engine, found)) == near(golden["b"], 0)


CONDITION_CASES: list[tuple[str, str, list[Spoken], Spoken | None]] = [
    ("4 asserted", "GOV-01", [(4, "asserted")], None),
    ("3 explained", "GOV-01", [(3, "explained")], None),
    ("3 documented", "GOV-01", [(3, "documented")], None),
    ("2 observed", "GOV-01", [(2, "observed")], None),
    ("nobody knows", "GOV-01", [("dk", "asserted")], None),
    ("nothing", "GOV-01", [], None),
    (
        "votes 2 4 4, the 4 documented",
        "GOV-01",
        [(2, "asserted"), (4, "asserted"), (4, "documented")],
        None,
    ),
    ("votes 2 3, both documented", "GOV-01", [(2, "documented"), (3, "documented")], None),
    (
        "agreed 3 documented against votes 0 0",
        "GOV-01",
        [(0, "asserted"), (0, "asserted")],
        (3, "documented"),
    ),
    ("n/a where the bank allows it (GOV-02)", "GOV-02", [("na", "asserted")], None),
    ("n/a elsewhere", "GOV-01", [("na", "asserted")], None),
]


@pytest.mark.parametrize(("name", "question", "votes", "agreed"), CONDITION_CASES)
def test_g17_conditions(
    name: str, question: str, votes: list[Spoken], agreed: Spoken | None
) -> None:
    told = Told({question: votes}, agreed={question: agreed} if agreed else {})
    _, found = case_of(bank(), reference(), told)
    assert condition(found, QuestionId(question)) is STATE_WORDS[golden_cases()["G17"][name]]


def test_g17_worst_source_and_entry_level() -> None:
    golden = golden_cases()["G17"]
    two = (ToldSource("a", {"SRC-05": [(3, "documented")]}), ToldSource("b"))
    _, found = case_of(bank(), reference(), Told(sources=two))
    expected = golden["SRC-05: one source met, one not asked"]
    assert condition(found, QuestionId("SRC-05")) is STATE_WORDS[expected]
    _, found = case_of(bank(), reference(), Told({"CX-02": [(2, "documented")]}))
    expected = golden["CX-02 at 2 documented, as entry question"]
    assert conditions(bank(), found).entry[QuestionId("CX-02")] is STATE_WORDS[expected]


@pytest.mark.parametrize(
    ("name", "answers", "live"),
    [
        ("state, all 3 documented", {}, False),
        ("state, GOV-02 said", {"GOV_02": [(3, "asserted")]}, False),
        ("the same, live", {"GOV_02": [(3, "asserted")]}, True),
        ("state, RT-01 at 2", {"RT_01": [(2, "documented")]}, False),
        ("state, nothing asked, live", None, True),
    ],
)
def test_g17_states(name: str, answers: dict[str, list[Spoken]] | None, live: bool) -> None:
    told = Told({} if answers is None else documented(**answers))
    _, found = case_of(bank(), reference(), told)
    state = conditions(bank(), found).state(live=live)
    assert state is WORKFLOW_WORDS[golden_cases()["G17"][name]]


@pytest.mark.parametrize(
    ("name", "grade", "proof", "copied"),
    [
        ("documented, complete", "documented", PROOF, False),
        ("documented, not seen by anyone", "documented", replace(PROOF, seen_by=""), False),
        ("observed without sample", "observed", replace(PROOF, sample=None), False),
        ("observed, sample and result", "observed", Proof(sample=10, result="9 right"), False),
        (
            "documented, expired",
            "documented",
            replace(PROOF, expires=TODAY - dt.timedelta(days=1)),
            False,
        ),
        ("documented, copied", "documented", PROOF, True),
        ("asserted", "asserted", None, False),
    ],
)
def test_g28_grades(name: str, grade: str, proof: Proof | None, copied: bool) -> None:
    said = Said(Reply.LEVEL, 3, Grade(grade), proof)
    assert counted_grade(said, TODAY, copied=copied) == golden_cases()["G28"][name]
    review = Review.PROPOSED if copied else Review.AGREED
    kept = Answer(review=review, settled=said)
    settled = standing(bank().questions[0], Target("w"), kept, TODAY).settled
    assert settled is not None
    assert settled.grade == golden_cases()["G28"][name]


@pytest.mark.parametrize("question", [q.id for q in golive_questions(bank())])
def test_conditions_keep_their_four_states_apart(question: QuestionId) -> None:
    def state(*voices: Spoken) -> ConditionState:
        _, found = case_of(bank(), reference(), Told({question: list(voices)}))
        return condition(found, question)

    assert state() is ConditionState.NOT_ASKED
    assert state(("abstain", "asserted")) is ConditionState.NOT_ASKED
    assert state(("dk", "asserted")) is ConditionState.UNKNOWN
    assert state((4, "explained")) is ConditionState.SAID
    assert state((3, "documented")) is ConditionState.MET
    assert state((2, "observed")) is ConditionState.NOT_MET
    fair = bool(bank().question(question).na_when)
    waived = state(("na", "asserted"))
    assert waived is (ConditionState.NOT_APPLICABLE if fair else ConditionState.NOT_ASKED)


def test_twelve_conditions_and_three_entry_questions() -> None:
    assert len(golive_questions(bank())) == 12
    assert {q.id: q.phase1_at for q in entry_questions(bank())} == {
        "RT-01": 3,
        "CX-02": 2,
        "GOV-01": 3,
    }


def test_a_mix_of_waived_and_levels_counts_as_the_levels() -> None:
    _, found = case_of(
        bank(), reference(), Told({"GOV-02": [("na", "asserted"), (3, "documented")]})
    )
    assert condition(found, QuestionId("GOV-02")) is ConditionState.MET


def test_a_question_the_bank_lacks_was_not_asked() -> None:
    _, found = case_of(bank(), reference(), Told(documented()))
    assert condition(found, QuestionId("XX-01")) is ConditionState.NOT_ASKED


def test_a_copied_answer_meets_nothing_until_it_is_settled() -> None:
    said = Said(Reply.LEVEL, 3, Grade.OBSERVED, PROOF)
    question = bank().question(QuestionId("GOV-01"))
    copied = Answer(review=Review.PROPOSED, settled=said, copied_from=Target("other"))
    shown = standing(question, Target("w"), copied, TODAY)
    assert not shown.holds(3)
    settled = standing(question, Target("w"), replace(copied, review=Review.AGREED), TODAY)
    assert settled.holds(3)


def test_a_proposed_answer_of_single_people_shows_nothing_either() -> None:
    question = bank().question(QuestionId("GOV-01"))
    told = replace(answer([(3, "documented")]), review=Review.PROPOSED)
    assert not standing(question, Target("w"), told, TODAY).holds(3)
    assert standing(question, Target("w"), replace(told, review=Review.OPEN), TODAY).holds(3)


def test_an_abstention_does_not_hide_what_the_platform_said() -> None:
    told = Told({"GOV-02": [(3, "documented")]}, platform="p")
    audit, _ = case_of(bank(), reference(), told)
    own = {QuestionId("GOV-02"): answer([("abstain", "asserted")])}
    audit = replace(audit, answers={**audit.answers, Target("w"): own})
    found = case(audit, WorkflowId("w"), TODAY)
    assert condition(found, QuestionId("GOV-02")) is ConditionState.MET


def test_an_override_belongs_to_the_workflow() -> None:
    told = Told({"GOV-02": [(3, "documented")]}, platform="p")
    audit, _ = case_of(bank(), reference(), told)
    own = {QuestionId("GOV-02"): answer([(1, "asserted")])}
    audit = replace(audit, answers={**audit.answers, Target("w"): own})
    found = case(audit, WorkflowId("w"), TODAY).of(QuestionId("GOV-02"))
    assert [(s.target, s.level) for s in found] == [("w", 1)]


def test_levels_reached_count_as_documented() -> None:
    _, found = case_of(bank(), reference(), Told({"GOV-01": [(0, "asserted"), (1, "asserted")]}))
    place = (QuestionId("GOV-01"), ORGANISATION)
    done = reached(found, {place: 3})
    assert condition(done, QuestionId("GOV-01")) is ConditionState.MET
    others = [s for s in found.standings if s.question.id != "GOV-01"]
    assert [s for s in done.standings if s.question.id != "GOV-01"] == others


def test_a_disputed_copy_is_still_nobodys_word() -> None:
    question = bank().question(QuestionId("GOV-01"))
    said = Said(Reply.LEVEL, 3, Grade.OBSERVED, PROOF)
    disputed = Answer(review=Review.DISPUTED, settled=said, copied_from=Target("other"))
    assert not standing(question, Target("w"), disputed, TODAY).holds(3)
    waived = Answer(review=Review.PROPOSED, settled=Said(Reply.NOT_APPLICABLE, reason="none"))
    assert standing(question, Target("w"), waived, TODAY).status is Status.NOT_ASKED
