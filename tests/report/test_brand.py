"""A brand of one's own: what is taken, what is refused in a sentence, and where it shows."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from app.errors import ImportFailed
from app.report.brand import ACCENT, Brand, contrast, darkened, read_brand
from app.report.build import build_report
from app.report.data import render_json
from app.report.html import render_html
from app.report.inputs import ReportInputs
from app.report.logo import MOST_BYTES, fault, proportion
from app.report.model import Audience, PageSize, ReportModel
from app.report.pdf import render_pdf
from app.report.request import Request, language_of
from app.words import Words
from tests.report.inputs import TODAY
from tests.report.reading import elements, everything, pages
from tests.report.variants import LONG

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><defs><linearGradient id="a">'
    '<stop offset="0" stop-color="#f60"/></linearGradient></defs>'
    '<rect width="120" height="40" fill="url(#a)"/></svg>'
)


def png(width: int = 30, height: int = 10) -> bytes:
    """A grey picture, eight bits a pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress((b"\0" + b"\x80" * width) * height)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def folder(tmp_path: Path, body: bytes | None = None, **fields: Any) -> Path:
    tmp_path.mkdir(exist_ok=True)
    if body is not None:
        fields.setdefault("logo", "logo")
        (tmp_path / "logo").write_bytes(body)
    (tmp_path / "brand.json").write_text(json.dumps(fields), "utf-8")
    return tmp_path


def branded(inputs: ReportInputs, brand: Brand, audience: Audience = Audience.FULL) -> ReportModel:
    request = Request(audience, PageSize.A4, TODAY, frozenset({"sign"}), brand=brand)
    return build_report(inputs, request, Words())


def test_everything_may_be_left_out(tmp_path: Path) -> None:
    assert read_brand(folder(tmp_path)) == Brand()


def test_every_key_is_read(tmp_path: Path) -> None:
    texts = {
        "name": "Vale & Co",
        "classification": "Secret",
        "footer": "Vale & Co,  1 High Street",
        "page": "letter",
        "language": "de",
    }
    found = read_brand(folder(tmp_path, SVG.encode(), accent="#0B5D78", **texts))
    assert found == Brand(
        **{**texts, "footer": "Vale & Co, 1 High Street"}, accent=ACCENT, logo=SVG.encode()
    )


@pytest.mark.parametrize("accent", ["#FFFFFF", "#FF8800", "#00FF00", "#777777", "#0b5d78"])
def test_an_accent_is_darkened_until_it_reads(accent: str) -> None:
    shade = darkened(accent)
    parts = [int(shade[i : i + 2], 16) for i in (1, 3, 5)]
    own = [int(accent[i : i + 2], 16) for i in (1, 3, 5)]
    assert contrast(parts) >= 4.5
    assert all(dark <= light for dark, light in zip(parts, own, strict=True))
    assert darkened(shade) == shade
    assert contrast([255, 255, 255]) == pytest.approx(1)
    assert contrast([0, 0, 0]) == pytest.approx(21)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"colour": "#000000"}, "it has the keys colour"),
        ({"name": 7}, "its name is no text"),
        ({"accent": "red"}, "its accent “red” is no colour"),
        ({"accent": "#12345"}, "is no colour"),
        ({"page": "a3"}, "there is no page “a3”. Choose from a4, letter"),
        ({"language": "xx"}, "there is no language “xx”"),
        ({"footer": "x" * 201}, "201 characters"),
        ({"logo": "../secret.png"}, "does not lie beside it"),
        ({"logo": "/etc/hostname"}, "does not lie beside it"),
        ({"logo": "missing.png"}, "could not be read"),
    ],
)
def test_what_is_wrong_is_a_sentence(fields: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="nothing was written") as caught:
        read_brand(folder(tmp_path, **fields))
    assert said in caught.value.sentence


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'"text"', b"{" * 40_000])
def test_a_brand_that_is_no_record_is_refused(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "brand.json").write_bytes(body)
    with pytest.raises(ImportFailed):
        read_brand(tmp_path)
    with pytest.raises(ImportFailed, match="could not be read"):
        read_brand(tmp_path / "nowhere")


def test_a_link_is_no_logo(tmp_path: Path) -> None:
    (tmp_path / "outside.svg").write_text(SVG, "utf-8")
    made = folder(tmp_path / "brand")
    (made / "brand.json").write_text('{"logo": "logo.svg"}', "utf-8")
    (made / "logo.svg").symlink_to(tmp_path / "outside.svg")
    with pytest.raises(ImportFailed, match="is a link"):
        read_brand(made)


