from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.byte_columns import ByteColumn
from retention_reports.validation import numbers as module
from retention_reports.validation.numbers import parse_numbers, round_half_up
from retention_reports.validation.ordinary_numbers import parse_ordinary


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("12.5", "", 125_000),
        ("-0", "", 0),
        ("1234,5", ",", 12_345_000),
        ("1.234,56", ",", 12_345_600),
        ("1.234.567", ",", 12_345_670_000),
        ("1,234.56", ".", 12_345_600),
        ("45,86 €", ",", 458_600),
        ("€ 45,86", ",", 458_600),
        ("45.86 EUR", "", 458_600),
        ("12,00-", ",", -120_000),
        ("12,00- €", ",", -120_000),
        ("−5", "", -50_000),
        ("- 5", "", -50_000),
        ("1 234,50", ",", 12_345_000),
        ("0012", "", 120_000),
        ("0.00005", "", 1),
        ("-0.00005", "", -1),
        ("0.00004999", "", 0),
        ("999999999999.9999", "", 9_999_999_999_999_999),
    ],
)
def test_money_is_read_exactly(text: str, decimal: str, expected: int) -> None:
    # The second cell takes the reader off its fast way, or keeps it there: both must say the same.
    for texts in ([text], [text, "1"], [text, "1 EUR"]):
        found = parse_numbers(texts, decimal, 4)

        assert not found.faults
        assert found.values[0] == expected


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1.23,4", ","), ("1.2345,6", ","), ("12.34", ","), ("1,23", "."), ("1,234.5,6", "."),
        ("1,5", ""), ("1,234", ""),
        ("inf", ""), ("nan", ""), ("1e3", ""), ("\u0661\u0662\u0663", ""), ("0x10", ""), ("1_000", ""),
        ("", ""), ("-", ""), (".5", ""), ("5.", ""),
        ("-5-", ""), ("--5", ""), ("1 23", ""), ("5 %", ""), ("1" * 13, ""), ("1000000000000000000", ""),
    ],
)  # fmt: skip
def test_what_is_not_written_as_declared_is_a_problem(text: str, decimal: str) -> None:
    assert list(parse_numbers([text], decimal, 4).faults) == [0]


def test_the_message_says_what_to_declare() -> None:
    assert 'decimal = ","' in parse_numbers(["1,5"], "", 4).faults[0]
    assert 'decimal = "."' in parse_numbers(["1,234.5"], "", 4).faults[0]


@given(st.integers(-(10**13), 10**13), st.sampled_from(["", ",", "."]))
def test_every_amount_of_four_decimals_is_read_back(amount: int, decimal: str) -> None:
    text = f"{Decimal(amount) / 10_000:.4f}".replace(".", decimal or ".")

    assert parse_numbers([text], decimal, 4).values.tolist() == [amount]


@given(st.decimals(-(10**6), 10**6, places=7))
def test_more_decimals_are_rounded_half_up_and_counted(number: Decimal) -> None:
    found = parse_numbers([f"{number:f}"], "", 4)

    assert found.values[0] == int((number * 10_000).to_integral_value(ROUND_HALF_UP))
    assert bool(found.rounded) == (number * 10_000 % 1 != 0)


@given(st.lists(st.integers(-(10**30), 10**30), min_size=1), st.sampled_from([7, 10**12]))
def test_division_rounds_half_away_from_zero(numerators: list[int], denominator: int) -> None:
    small = [number % (10**15 * denominator) for number in numerators]

    found = round_half_up(np.array(small, dtype=object), denominator)

    assert found.tolist() == [int((Decimal(n) / denominator).to_integral_value(ROUND_HALF_UP)) for n in small]


@given(
    st.lists(st.text(alphabet="01239-.,", min_size=1, max_size=12), min_size=1, max_size=3),
    st.sampled_from(["", ",", "."]),
    st.sampled_from([4, 6]),
)
def test_the_fast_way_and_the_thorough_one_agree(texts: list[str], decimal: str, places: int) -> None:
    fast = parse_ordinary(ByteColumn.of(texts), decimal, places)
    thorough = module._parse_each(texts, decimal, places)

    assert fast is None or (fast.tolist(), thorough.faults, thorough.rounded) == (thorough.values.tolist(), {}, ())


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["12.5", "-0.1234", "999999999"], ""),
        (["-1.234,56", "12,5", "1.234.567", "1234", "-5"], ","),
        (["1,234.56", "12.5", "999,999,999.9999"], "."),
    ],
)
def test_usual_amounts_take_the_fast_way_and_gaps_are_nothing(texts: list[str], decimal: str) -> None:
    fast = parse_ordinary(ByteColumn.of([*texts, ""]), decimal, 4)

    assert fast is not None
    assert fast.tolist() == [*parse_numbers([*texts, "1 EUR"], decimal, 4).values.tolist()[:-1], 0]
