from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.byte_columns import ByteColumn
from retention_reports.validation import numbers as module
from retention_reports.validation.numbers import NumberRules, parse_numbers, round_half_up
from retention_reports.validation.ordinary_numbers import parse_ordinary

EURO = NumberRules("EUR")


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
        ("(20,00)", ",", -200_000),
        ("(€20.00)", "", -200_000),
        ("\u00ad200,00", ",", -2_000_000),
        ("200,00\u2013", ",", -2_000_000),
        ("\uff0d200", "", -2_000_000),
        ("1'234.50", "", 12_345_000),
        ("1\u2019234\u2019567.50", ".", 12_345_675_000),
        ("1\u202f234,50", ",", 12_345_000),
        ("'7412", "", 74_120_000),
        ("50.-", ".", 500_000),
        ("50,\u2013", ",", 500_000),
        ("12 TSD", ",", 120_000_000),
        ("3,5 Mio.", ",", 35_000_000_000),
        ("12 T\u20ac", ",", 120_000_000),
        ("0,5 kEUR", ",", 5_000_000),
    ],
)
def test_money_is_read_exactly(text: str, decimal: str, expected: int) -> None:
    # The second cell takes the reader off its fast way, or keeps it there: both must say the same.
    for texts in ([text], [text, "1"], [text, "1 EUR"]):
        found = parse_numbers(texts, decimal, 4, EURO)

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


def told(text: str, *others: str, decimal: str = "", rules: NumberRules | None = None) -> str:
    """Return the English message for the first text of a column; empty where it is read."""
    fault = parse_numbers([text, *others], decimal, 4, rules).faults.get(0)
    return str(fault.message(text, 1, file="orders", column="amount")) if fault else ""


def test_the_message_says_what_to_declare() -> None:
    assert 'decimal = ","' in told("1,5")
    assert 'decimal = "."' in told("1,234.5")


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
    thorough = module._parse_each(texts, decimal, places, NumberRules())

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
    assert fast.tolist() == [*parse_numbers([*texts, "1 EUR"], decimal, 4, EURO).values.tolist()[:-1], 0]


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["200.00 CR", "500.00 DR"], '"CR"'),
        (["200 GS"], '"GS"'),
        (["S 120.00", "20.00"], '"S"'),
        (["20.00 H"], '"H"'),
        (["12k"], '"k"'),
        (["5 M"], '"M"'),
        (["$50.00"], '"$"'),
        (["50.00 CHF"], '"CHF"'),
        (["50.00 Fr."], '"Fr."'),
        (["50 z\u0142"], '"z\u0142"'),
        (["kr 50"], '"kr"'),
        (["US-$ 50"], '"US-$"'),
        (["T$ 50"], '"T$"'),
    ],
)
def test_what_a_sign_beside_a_number_does_is_never_guessed(texts: list[str], sign: str) -> None:
    assert sign in told(*texts, rules=EURO)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$50", "USD"), ("CA$ 50", "CAD"), ("$50", "AUD"), ("kr 50", "SEK"), ("50 kr.", "DKK"), ("\u00a350", "GBP"),
        ("\u00a550", "JPY"), ("50 RMB", "CNY"), ("Fr. 50", "CHF"), ("50 CHF", "CHF"), ("50 z\u0142", "PLN"),
        ("50 Euro", "EUR"), ("50 XYZ", "XYZ"),
    ],
)  # fmt: skip
def test_the_clients_own_currency_may_stand_beside_amounts(text: str, currency: str) -> None:
    found = parse_numbers([text], "", 4, NumberRules(currency))

    assert (found.faults, found.values.tolist()) == ({}, [500_000])
    assert parse_numbers([text], "", 4).faults, "where there is no money, there is no currency"