def inside(markup: str, attributes: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {attributes}>{markup}</svg>'


@pytest.mark.parametrize(
    "svg",
    [
        inside("<script>alert(1)</script>"),
        inside('<image href="https://example.org/x.png"/>'),
        inside('<image href="data:image/png;base64,AAAA"/>'),
        inside("<foreignObject/>"),
        inside('<a href="#x"/>'),
        inside('<animate attributeName="href"/>'),
        inside('<rect onload="alert(1)"/>'),
        inside("<rect/>", 'onclick="x()"'),
        inside('<use href="other.svg#a"/>'),
        inside('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="http://h/#a"/>'),
        inside('<rect fill="url(http://example.org/#a)"/>'),
        inside("<rect style=\"fill: url( '//h/a' )\"/>"),
        inside("<style>@import 'x.css';</style>"),
        inside("<style>rect{fill:u\\72l(http://h)}</style>"),
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + inside("&a;"),
        '<?xml-stylesheet href="x.css"?>' + inside("<rect/>"),
        inside('<use href="#a"/>' * 21),
        '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>',
        "<html><body/></html>",
        "GIF89a",
        "<svg" * 3000,
    ],
)
def test_an_svg_that_runs_fetches_or_has_no_size_is_refused(svg: str, tmp_path: Path) -> None:
    assert fault(svg.encode())
    with pytest.raises(ImportFailed, match="The logo logo is not used"):
        read_brand(folder(tmp_path, svg.encode()))


def test_a_png_is_read_to_its_last_pixel() -> None:
    assert fault(png()) == ""
    assert proportion(png()) == 3
    assert fault(png()[:-20]) == "the PNG is damaged"
    assert fault(png().replace(b"IDAT", b"IDAX")) == "the PNG is damaged"
    flipped = bytearray(png())
    flipped[45] ^= 1
    assert fault(bytes(flipped)) == "the PNG is damaged"
    assert "16 million" in fault(png(8000, 1)[:16] + _resized(8000, 8000))


def _resized(width: int, height: int) -> bytes:
    """The rest of a PNG whose head says another size, with sums that hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    check = struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return head + check + png()[33:]


def test_a_logo_that_is_too_large_is_refused(tmp_path: Path) -> None:
    large = SVG.encode() + b" " * MOST_BYTES
    with pytest.raises(ImportFailed, match="larger than 256 KB"):
        read_brand(folder(tmp_path, large))


@pytest.mark.parametrize("logo", [SVG.encode(), png()], ids=["svg", "png"])
def test_the_brand_shows_in_pdf_and_html(
    logo: bytes, sample_inputs: ReportInputs, tmp_path: Path
) -> None:
    brand = read_brand(
        folder(tmp_path, logo, name="Vale & Co", footer="1 High Street", accent="#FF8800")
    )
    model = branded(sample_inputs, brand)
    pdf = render_pdf(model)
    assert pdf == render_pdf(model)
    found = pages(pdf)
    assert all("Vale & Co" in page and "1 High Street" in page for page in found)
    logos = [e for e in elements(pdf) if e.kind == "Figure" and e.alt == "Logo of Vale & Co"]
    assert len(logos) == 1
    html = render_html(model)
    assert 'alt="Logo of Vale &amp; Co"' in html
    assert "--accent: #B56000" in html
    assert "image/svg+xml;base64," in html or "image/png;base64," in html
    assert "<script" not in html
    assert b'"logo"' not in render_json(model)


def test_page_one_stays_one_page_under_a_brand(sample_inputs: ReportInputs, tmp_path: Path) -> None:
    brand = read_brand(folder(tmp_path, png(300, 10), name=LONG[:190], footer=LONG[:190]))
    found = pages(render_pdf(branded(sample_inputs, brand)))
    plain = pages(render_pdf(branded(sample_inputs, Brand())))
    assert len(found) == len(plain)
    assert "Decided by" in found[0]


def test_external_readers_get_the_colour_alone(sample_inputs: ReportInputs, tmp_path: Path) -> None:
    marked = SVG.replace("<defs>", "<title>Quagmire</title><defs>").encode()
    brand = read_brand(
        folder(
            tmp_path,
            marked,
            name="Quagmire Ltd",
            footer="Quagmire Street",
            accent="#AA0000",
            classification="Quagmire only",
        )
    )
    model = branded(sample_inputs, brand, Audience.EXTERNAL)
    html = render_html(model)
    assert "--accent: #AA0000" in html
    for text in (html, everything(render_pdf(model)), render_json(model).decode()):
        assert "Quagmire" not in text
    assert "<img" not in html


def test_names_of_people_are_replaced_in_a_brand(sample_inputs: ReportInputs) -> None:
    person = next(iter(sample_inputs.audit.people.values())).name
    brand = Brand(name=f"Office of {person}", footer=f"Ask {person}")
    model = branded(sample_inputs, brand, Audience.EXECUTIVE)
    assert person not in render_json(model).decode()
    assert model.look.footer.startswith("Ask ")


def test_language_is_asked_for_then_branded_then_the_audits(sample_inputs: ReportInputs) -> None:
    audit = sample_inputs.audit
    assert language_of(Request(), audit) == "en"
    assert language_of(Request(brand=Brand(language="de")), audit) == "de"
    assert language_of(Request(brand=Brand(language="de"), language="en"), audit) == "en"
