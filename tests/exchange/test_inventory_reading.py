"""Text files: encodings, delimiters, newlines in cells, headers of every kind, and refusals."""

from pathlib import Path

import pytest

from app.errors import ImportFailed
from app.exchange.inventory import read_table
from tests.exchange.inventories import table_in

FRENCH = "Nom;Unité\nDétection de fraude;Crédit à la clientèle\nRésumé d’appels;Équipe d’été\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbfName,Unit\nA,B\n", "utf-8-sig"),
        (b"Name,Unit\nA,B\n", "utf-8"),
        ("Name,Unit\nÉté,B\n".encode(), "utf-8"),
        ("Name,Unit\nÉté,B\n".encode("utf-16"), "utf-16"),
        (FRENCH.encode("cp1252"), "cp1252"),
        ("Name,The AI system’s outputs\nA,b\n".encode("cp1252"), "cp1252"),
        ("Название;Отдел\nПроверка заявок;Кредитный отдел\n".encode("cp1251"), "cp1251"),
    ],
)
def test_encoding_is_found_and_reported(tmp_path: Path, data: bytes, encoding: str) -> None:
    table = table_in(tmp_path, data)
    assert table.encoding == encoding
    assert table.headers == tuple(
        data.decode(encoding).splitlines()[0].replace(";", ",").split(",")
    )


def test_encoding_can_be_given(tmp_path: Path) -> None:
    table = table_in(tmp_path, "Name,Unit\nπ,B\n".encode("iso8859-7"), encoding="iso8859-7")
    assert table.rows == (("π", "B"),)
    assert table.encoding == "iso8859-7"


def test_replacement_characters_are_kept_as_they_are(tmp_path: Path) -> None:
    assert table_in(tmp_path, "Name,Unit\nthe agency\ufffds,B\n").rows[0][0] == "the agency\ufffds"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["Name", "Unit", "Purpose"], ["A", "B", "one, two; three"], ["C", "D", ""]]
    text = "\n".join(delimiter.join(f'"{c}"' if "," in c else c for c in row) for row in rows)
    assert table_in(tmp_path, text).rows == (("A", "B", "one, two; three"), ("C", "D", ""))


def test_newlines_in_cells_and_carriage_returns_between_records(tmp_path: Path) -> None:
    table = table_in(
        tmp_path, 'Name,"A long\nheader"\r\n"two\nlines",x\r\n"a ""quote""","1,5\r\nmore"\r\n'
    )
    assert table.headers == ("Name", "A long header")
    assert table.rows == (("two\nlines", "x"), ('a "quote"', "1,5\r\nmore"))
    assert table.numbers == (2, 3)


def test_nine_equal_headers_are_numbered_and_blank_ones_named(tmp_path: Path) -> None:
    same = "If other, please explain."
    table = table_in(tmp_path, ",".join(["Name", *[same] * 9, "", "Unit"]) + "\n" + "x," * 11 + "y")
    assert table.headers[:3] == ("Name", same.split(",")[0], "please explain.")
    quoted = ",".join(["Name", *[f'"{same}"'] * 9, "", "Unit"])
    table = table_in(tmp_path, quoted + "\n" + "x," * 11 + "y")
    assert table.headers == (
        "Name",
        same,
        *(f"{same} ({n})" for n in range(2, 10)),
        "Column 11",
        "Unit",
    )
    assert table.column("IF OTHER please explain (3)") == 3


def test_headers_as_long_as_a_question(tmp_path: Path) -> None:
    question = "Is there, " + "in your opinion, " * 60 + "a process?"
    table = table_in(tmp_path, f'Name,"{question}"\nA,Yes\n')
    assert table.headers[1] == question
    assert table.column(question) == 1


def test_title_rows_blank_rows_and_ragged_rows(tmp_path: Path) -> None:
    table = table_in(
        tmp_path,
        "Inventory 2025\n\nMade on,2025-01-01\n,,,\nName,Unit,Stage,\nA,B,Pilot,\n\n , ,\nC,D\n",
    )
    assert table.headers == ("Name", "Unit", "Stage")
    assert table.rows == (("A", "B", "Pilot"), ("C", "D", ""))
    assert (table.header_row, table.numbers) == (5, (6, 9))


