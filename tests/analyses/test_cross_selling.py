"""Cross-selling, worked by hand on small tables, and the laws that always hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.cross_selling.cross_selling_analysis import cross_selling
from retention_reports.analyses.cross_selling.cross_selling_results import Affinity, Opening, State
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset
from tests.support.laws import assert_laws
from tests.support.lines import products, sales, segments

if TYPE_CHECKING:
    from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling
    from retention_reports.model.dataset import Dataset

GOODS = products("soap/Soap", "towel/Paper", "roll/Paper", "odd/")
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h")
FIVE_BUYERS = """
    a 2026-01-01 soap:10 towel:100
    b 2026-01-01 soap:10 towel:200
    c 2026-01-01 soap:10 towel:300
    d 2026-01-01 soap:10 roll:400
    e 2026-01-01 soap:10 roll:500
    f 2026-01-01 soap:10
    g 2026-01-01 soap:10
    h 2026-01-01 soap:10
"""
# Five of eight buy paper, for 300 in the middle: 300 × 5/8 = 187.50 for each of f, g, h.


def made(text: str, *, goods: list[Row] = GOODS, customers: list[Row] | None = None, **more: list[Row]) -> Dataset:
    orders, lines = sales(text)
    listed = segments("shops", NAMES) if customers is None else customers
    return dataset(
        orders, quarter="2026-Q3", customers=listed, tables={"order_lines": lines, "products": goods, **more}
    )


def test_customers_are_counted_by_the_number_of_their_categories() -> None:
    found = cross_selling(made("a 2026-01-01 soap:1\nb 2026-01-01 soap:1 towel:1 roll:1\nc 2025-09-30 soap:1"))

    assert found.space is not None
    assert found.space.single_category == Rate(1, 2)
    assert found.space.by_breadth == ((1, 1), (2, 1))
    figures = found.figures()
    assert (figures["single_category_k"], figures["single_category_n"]) == (1, 2)
    # c bought last twelve months ago to the day: not active.
    assert found.space.identifiers == ("a", "b")


def test_an_active_customer_without_a_known_category_is_counted_apart() -> None:
    found = cross_selling(made("a 2026-01-01 soap:1\nb 2026-01-01 odd:1\nc 2026-01-01 unlisted:1"))

    assert found.space is not None
    assert (found.space.identifiers, found.space.unobserved) == (("a",), 2)


def test_a_returned_order_was_bought_and_a_cancelled_one_was_not() -> None:
    found = cross_selling(made("a 2026-01-01 soap:5\na 2026-02-01 towel:7 returned\nb 2026-01-01 soap:1 cancelled"))

    assert found.space is not None
    assert found.space.identifiers == ("a",)
    assert found.space.single_category == Rate(0, 1)
    assert found.space.spent == (amount("5"),)


def test_potential_is_the_buyers_median_times_their_share_of_the_segment() -> None:
    found = cross_selling(made(FIVE_BUYERS))

    assert [(entry.customer_id, entry.category, entry.value, entry.cases) for entry in found.potentials] == [
        (name, "Paper", amount("187.5"), 5) for name in "fgh"
    ]
    assert found.figures()["potential"] == [
        {"customer_id": name, "category": "Paper", "value": 187.5, "cases": 5} for name in "fgh"
    ]
    assert found.total is not None
    assert found.total.value == amount("562.5")
    assert found.total.low <= found.total.value <= found.total.high


def test_credit_notes_lower_what_a_buyer_spends_but_never_below_nothing() -> None:
    notes = "\nc 2026-02-01 towel:-50\na 2026-02-01 towel:-900"
    found = cross_selling(made(FIVE_BUYERS + notes))

    # The spends are now 0, 200, 250, 400, 500.
    assert {entry.value for entry in found.potentials} == {amount("250") * 5 // 8}


def test_fewer_than_five_buyers_in_the_segment_tell_nothing() -> None:
    elsewhere = [*segments("shops", NAMES[1:]), *segments("offices", NAMES[:1])]
    found = cross_selling(made(FIVE_BUYERS, customers=elsewhere))

    assert found.potentials == ()
    assert found.total is None
    assert ("potential", Unknown.TOO_FEW) in [(entry.key, entry.reason) for entry in found.missing]


def test_where_nobody_lacks_anything_there_is_nothing_to_gain() -> None:
    found = cross_selling(made("a 2026-01-01 soap:1 towel:1\nb 2026-01-01 soap:1 towel:1"))

    assert found.potentials == ()
    assert found.total is not None
    assert found.total.value == 0
    assert "potential" not in {entry.key for entry in found.missing}


def test_an_even_number_of_buyers_has_the_mean_of_the_middle_two() -> None:
    found = cross_selling(made(FIVE_BUYERS.replace("f 2026-01-01 soap:10", "f 2026-01-01 soap:10 towel:600")))

    assert {entry.value for entry in found.potentials} == {amount("350") * 6 // 8}
    assert {entry.cases for entry in found.potentials} == {6}


def test_affinity_counts_customer_years() -> None:
    both = "\n".join(f"{name} {year}-01-01 soap:1 towel:1" for name in "abc" for year in (2025, 2026))
    alone = "\n".join(f"{name} 2026-01-01 roll:1" for name in "defgh")
    wholly = Client("test", "Test", history_complete=True)
    orders, lines = sales(f"{both}\n{alone}")
    data = dataset(orders, quarter="2026-Q3", client=wholly, tables={"order_lines": lines, "products": GOODS})

    found = cross_selling(data)

    # Six customer-years with soap, all with paper; eleven with paper, six of them with soap.
    assert found.affinities == (
        Affinity("Soap", "Paper", Rate(6, 6), Rate(5, 5), together=False),
        Affinity("Paper", "Soap", Rate(6, 11), Rate(0, 0), together=False),
    )
    assert {pair.lift for pair in found.affinities} == {1.0}


def test_categories_go_together_only_where_the_difference_is_beyond_chance() -> None:
    goods = [*GOODS, *products("mop/Tools")]
    both = "\n".join(f"x{number} 2026-01-01 soap:1 mop:1" for number in range(12))
    neither = "\n".join(f"y{number} 2026-01-01 towel:1" for number in range(12))
    found = cross_selling(made(f"{both}\n{neither}", goods=goods, customers=[]))

    assert [(pair.first, pair.second, pair.together, pair.lift) for pair in found.affinities] == [
        ("Soap", "Tools", True, 2.0),
        ("Tools", "Soap", True, 2.0),
    ]


def test_pairs_are_sought_among_the_categories_of_most_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retention_reports.analyses.cross_selling.affinity.MOST_CATEGORIES", 2)
    goods = products("soap/Soap", "mop/Tools", "towel/Paper")
    most = "\n".join(f"x{number} 2026-01-01 soap:1 towel:1" for number in range(7))
    found = cross_selling(
        made(
            f"{most}\n" + most.replace("towel", "mop").replace("x6 2026-01-01 soap:1 mop:1", ""),
            goods=goods,
            customers=[],
        )
    )

    # Soap and paper have seven customers, tools six, each of whom bought all three.
    assert {frozenset((pair.first, pair.second)) for pair in found.affinities} == {frozenset(("Soap", "Paper"))}


def test_the_argument_is_a_category_that_goes_with_the_missing_one() -> None:
    goods = [*GOODS, *products("mop/Tools")]
    both = "\n".join(f"x{number:02} 2026-01-01 soap:1 mop:9" for number in range(20))
    neither = "\n".join(f"y{number} 2026-01-01 towel:1" for number in range(20))
    found = cross_selling(made(f"{both}\nz 2026-01-01 soap:1\n{neither}", goods=goods, customers=[]))

    arguments = {entry.customer_id: entry.argument for entry in found.potentials if entry.category == "Tools"}
    assert arguments["z"] == "Soap"
    assert arguments["y0"] == ""


def test_the_first_category_opens_the_next_new_one() -> None:
    text = """
        a 2026-01-01 soap:1
        a 2026-02-01 soap:1
        a 2026-03-01 towel:1
        b 2026-01-01 soap:1
        b 2026-02-01 mop:1
        b 2026-03-01 towel:1
        c 2026-01-01 soap:1
        d 2026-01-01 soap:1
        e 2026-01-01 soap:1 towel:1
        f 2026-01-01 odd:1
        f 2026-02-01 soap:1
    """
    found = cross_selling(made(text, goods=[*GOODS, *products("mop/Tools")]))

    # Five began with soap; f began with something unknown, and paper was the beginning of one only.
    assert found.openings == (Opening("Soap", "Paper", Rate(1, 5)), Opening("Soap", "Tools", Rate(1, 5)))


def measure(number: int, customer: str, **more: str) -> Row:
    return {"measure_id": str(number), "kind": "cross_selling", "title": "Samples", "customer_id": customer,
            "group": "target", "started_on": "2026-01-15", "state": "done", **more}  # fmt: skip


@pytest.mark.parametrize(
    ("measures", "states"),
    [
        ([], ["unknown", "done", "unknown", "unknown", "unknown", "unknown"]),
        ([measure(1, "a", kind="win_back")], ["open", "done", "open", "open", "open", "open"]),
        ([measure(1, "a", state="dropped")], ["open", "done", "open", "open", "open", "open"]),
        ([measure(1, "a")], ["done", "done", "open", "partly", "partly", "open"]),
        (
            [measure(1, "a", owner="Ida", expected_revenue="50"), measure(1, "b", owner="Ida", group="control")],
            ["done", "done", "done", "partly", "done", "done"],
        ),
        (
            [measure(1, "a", owner="Ida"), measure(2, "b", owner="Ida", state="running", started_on="2026-09-01")],
            ["done", "done", "open", "done", "done", "open"],
        ),
        (
            [
                measure(1, "a", started_on="2026-09-01", state="running"),
                measure(1, "b", group="control", started_on="2026-09-01", state="running"),
            ],
            ["done", "done", "open", "done", "partly", "partly"],
        ),
        ([measure(1, "", state="planned")], ["done", "done", "open", "done", "open", "open"]),
    ],
)
def test_the_six_steps_follow_from_the_data(measures: list[Row], states: list[str]) -> None:
    found = cross_selling(made(FIVE_BUYERS, measures=measures))

    assert [step.key for step in found.steps] == [
        "decision", "analysis", "target", "measures", "activation", "control",
    ]  # fmt: skip
    assert [str(step.state) for step in found.steps] == states


def test_without_the_file_of_measures_the_steps_are_unknown() -> None:
    states = {step.key: step.state for step in cross_selling(made(FIVE_BUYERS)).steps}

    assert states.pop("analysis") is State.DONE
    assert set(states.values()) == {State.UNKNOWN}


def test_what_is_missing_is_said() -> None:
    orders, lines = sales("a 2026-05-01 soap:1")
    cases: list[tuple[Dataset, set[tuple[Unknown, str]]]] = [
        (dataset(orders, quarter="2026-Q3"), {(Unknown.NO_FILE, "order_lines")}),
        (dataset(orders, quarter="2026-Q3", tables={"order_lines": lines}), {(Unknown.NO_FILE, "products")}),
        (
            dataset(
                orders,
                quarter="2026-Q3",
                history_complete=False,
                tables={"order_lines": lines, "products": GOODS},
            ),
            {(Unknown.BEFORE_START_OF_DATA, "")},
        ),
        (made("a 2026-05-01 odd:1"), {(Unknown.NO_ROWS, "order_lines")}),
    ]
    for data, reasons in cases:
        found = cross_selling(data)
        assert {(entry.reason, entry.detail) for entry in found.missing} == reasons
        assert found.figures()["single_category_n"] is None
        assert found.figures()["potential"] == []


LINE = st.tuples(
    st.sampled_from("abcdefgh"), st.integers(1, 9), st.sampled_from(["soap", "towel", "mop", "odd"]), st.integers(-3, 9)
)


@given(drawn=st.lists(LINE, min_size=1, max_size=40))
def test_the_white_space_is_a_partition_and_potentials_are_not_negative(
    drawn: list[tuple[str, int, str, int]],
) -> None:
    text = "a 2026-01-01 soap:1\n" + "\n".join(
        f"{who} 2026-0{month}-11 {product}:{value}" for who, month, product, value in drawn
    )
    goods = [*GOODS, *products("mop/Tools")]
    listed = [*segments("shops", "abcdef"), *segments("", "gh")]
    found = cross_selling(made(text, goods=goods, customers=listed))

    space = found.space
    assert space is not None
    lacking = {
        (identifier, category)
        for identifier, row in zip(space.identifiers, space.bought, strict=True)
        for place, category in enumerate(space.categories)
        if place not in row
    }
    assert space.bought_cells + len(lacking) == len(space.identifiers) * len(space.categories)
    assert sum(customers for _, customers in space.by_breadth) == len(space.identifiers)
    assert {(entry.customer_id, entry.category) for entry in found.potentials} <= lacking
    assert all(entry.value > 0 and entry.cases >= 5 for entry in found.potentials)
    assert found.total is None or found.total.value == sum(entry.value for entry in found.potentials)


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    goods = [*GOODS, *products("mop/Tools")]
    orders, lines = sales(FIVE_BUYERS + "a 2025-12-01 mop:3\nb 2024-12-01 mop:3\nf 2026-08-01 towel:1 cancelled")
    folder = client_folder(
        orders,
        client=Client("test", "Test", history_complete=True),
        customers=segments("shops", NAMES),
        tables={"order_lines": lines, "products": goods, "measures": [measure(1, "a"), measure(1, "b")]},
    )

    def analysis(data: Dataset) -> CrossSelling:
        return cross_selling(data)

    assert_laws(folder, Quarter.parse("2026-Q3"), analysis)
