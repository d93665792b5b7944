"""The shipped bank, reading and writing a bank, and what is said about a broken one."""

import math
import shutil
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.bank import Fact, Scope, bank_hash
from app.errors import ExportFailed, ImportFailed
from app.exchange.bank_toml import FILES, default_bank, dump_bank, load_bank, verified_crosswalk
from app.resource import resource

CONDITIONS = (
    *("WF-02", "RT-01", "CX-02", "GC-02", "SRC-05", "GOV-01"),
    *("GOV-02", "GOV-03", "GOV-05", "GOV-06", "GOV-08", "GOV-11"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped bank to break."""
    copy = tmp_path / "bank"
    copy.mkdir()
    for name in FILES:
        shutil.copyfile(resource("bank", name), copy / name)
    return copy


def test_shipped_bank_has_the_content_of_the_method() -> None:
    bank = default_bank()
    assert (bank.version, len(bank.questions), len(bank.actions)) == ("1.1.0", 72, 74)
    assert Counter(q.scope for q in bank.questions) == {
        Scope.WORKFLOW: 44,
        Scope.PLATFORM: 16,
        Scope.SOURCE: 7,
        Scope.ORGANISATION: 5,
    }
    assert sum(q.core for q in bank.questions) == 42
    assert sum(q.room for q in bank.questions) == 19
    assert tuple(q.id for q in bank.questions if q.golive_at == 3) == CONDITIONS
    entry = {q.id: q.phase1_at for q in bank.questions if q.phase1_at is not None}
    assert entry == {"RT-01": 3, "CX-02": 2, "GOV-01": 3}
    optional = {q.id: q.ask_if for q in bank.questions if q.ask_if}
    assert optional == {
        "PUB-01": Fact.PEOPLE_OUTSIDE_AFFECTED,
        "FAIR-01": Fact.PEOPLE_OUTSIDE_AFFECTED,
        "AST-04": Fact.OWN_MODEL_GOAL,
    }
    assert [m.id for m in bank.modes] == ["screen", "conditions", "core", "full"]
    assert (len(bank.screen), len(bank.lanes), len(bank.respondents)) == (8, 4, 7)
    assert set(bank.exits) == {"1", "2", "3", "4", "5"}


def test_shipped_loads_sum_and_give_the_published_section_weights() -> None:
    """The percentages of scoring.md 6: share of the prior hazard, optional questions apart."""
    bank = default_bank()
    shares = {"capability": 0.15, "data": 0.25, "governance": 0.40, "adoption": 0.20}
    load = {a.id: a.load for a in bank.activities}
    asked = [q for q in bank.questions if q.ask_if is None]
    spread = Counter[str]()
    for question in asked:
        spread[question.activity] += question.criticality
    raw = {q.id: load[q.activity] * q.criticality / spread[q.activity] for q in asked}
    whole = Counter[str]()
    for question in asked:
        whole[question.category] += raw[question.id]
    sections = Counter[str]()
    for question in asked:
        weight = raw[question.id] / whole[question.category]
        sections[question.section] += 100 * shares[question.category] * weight
    assert math.isclose(sum(s.load for s in bank.stages), 100, abs_tol=1e-9)
    assert {name: round(value, 1) for name, value in sections.items()} == {
        "workflow": 8.9,
        "middle": 31.5,
        "sources": 18.0,
        "policies": 10.2,
        "monitoring": 3.2,
        "evidence": 4.5,
        "adoption": 13.0,
        "sme": 5.8,
        "ownership": 5.0,
    }


def test_verified_list_holds_as_many_ids_as_were_read() -> None:
    listed = verified_crosswalk()
    assert {name: len(found.ids) for name, found in listed.items()} == {
        "nist_ai_rmf": 72,
        "iso_42001": 38,
        "eu_ai_act": 113,
        "owasp_llm_2025": 10,
        "nist_ai_600_1": 12,
    }
    assert all(found.source for found in listed.values())
    assert default_bank().crosswalk_sources == {k: v.source for k, v in listed.items()}


def test_bank_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    bank = default_bank()
    dump_bank(bank, tmp_path / "own")
    again = load_bank(tmp_path / "own")
    assert again == bank
    assert bank_hash(again) == bank_hash(bank)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["own"]


def test_hash_changes_with_any_word_but_not_with_the_file() -> None:
    bank = default_bank()
    assert bank_hash(bank) == bank_hash(default_bank())
    assert bank_hash(bank) != bank_hash(replace(bank, title=bank.title + "."))


def test_bank_is_never_written_over_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ExportFailed, match="not an empty folder"):
        dump_bank(default_bank(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


BROKEN = [
    ("questions.toml", "criticality = 3\n", 'criticality = "3"\n', "WF-01", "criticality"),
    ("questions.toml", "criticality = 3\n", "criticality = 4\n", "WF-01", "criticality"),
    ("questions.toml", "golive_at = 3", "golive_att = 3", "WF-02", "golive_att"),
    ("questions.toml", 'scope = "workflow"', 'scope = "galaxy"', "WF-01", "scope"),
    ("questions.toml", 'stage = "routing"', 'stage = "roating"', "RT-01", "stage"),
    ("questions.toml", 'id = "WF-02"', 'id = "WF-01"', "WF-01", "id"),
    ("questions.toml", 'id = "WF-02"', 'id = "WF/02"', "WF/02", "id"),
    ("questions.toml", 'text = "What one', 'txt = "What one', "WF-01", "txt"),
    ("questions.toml", '  "No result has been stated.",\n', "", "WF-01", "levels"),
    ("questions.toml", "No result has been stated.", " ", "WF-01", "levels"),
    ("questions.toml", "MAP 1.4", "MAP 9.9", "WF-01", "crosswalk"),
    ("questions.toml", '"A-OUTCOME", to = 3', '"A-OUTCOME", too = 3', "WF-01", "steps.too"),
    ("questions.toml", '"A-OUTCOME", to = 3', '"A-OUTCOME", to = 4', "WF-01", "steps"),
    ("questions.toml", '"A-OUTCOME", to = 3', '"A-NONE", to = 3', "WF-01", "steps"),
    ("questions.toml", 'category = "adoption"', 'category = "data"', "WF-01", "category"),
    ("questions.toml", 'who = "owner"', 'who = "nobody"', "WF-01", "who"),
    ("actions.toml", "effort = [1, 3]", "effort = [3, 1]", "A-OUTCOME", "effort"),
    ("actions.toml", "phase = 1", "phase = 9", "A-OUTCOME", "phase"),
    ("actions.toml", "prereqs = []", 'prereqs = ["A-CUSTOM"]', "A-OUTCOME", "prereqs"),
    ("actions.toml", "prereqs = []", 'prereqs = ["A-OUTCOME"]', "A-OUTCOME", "prereqs"),
    ("stages.toml", "load = 8.7", "load = 8.8", "", "load"),
    ("stages.toml", "load = 8.7", "load = nan", "intent_parsing", "load"),
    ("bank.toml", "load = 29", "load = 30", "", "load"),
    ("bank.toml", '1 = ["WF-02"]', '1 = ["WF-99"]', "", "1"),
    ("bank.toml", "own_model_goal =", "own_goal =", "AST-04", "ask_if"),
    ("modes.toml", 'select = "core"', 'select = "most"', "core", "select"),
]


@pytest.mark.parametrize(("name", "old", "new", "record", "field"), BROKEN)
def test_a_fault_is_named_by_file_record_and_field(
    folder: Path, name: str, old: str, new: str, record: str, field: str
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ImportFailed) as caught:
        load_bank(folder)
    sentence = str(caught.value)
    assert record in sentence
    assert f"field {field}" in sentence
    assert sentence.endswith("; the bank has not been taken.")
    home = "questions.toml" if record == "AST-04" else name
    assert sentence.startswith(home)
    assert "\n" not in sentence


def test_a_condition_cannot_be_optional(folder: Path) -> None:
    path = folder / "questions.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("golive_at = 3\n", 'golive_at = 3\nask_if = "own_model_goal"\n', 1),
        encoding="utf-8",
    )
    with pytest.raises(ImportFailed, match="WF-02, field ask_if: a condition cannot be optional"):
        load_bank(folder)


def test_every_stage_has_each_facet_once(folder: Path) -> None:
    path = folder / "questions.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('facet = "owner"', 'facet = "evidence"', 1), encoding="utf-8")
    with pytest.raises(ImportFailed, match="intent_parsing needs one question with facet owner"):
        load_bank(folder)


def test_a_question_that_a_formula_names_must_be_there(folder: Path) -> None:
    path = folder / "questions.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "IP-02"', 'id = "IP-09"', 1), encoding="utf-8")
    with pytest.raises(ImportFailed, match="wrapper test needs IP-02"):
        load_bank(folder)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[[questions", "not valid TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"colour = 1", "colour is no field of a bank"),
        (b"actions = []", "actions belongs in actions.toml"),
        (b"questions = 3", "questions"),
        (b"questions = [3]", "number 1"),
        (b"a = " + b"[" * 5000, "questions.toml"),
    ],
)
def test_a_file_that_is_something_else(folder: Path, body: bytes, said: str) -> None:
    (folder / "questions.toml").write_bytes(body)
    with pytest.raises(ImportFailed, match=said):
        load_bank(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "modes.toml").unlink()
    with pytest.raises(ImportFailed, match=r"modes\.toml cannot be read"):
        load_bank(folder)