def test_the_client_can_say_what_its_signs_do() -> None:
    rules = NumberRules("EUR", {"GS": -1, "k": 1000, "CR": -1})
    found = parse_numbers(["200 GS", "1.5 k", "20.00 CR", "-5 GS", "30"], "", 4, rules)

    assert (found.faults, found.values.tolist()) == ({}, [-2_000_000, 15_000_000, -200_000, 50_000, 300_000])


@pytest.mark.parametrize(
    ("texts", "decimal", "message"),
    [
        (["1.250", "12.500", "300"], "", "can be thousands or three decimals"),
        (["1,234"], "", "can be thousands or three decimals"),
        (["1.250", "12,50"], "", 'decimal = ","'),
        (["1.250", "1.234.567"], "", 'decimal = ","'),
        (["0.500", "2.000"], ",", 'amount = "." in [files.orders.decimals]'),
        (["2.000", "0.500", "7"], ",", 'amount = "." in [files.orders.decimals]'),
        (["0,500", "0,250"], ".", 'amount = "," in [files.orders.decimals]'),
        (["0.500", "12,50"], ",", "in one way"),
        (["12,50", "12.50"], "", "in one way"),
        (["0.500.000"], ",", "is not a number"),
    ],
)
def test_the_whole_column_decides_how_it_is_written_or_the_message_asks(
    texts: list[str], decimal: str, message: str
) -> None:
    faults = parse_numbers(texts, decimal, 4).faults

    assert message in str(next(iter(faults.values())).message(texts[0], 1, file="orders", column="amount"))
    assert parse_ordinary(ByteColumn.of(texts), decimal, 4) is None


@pytest.mark.parametrize(
    ("texts", "decimal", "expected"),
    [
        (["1.250", "12.50"], "", [12_500, 125_000]),
        (["1.250", "0.125"], "", [12_500, 1_250]),
        (["1.250", "1234.500"], "", [12_500, 12_345_000]),
        (["1.250", "2.000"], ".", [12_500, 20_000]),
        (["1.250", "2.000"], ",", [12_500_000, 20_000_000]),
        (["1,500", "2"], ".", [15_000_000, 20_000]),
        (["0.500", "0.250"], "", [5_000, 2_500]),
    ],
)
def test_a_column_that_proves_its_form_is_read(texts: list[str], decimal: str, expected: list[int]) -> None:
    for column in (texts, [*texts, "1 EUR"]):
        found = parse_numbers(column, decimal, 4, EURO)

        assert (found.faults, found.values.tolist()[:2]) == ({}, expected)


@given(st.lists(st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,3}){0,2}", fullmatch=True), min_size=1, max_size=4))
def test_the_form_that_a_message_proposes_reads_the_column(texts: list[str]) -> None:
    proposed = {
        place: str(dict(fault.values)["found"])
        for place, fault in parse_numbers(texts, "", 4).faults.items()
        if fault.key in {"numbers.comma", "numbers.grouped"}
    }

    for decimal in proposed.values():
        assert not proposed.keys() & parse_numbers(texts, decimal, 4).faults.keys()


def test_percent_signs_are_read_where_every_number_carries_one() -> None:
    rules = NumberRules(percent=Decimal("0.01"))

    assert parse_numbers(["10 %", "2.5%", "0"], "", 6, rules).values.tolist() == [100_000, 25_000, 0]
    assert "lacks the %" in str(parse_numbers(["0.1", "10 %"], "", 6, rules).faults[0].message("0.1", 1))
    assert parse_numbers(["5 %", "-3"], "", 6, NumberRules(percent=Decimal(1))).values.tolist() == [
        5_000_000,
        -3_000_000,
    ]
    assert "percentage" in told("5 %", rules=EURO)


@pytest.mark.parametrize("filling", [" ", "€ ", "- ", "(", "1 ", ".", "EUR", "'"])
def test_a_long_cell_is_refused_at_once(filling: str) -> None:
    assert list(parse_numbers(["1.00" + filling * 5_000 + "x"], "", 4, EURO).faults) == [0]
