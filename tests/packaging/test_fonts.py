"""Every bundled family sets its script without help from the system's fonts."""

import io
from pathlib import Path

import pypdf
import pytest
import typst

from app.resource import resource

SCRIPTS = {
    "Inter": ("Décision – 40 % ≥ ▲ Ωμέγα Решение", "Inter-Regular"),
    "Noto Sans": ("Décision Ωμέγα Решение ƒ", "NotoSans-Regular"),
    "Noto Sans Arabic": ("قرار", "NotoSansArabic-Regular"),
    "Noto Sans Hebrew": ("החלטה", "NotoSansHebrew-Regular"),
    "Noto Sans Devanagari": ("निर्णय", "NotoSansDevanagari-Regular"),
    "Noto Sans Thai": ("การตัดสินใจ", "NotoSansThai-Regular"),
}


def fonts_used(source: str, folder: Path) -> set[str]:
    """Sets one line strictly: PDF/UA refuses a character that has no glyph."""
    page = folder / "page.typ"
    page.write_text('#set document(title: "Fonts")\n' + source, encoding="utf-8")
    pdf = typst.compile(
        page,
        font_paths=[resource("fonts")],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    resources = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"].get_object()
    fonts = resources["/Font"].get_object().values()
    return {str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts}


@pytest.mark.parametrize("family", SCRIPTS)
def test_a_family_sets_its_script(family: str, tmp_path: Path) -> None:
    text, file = SCRIPTS[family]
    used = fonts_used(f'#set text(font: "{family}", fallback: false)\n{text}\n', tmp_path)
    assert {name.removesuffix("-Identity-H") for name in used} == {file}


@pytest.mark.parametrize(
    ("markup", "file"),
    [
        ("*bold*", "Inter-Bold"),
        ("_italic_", "Inter-Italic"),
        ("#text(weight: 600)[semi-bold]", "Inter-SemiBold"),
    ],
)
def test_inter_has_its_weights(markup: str, file: str, tmp_path: Path) -> None:
    used = fonts_used(f'#set text(font: "Inter", fallback: false)\n{markup}\n', tmp_path)
    assert {name.removesuffix("-Identity-H") for name in used} == {file}


def test_the_licences_stand_beside_the_fonts() -> None:
    for family in ("Inter", "Noto"):
        assert "SIL OPEN FONT LICENSE" in resource("fonts", f"OFL-{family}.txt").read_text("utf-8")
