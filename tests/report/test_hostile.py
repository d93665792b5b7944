"""Text that fights back, in every field that people can type in: written, never executed, whole."""

import itertools
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, Final

import pikepdf
import pytest
from lxml import etree
from msgspec import to_builtins

from app.domain.audit import Audit
from app.report.build import build_report
from app.report.contents import KEYS
from app.report.csv_zip import RISKY
from app.report.formats import RENDER
from app.report.glyphs import Glyphs
from app.report.model import Audience, PageSize, ReportModel
from app.report.request import Request
from app.report.verified import verified
from app.words import Words
from tests.report import packages, sheets
from tests.report.everywhere import Field, filled
from tests.report.inputs import TODAY, inputs_of
from tests.report.reading import evened
from tests.report.test_everywhere import KEPT
from tests.report.variants import thin

TEXTS: Final = (
    "#set page(width: 1pt) @ #sys.inputs",
    "$x^2$ *b* _i_ `r` <label> @ref // c /* d @",
    "<script>alert(@)</script>&amp;\"'",
    "</title></style></svg><svg onload=alert(1)>@",
    "]]></w:t></w:r><w:p/></a:t>@",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;@",
    "<r><t>@</t></r>",
    "=1+1+@",
    "+1-@",
    "-1 @",
    "@SUM(@)",
    "=cmd|' /C calc'!@",
    '=HYPERLINK("http://@","y")',
    "{{ 7 * 7 }} {% raw %} {0} {name} %s @",
    "Ops 🚀 team 👩‍💻 1️⃣ @",
    "\u202etxet\u202c \u200f@",
    "nul\x00 bell\x07 esc\x1b del\x7f \x85 @",
    "\ue000\ufffe\U000f0000 a\u3099 @",
    "محمد אברהם प्रिया สมชาย 王小明 @",
    "e" + "\u0301" * 40 + " @",
    "a\nb\r\nc\td @",
    "x" * 5000 + " @",
    "Donau" * 60 + "@",
    "word " * 2000 + "@",
    "  '=1 @",
    '\\"\\u0000 javascript:alert(1) _x0041_ @',
)
"""The sign @ stands for a word that is in no other text; the last one of a text is replaced."""
ACTIONS: Final = ("/JavaScript", "/JS", "/Launch", "/OpenAction", "/URI", "/SubmitForm", "/AA")
PARTS: Final = re.compile(
    "html|head|meta|title|style|body|header|footer|main|section|div|span|p|h[1-3]|small|strong|nav|a|"
    "table|thead|tbody|tr|th|td|ul|li|figure|figcaption|details|summary|img|br|"
    "svg|use|g|rect|line|path|circle|text|desc|tspan|polyline|polygon|defs|pattern"
)
"""Tags that the program writes itself."""
WORD: Final = re.compile(r"Zq\d{5}q")


def fighting(audit: Audit, shift: int) -> tuple[Audit, dict[str, tuple[Field, str]]]:
    """The audit with such a text in every field, and which one holds which word."""
    said: dict[str, tuple[Field, str]] = {}
    texts = itertools.cycle(TEXTS[shift:] + TEXTS[:shift])

    def say(field: Field) -> str:
        word = f"Zq{len(said):05d}q"
        head, _, tail = next(texts).rpartition("@")
        said[word] = field, f"{head}{word}{tail}"
        return said[word][1]

    return filled(audit, say), said


def made(
    audit: Audit,
    audience: Audience = Audience.FULL,
    page: PageSize = PageSize.A4,
    language: str = "en",
) -> ReportModel:
    request = Request(audience, page, TODAY, frozenset(KEYS))
    return build_report(inputs_of(audit), request, Words(language))


@pytest.fixture(scope="module")
def model(sample: Audit) -> ReportModel:
    return made(fighting(thin(sample, 2, 3), 0)[0])


@pytest.fixture(scope="module")
def written(model: ReportModel) -> Mapping[str, bytes]:
    return {kind: render(model) for kind, render in RENDER.items()}


@pytest.mark.parametrize("kind", RENDER)
def test_every_format_is_written_whole(
    kind: str, model: ReportModel, written: Mapping[str, bytes]
) -> None:
    verified(kind, written[kind], model)
    assert model.control.replaced > 100


@pytest.mark.full
@pytest.mark.parametrize("shift", range(0, len(TEXTS), 3))
@pytest.mark.parametrize("audience", Audience)
def test_every_text_in_every_place(shift: int, audience: Audience, sample: Audit) -> None:
    page = list(PageSize)[shift % 2]
    audit, _ = fighting(thin(sample, 2, 6), shift)
    model = made(audit, audience, page, "de" if shift % 4 else "en")
    for kind, render in RENDER.items():
        verified(kind, render(model), model)


def test_no_text_is_lost_or_changed(sample: Audit) -> None:
    """Each stands whole in the model, with what no font draws by its code, but what is counted."""
    audit, said = fighting(thin(sample, 12, 5), 3)
    clean = Glyphs().clean
    known = evened(" ".join(_texts(to_builtins(made(audit)))))
    places: dict[str, list[int]] = {}
    for found in WORD.finditer(known):
        places.setdefault(found.group(), []).append(found.start())
    lost = {field for word, (field, _) in said.items() if word not in places}
    assert lost <= KEPT
    for word, starts in places.items():
        text = evened(clean(said[word][1]))
        before = text.index(word)
        assert any(known[at - before :][: len(text)] == text for at in starts), said[word]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for value in node.values() for text in _texts(value))
    elif isinstance(node, list | tuple):
        yield from (text for value in node for text in _texts(value))


def test_a_page_holds_no_tag_and_no_attribute_of_theirs(written: Mapping[str, bytes]) -> None:
    found: list[tuple[str, str]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend((tag, name) for name, _ in (*attrs, ("", "")))

    html = written["html"].decode()
    Tags().feed(html)
    assert not [tag for tag, _ in found if not PARTS.fullmatch(tag)]
    assert not [name for _, name in found if name.startswith("on") or name == "src"]
    assert {address[:1] for address in re.findall(r'href="(.*?)"', html)} == {"#"}
    assert "default-src 'none'" in html


@pytest.mark.parametrize("kind", ["xlsx", "pptx", "docx"])
def test_packages_hold_no_link_no_macro_and_no_field(
    kind: str, written: Mapping[str, bytes]
) -> None:
    parts = packages.parts(written[kind])
    assert not [name for name in parts if re.search("vba|external|activeX|oleObject", name)]
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(part)
            assert not root.xpath("//@TargetMode"), name
            fields = set(root.xpath("//@*[local-name()='instr']"))
            assert {f.strip() for f in fields} <= {"PAGE", "NUMPAGES"}
    books = (
        [written[kind]]
        if kind == "xlsx"
        else [part for name, part in parts.items() if name.endswith(".xlsx")]
    )
    for body in books:
        for sheet in sheets.book(body).worksheets:
            for row in sheet.iter_rows():
                assert not [c.coordinate for c in row if c.data_type in "fe" or c.hyperlink]


def test_no_cell_of_a_table_is_a_formula(written: Mapping[str, bytes]) -> None:
    number = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
    for rows in sheets.tables(written["csv"]).values():
        for cell in itertools.chain.from_iterable(rows):
            assert not cell.startswith(RISKY[:-1]) or number.fullmatch(cell)


def test_a_pdf_does_nothing_when_it_is_opened(written: Mapping[str, bytes], tmp_path: Any) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(written["pdf"])
    with pikepdf.open(path) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not [key for key in thing.keys() if key in ACTIONS]  # noqa: SIM118
        assert list(document.attachments) == ["plumbline-report.json"]
