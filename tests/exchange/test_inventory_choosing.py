"""A column chosen by a person: only that field changes, and the proposal can be had back."""

import pytest

from app.exchange.inventory import choose_columns, empty_mapping, field_columns, find_mapping

FEDERAL = find_mapping("us-federal-2025")


@pytest.mark.parametrize("field", sorted(field_columns(FEDERAL)))
def test_another_column_and_back_again(field: str) -> None:
    headers = field_columns(FEDERAL)[field]
    other = choose_columns(FEDERAL, FEDERAL, field, ("Elsewhere",))
    assert field_columns(other) == {**field_columns(FEDERAL), field: ("Elsewhere",)}
    assert choose_columns(other, FEDERAL, field, headers) == FEDERAL


@pytest.mark.parametrize("field", sorted(set(field_columns(FEDERAL)) - {"name"}))
def test_not_taken_and_back_again(field: str) -> None:
    without = choose_columns(FEDERAL, FEDERAL, field, ())
    assert set(field_columns(without)) == set(field_columns(FEDERAL)) - {field}
    assert choose_columns(without, FEDERAL, field, field_columns(FEDERAL)[field]) == FEDERAL


def test_tables_of_values_belong_to_their_column() -> None:
    other = choose_columns(FEDERAL, FEDERAL, "lifecycle", ("Elsewhere",)).fields.lifecycle
    assert other is not None
    assert FEDERAL.fields.lifecycle is not None
    assert FEDERAL.fields.lifecycle.values
    assert not other.values


def test_from_nothing_a_name_is_enough() -> None:
    empty = empty_mapping()
    assert field_columns(empty) == {}
    assert field_columns(choose_columns(empty, empty, "name", ("A",))) == {"name": ("A",)}
