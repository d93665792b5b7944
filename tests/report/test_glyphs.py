"""What the fonts can draw, and what is written by its code."""

import pytest

from app.report.glyphs import Glyphs


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


@pytest.mark.parametrize(
    "text", ["Plain text", "Łukasz Żółkiewski", "Αλέξανδρος", "Дмитрий", "€ – “x” … ×", "Nguyễn"]
)
def test_what_the_fonts_hold_stays(text: str, glyphs: Glyphs) -> None:
    assert glyphs.clean(text) == text


@pytest.mark.parametrize("text", ["محمد", "שלום", "प्रिया", "สมชาย"])
def test_bundled_scripts_stay(text: str, glyphs: Glyphs) -> None:
    assert glyphs.clean(text) == text
    assert all(glyphs.is_bundled(sign) for sign in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\U0001f600", "a[U+1F600]"),
        ("a\x00b", "a[U+0000]b"),
        ("\u202etxet", "[U+202E]txet"),
        ("\ud800", "[U+D800]"),
        ("\ue000", "[U+E000]"),
        ("\ufeffx", "[U+FEFF]x"),
    ],
)
def test_everything_else_is_written_by_its_code(text: str, expected: str, glyphs: Glyphs) -> None:
    assert glyphs.clean(text) == expected
    assert glyphs.clean(expected) == expected


def test_letters_come_together_where_unicode_has_them_as_one(glyphs: Glyphs) -> None:
    assert glyphs.clean("e\u0301") == "é"


def test_line_breaks_and_tabs_are_no_foreign_signs(glyphs: Glyphs) -> None:
    assert glyphs.clean("a\nb\tc") == "a\nb\tc"


def test_a_mark_stays_with_letters_that_its_font_has(glyphs: Glyphs) -> None:
    """One font draws a letter with its marks: a sign around a digit is in none that has digits."""
    assert glyphs.clean("1\u20e3").startswith("1[U+20E3]")
    assert glyphs.clean("a\u3099") == "a[U+3099]"
    assert glyphs.clean("क\u0941") == "क\u0941"
