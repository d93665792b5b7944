"""A bank in another language: what is translated, what is left alone, and that no score moves."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from app.domain.bank import Bank, bank_hash
from app.domain.bank_texts import (
    FRAME_TEXTS,
    KEYED_TEXTS,
    RECORD_TEXTS,
    BankTexts,
    role_names,
    translated,
)
from app.domain.ids import ActionId, QuestionId
from app.domain.plan.planner import make_plan
from app.domain.plan.results import Plan, PlannedAction
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.portfolio import portfolio as estimates
from app.exchange.bank_toml import default_bank
from app.exchange.bank_translation import read_bank_texts
from tests.domain.audits import TODAY, shipped
from tests.domain.plan_audits import portfolio

BANK = default_bank()
SAME_IN_GERMAN = {"Audit"}
LONGEST_SIGN = 110


@cache
def texts() -> BankTexts:
    found = read_bank_texts("de")
    assert found is not None
    return found


@cache
def german() -> Bank:
    return translated(BANK, BANK, texts())


def lines(bank: Bank) -> Iterator[tuple[str, str]]:
    """Every text of a bank that people read, with the place where it stands."""
    for name in FRAME_TEXTS:
        yield from of(name, getattr(bank, name))
    for name in KEYED_TEXTS:
        yield from ((f"{name}.{key}", text) for key, text in getattr(bank, name).items())
    for table, fields in RECORD_TEXTS.items():
        for record in getattr(bank, table):
            for field in fields:
                yield from of(f"{table}.{record.id}.{field}", getattr(record, field))


def of(place: str, value: str | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    several = value if isinstance(value, tuple) else (value,)
    yield from ((f"{place}.{n}", text) for n, text in enumerate(several))


def without_texts(bank: Bank) -> dict[str, Any]:
    raw: dict[str, Any] = msgspec.to_builtins(bank)
    for name in (*FRAME_TEXTS, *KEYED_TEXTS, "language"):
        del raw[name]
    for table, fields in RECORD_TEXTS.items():
        for record in raw[table]:
            for field in fields:
                del record[field]
    return raw


def reworded(bank: Bank, question: str, **fields: Any) -> Bank:
    return replace(
        bank,
        questions=tuple(replace(q, **fields) if q.id == question else q for q in bank.questions),
    )


def test_every_text_of_the_shipped_bank_has_a_german_one() -> None:
    theirs = dict(lines(german()))
    places = {place for place, text in lines(BANK) if text}
    same = {place for place, text in lines(BANK) if text and theirs[place] == text}
    assert {theirs[place] for place in same} <= SAME_IN_GERMAN
    assert {place for place, text in theirs.items() if text} == places
    assert len(places) > 1200
    assert german().language == "de"


def test_german_texts_keep_placeholders_ids_and_figures() -> None:
    held = re.compile(r"\{[^}]*\}|\b[A-Z]{2,}-\d+\b|\d+(?:\.\d+)*")
    theirs = dict(lines(german()))
    for place, text in lines(BANK):
        assert Counter(held.findall(text)) == Counter(held.findall(theirs[place])), place


def test_german_texts_use_their_own_quotation_marks_and_address_nobody() -> None:
    for place, text in lines(german()):
        assert not re.search(r"[\"'“]\w", text), place
        assert text.count("„") == text.count("“"), place
        assert not re.search(r"[a-zäöüß,;] (Sie|Ihnen|Ihre?[mnrs]?)\b", text), place
        assert text == text.strip(), place


def test_nothing_but_texts_and_language_is_translated() -> None:
    assert without_texts(german()) == without_texts(BANK)


def test_own_wording_is_never_overwritten() -> None:
    first = BANK.questions[0]
    levels = ("Our own zero.", *first.levels[1:])
    own = reworded(BANK, first.id, text="What do we want?", levels=levels, hint="Ask twice.")
    own = replace(own, title="House bank", facts={**BANK.facts, "own_model_goal": "Own model?"})
    found = translated(own, BANK, texts())
    question, ours = found.question(first.id), german().question(first.id)
    assert (question.text, question.hint) == ("What do we want?", "Ask twice.")
    assert question.levels == ("Our own zero.", *ours.levels[1:])
    assert question.gap == ours.gap
    assert (found.title, found.facts["own_model_goal"]) == ("House bank", "Own model?")
    assert found.level_rule == german().level_rule


def test_a_text_the_own_bank_left_out_stays_out() -> None:
    own = reworded(BANK, "WF-01", good_sign="", bad_sign="")
    question = translated(own, BANK, texts()).question(QuestionId("WF-01"))
    assert (question.good_sign, question.bad_sign) == ("", "")


def test_records_of_ones_own_stay_but_share_the_names_of_roles() -> None:
    action = replace(BANK.actions[0], id=ActionId("A-OWN"), title="Our own action")
    extra = replace(BANK.actions[0], id=ActionId("A-ODD"), title="Another", role="Night watch")
    question = replace(BANK.questions[0], id=QuestionId("OWN-01"))
    own = replace(
        BANK,
        actions=(*BANK.actions, action, extra),
        questions=(*BANK.questions, question),
    )
    found = translated(own, BANK, texts())
    assert found.questions[-1] == question
    assert found.action(ActionId("A-OWN")).title == "Our own action"
    assert found.action(ActionId("A-OWN")).role == german().actions[0].role
    assert found.action(ActionId("A-ODD")) == extra


def test_a_translated_bank_is_not_translated_again() -> None:
    assert translated(german(), BANK, texts()) == german()


def test_each_role_has_one_name() -> None:
    names = role_names(BANK, texts())
    assert set(names) == {action.role for action in BANK.actions}
    assert len(set(names.values())) == len(names)
    for action in BANK.actions:
        assert texts().actions[action.id]["role"] == names[action.role]


def test_a_translated_bank_scores_and_plans_the_same() -> None:
    ours = portfolio()
    theirs = replace(ours, bank=translated(ours.bank, BANK, texts()))
    engine = prepare(theirs.bank, theirs.reference)
    draws = Draws(engine)
    mine, other = estimates(*shipped(), ours, TODAY), estimates(engine, draws, theirs, TODAY)
    assert mine is not None
    assert other is not None
    assert repr(mine) == repr(other)
    plan, again = make_plan(*shipped(), ours, TODAY), make_plan(engine, draws, theirs, TODAY)
    assert len(plan.actions) > 10
    assert wordless(again) == wordless(plan)


def wordless(plan: Plan) -> list[PlannedAction]:
    every = (*plan.actions, *plan.later)
    return [replace(action, title="", role="", done_when="") for action in every]


@pytest.mark.parametrize("bank", [BANK, german()], ids=["en", "de"])
def test_every_question_has_a_short_good_and_bad_sign(bank: Bank) -> None:
    signs = [sign for q in bank.questions for sign in (q.good_sign, q.bad_sign)]
    assert len(set(signs)) == 2 * len(bank.questions)
    assert all(0 < len(sign) <= LONGEST_SIGN and "\n" not in sign for sign in signs)
    levels = {level for q in bank.questions for level in q.levels}
    assert not levels & set(signs)


def test_signs_change_the_hash_and_their_absence_does_not() -> None:
    bare = replace(
        BANK,
        questions=tuple(replace(q, good_sign="", bad_sign="") for q in BANK.questions),
    )
    packed = msgspec.json.encode(bare, order="sorted")
    before = packed.replace(b'"good_sign":"",', b"").replace(b'"bad_sign":"",', b"")
    assert b"_sign" not in before
    assert bank_hash(bare) == sha256(before).hexdigest()
    one = reworded(bare, "WF-01", bad_sign="They look away.")
    assert len({bank_hash(bank) for bank in (BANK, bare, one)}) == 3