def test_stray_cells_to_the_right_do_not_hide_the_header(tmp_path: Path) -> None:
    table = table_in(tmp_path, "Name,Unit\nA,B\nC,D\nE,F,,see,the,note,below\nG,H\n")
    assert table.headers == ("Name", "Unit", "Column 4", "Column 5", "Column 6", "Column 7")
    assert table.rows[2] == ("E", "F", "see", "the", "note", "below")


def test_one_column_is_a_table(tmp_path: Path) -> None:
    assert table_in(tmp_path, "Name\nA\nB\n").rows == (("A",), ("B",))


def test_cells_with_a_bare_quote_are_read(tmp_path: Path) -> None:
    table = table_in(tmp_path, 'Name,Unit\n"A" and more,B\nC,D\n')
    assert table.rows == (("A and more", "B"), ("C", "D"))


def test_json_list_of_objects(tmp_path: Path) -> None:
    text = '[{"name": "A", "n": 5.0, "tags": ["x", "é"]}, {"name": null, "more": true}]'
    table = table_in(tmp_path, text, "inventory.json")
    assert table.headers == ("name", "n", "tags", "more")
    assert table.rows == (("A", "5", '["x", "é"]', ""), ("", "", "", "true"))
    assert (table.numbers, table.header_row, table.encoding) == ((1, 2), 0, "utf-8")


def test_json_object_that_holds_one_list(tmp_path: Path) -> None:
    text = '{"meta": {"n": 1}, "notes": ["x"], "records": [{"name": "A"}]}'
    assert table_in(tmp_path, text, "inventory.json").rows == (("A",),)


def test_json_half_characters_and_zeros_cannot_harm_the_file(tmp_path: Path) -> None:
    table = table_in(tmp_path, r'[{"name": "A\ud800\u0000B"}]', "inventory.json")
    assert table.rows == (("A?B",),)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b" \r\n\n", "is empty"),
        ("a.csv", b"Name,Unit\n", "no rows"),
        ("a.csv", b"1,2,3\n4,5,6\n", "No header row"),
        ("a.csv", b'Name,Unit\n"never closed,B\n', "never closed"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text file"),
        ("a.csv", b"%PDF-1.7\n" + b"text " * 300, "not a text file"),
        ("a.csv", bytes(range(1, 32)) * 40, "not a text file"),
        ("a.json", b"{", "not well-formed JSON"),
        ("a.json", b"[" * 100_000, "not well-formed JSON"),
        ("a.json", b"[1, 2]", "holds no table"),
        ("a.json", b"[]", "holds no table"),
        ("a.json", b"[{}]", "holds no table"),
        ("a.json", b'"text"', "holds no table"),
        ("a.json", b'{"a": [{"x": 1}], "b": [{"x": 1}]}', "holds no table"),
        ("a.csv", b"a" + b"," * 3000 + b"\nb" + b"," * 3000, "columns"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    with pytest.raises(ImportFailed, match=says) as refused:
        table_in(tmp_path, data, name)
    assert "nothing has been taken" in refused.value.sentence
    assert name in refused.value.sentence


@pytest.mark.parametrize("encoding", ["utf-99", "", "base64", "a\0b"])
def test_an_encoding_nobody_knows_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ImportFailed, match="no encoding called"):
        table_in(tmp_path, "Name,Unit\nA,B\n", encoding=encoding)


def test_a_wrong_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="cannot be read as utf-8"):
        table_in(tmp_path, FRENCH.encode("cp1252"), encoding="utf-8")


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(ImportFailed, match="could not be read"):
            read_table(path)


def test_sheets_are_for_workbooks(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="no sheets"):
        table_in(tmp_path, "Name,Unit\nA,B\n", sheet="First")
