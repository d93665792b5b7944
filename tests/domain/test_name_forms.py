"""People are found in a text in every form of their names, and ordinary words are left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.name_forms import NameForms

PEOPLE = {
    "AO": "Amara Okonkwo",
    "IS": "Ingrid Sørbø",
    "JLP": "José Luis Peña",
    "NTL": "Nguyễn Thị Lan",
    "LZ": "Łukasz Żółkiewski",
    "MD": "Μαρία Δημητρίου",
    "TD": "Tomáš Dvořák",
    "ZL": "Zoë Lindqvist",
    "VB": "Ludwig van der Berg-Müller",
    "TT": "田中 太郎",
    "OB": "Sean O'Brien",
    "WM": "Will May",
    "DT": "Data team",
}
BANK = frozenset(["data", "team", "will", "may", "the", "model", "head", "of"])
FORMS = NameForms(PEOPLE, BANK)


def read(text: str, forms: NameForms = FORMS) -> str:
    """The text with everybody who is found in square brackets."""
    parts, done = [], 0
    for found in forms.find(text):
        parts += [text[done : found.start], f"[{'/'.join(found.people)}]"]
        done = found.end
    return "".join(parts) + text[done:]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sørbø and Ingrid told Zoe (Lindqvist).", "[IS] and [IS] told [ZL] ([ZL])."),
        ("J. L. Peña must ask Dvorak", "[JLP] must ask [TD]"),
        ("J. Peña or JL Peña; Peña, J. L. or José P. said", "[JLP] or [JLP]; [JLP] or [JLP] said"),
        ("Peña, José Luis", "[JLP]"),
        ("soerboe; SORBO; ingrid sorbo", "[IS]; [IS]; [IS]"),
        ("zlindqvist, zoe.lindqvist, ZoeLindqvist", "[ZL], [ZL], [ZL]"),
        ("zoe_lindqvist2.docx", "[ZL].docx"),
        ("Zoes Entwurf, Lindqvist’s plan", "[ZL] Entwurf, [ZL]’s plan"),
        ("Nguyen Thi Lan and Lan plug a LAN in", "[NTL] and [NTL] plug a LAN in"),
        ("lukasz zolkiewski, Μαρια ΔΗΜΗΤΡΊΟΥ", "[LZ], [MD]"),
        ("L. van der Berg-Müller or Mueller or Bergmuller", "[VB] or [VB] or [VB]"),
        ("部長田中太郎が言った。田中さん", "部長[TT]が言った。[TT]さん"),
        ("O’Brien’s and OBrien", "[OB]’s and [OB]"),
        ("ask Ingrid. Ingrid knows", "ask [IS]. [IS] knows"),
        ("Zoe, Ingrid and Amara", "[ZL], [IS] and [AO]"),
        ("Lind\u00adqvist; Zo\u200be; Zoe\u0308", "[ZL]; [ZL]; [ZL]"),
        ("ZOE DECIDES", "[ZL] DECIDES"),
    ],
)
def test_a_person_is_found(text: str, said: str) -> None:
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It will fail and may stop.", "It will fail and may stop."),
        ("Will the model fail? May we?", "Will the model fail? May we?"),
        ("On 3 May, May 2027 and in May", "On 3 May, May 2027 and in May"),
        ("Ask Will or May; Will told us", "Ask [WM] or [WM]; [WM] told us"),
        ("Data is missing for the team", "Data is missing for the team"),
        ("The data team and the Data  Team", "The [DT] and the [DT]"),
        ("zoe", "zoe"),
        ("Sorbet, Luisa, Lindqvistsson, Amaranth", "Sorbet, Luisa, Lindqvistsson, Amaranth"),
    ],
)
def test_an_ordinary_word_is_left_alone(text: str, said: str) -> None:
    assert read(text) == said


def test_a_part_that_fits_two_people_names_both() -> None:
    forms = NameForms({"a": "Anna Smith", "b": "Anna Jones"})
    assert read("Anna met A. Smith and Anna Jones", forms) == "[a/b] met [a] and [b]"


def test_nobody_has_no_name() -> None:
    assert NameForms({"a": " ", "b": ""}).find("a b ?") == ()
    assert read("who? nobody", NameForms({"a": "?!"})) == "who? nobody"


def plainly(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


SYLLABLES = st.sampled_from(["lin", "dø", "qvi", "ňa", "zó", "mar", "peñ", "ülk", "tor", "bæ"])
PART = st.lists(SYLLABLES, min_size=2, max_size=3).map(lambda part: "".join(part).capitalize())
NAMES = st.lists(st.lists(PART, min_size=2, max_size=3, unique=True), min_size=1, max_size=4)
SPELT = st.sampled_from([str, plainly, str.upper, str.lower])


@given(NAMES, SPELT, st.randoms(use_true_random=False))
def test_no_form_of_a_name_is_left(names, spell, chance) -> None:  # type: ignore[no-untyped-def]
    """Whole, given name, family name, initials with it, turned round, run together, in a list."""
    forms = NameForms({f"p{n}": " ".join(parts) for n, parts in enumerate(names)})
    said = []
    for parts in names:
        first, last = parts[0], parts[-1]
        initials = " ".join(f"{part[0]}." for part in parts[:-1])
        said += [" ".join(parts), first, last, f"{last}, {first}", f"{first}.{last}"]
        said += [f"{initials} {last}".title(), f"{first[0]}{last}", f"{first}{last}"]
    chance.shuffle(said)
    text = " said so; ".join(spell(form) for form in said)
    left = plainly(read(text, forms)).casefold()
    assert left == " said so; ".join(f"[{'/'.join(f.people)}]" for f in forms.find(text)).casefold()
    for parts in names:
        assert not [part for part in parts if plainly(part).casefold() in left]
