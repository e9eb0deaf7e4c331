"""Each customer's card, worked by hand from tables of a few rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retention_reports.presentation.cards.card_section import MOST_CARDS, present_cards
from retention_reports.presentation.tables import customer_cell
from retention_reports.presentation.view import Row, SectionView, Table
from retention_reports.presentation.wording import load_wording
from retention_reports.recommending import recommend
from retention_reports.recommending.kinds import Kind
from retention_reports.resources import templates_folder
from retention_reports.sections import ANALYSES
from tests.support.datasets import dataset, orders
from tests.support.presenting import context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.presentation.view import CustomerCard
    from tests.support.datasets import Row as TableRow

# Anna buys every 30 days up to 1 August: gaps of 30, 30 and 30; silent for 60 days at the end of September.
ANNA = "anna 2026-05-03 100\nanna 2026-06-02 100\nanna 2026-07-02 100\nanna 2026-08-01 100"
BERND = "bernd 2025-08-10 50\nbernd 2026-02-10 50\nbernd 2026-09-29 50"
LINES = (
    ("1", "beans", "60"),
    ("1", "milk", "40"),
    ("2", "milk", "100"),
)


def _listing(*names: str) -> SectionView:
    rows = tuple((customer_cell(name, name),) for name in names)
    return SectionView("list", "List", "", (Row((Table("list", "List", (), rows),)),))


def _card(
    name: str, tables: Mapping[str, Sequence[TableRow]] | None = None, language: str = "en", text: str = ""
) -> CustomerCard:
    customers = [{"customer_id": "anna", "name": "Anna Ltd", "segment": "Cafés", "email_permission": "no"}]
    data = dataset(orders(text or f"{ANNA}\n{BERND}"), quarter="2026-Q3", customers=customers, tables=tables)
    results = [analysis.run(data) for analysis in ANALYSES]
    given = replace(context(data, *results, language=language), register=recommend(data, results, None))
    view = present_cards(given, [_listing(name)])
    assert view is not None
    (card,) = [card for card in view.cards if card.customer_id == name]
    return card


def _lines(card: CustomerCard) -> dict[str, str]:
    return {line.label: "; ".join(line.texts) for line in card.lines}


def test_name_segment_class_and_status_stand_on_top() -> None:
    card = _card("anna")

    assert card.name == "Anna Ltd"
    assert card.standing == "Cafés · class A · loyal · anna"
    assert card.revenue == "€400 in 12 months, €0 before"
    assert card.chart.count("<path") == 2  # the reported year and the line below: there was nothing a year before


def test_a_habit_needs_three_gaps_of_its_own() -> None:
    assert _lines(_card("anna"))["Rhythm"] == "last purchase on 01/08/2026, 60 days ago; usually about every 30 days"
    assert _lines(_card("bernd"))["Rhythm"] == "last purchase on 29/09/2026, one day ago"


def test_what_is_bought_comes_from_the_lines_of_the_last_year() -> None:
    lines = [{"order_id": order, "product_id": product, "amount": sum_} for order, product, sum_ in LINES]
    products = [
        {"product_id": "beans", "name": "Beans", "category": "Coffee"},
        {"product_id": "milk", "name": "Milk", "category": "Dairy"},
    ]

    assert _lines(_card("anna", {"order_lines": lines, "products": products}))["Buys"] == "Dairy and Coffee"
    assert "Buys" not in _lines(_card("anna"))


def test_an_open_complaint_is_told_with_its_words_and_begins_the_call() -> None:
    complaint = {
        "customer_id": "anna",
        "date": "2026-09-01",
        "kind": "complaint",
        "topic": "delivery",
        "text": "Two days late",
        "resolved_on": None,
    }
    card = _card("anna", {"feedback": [complaint]})

    assert card.to_do == "Settle the complaint"
    assert "Two days late" in card.reason
    assert card.opening.startswith("Good morning. A complaint of yours has been open with us since 1 September 2026.")
    assert "02/10/2026" in card.who
    assert "Open complaint" not in _lines(card)  # the reason tells it already


def test_open_offers_are_told_with_wishes_and_day() -> None:
    offer = {
        "offer_id": "A1",
        "customer_id": "anna",
        "offered_on": "2026-09-02",
        "amount": "900",
        "state": "open",
        "decision_due_on": "2026-10-15",
        "wishes": "on account",
    }

    told = _lines(_card("anna", {"offers": [offer]}))["Open offer"]
    assert told == "A1 of 02/09/2026 for €900, decision by 15/10/2026, wished for: on account"


def test_last_contacts_and_the_person_with_what_is_known_of_them() -> None:
    met = [
        {"customer_id": "anna", "date": f"2026-0{month}-05", "channel": "phone", "state": "done"} for month in (3, 4, 5)
    ]
    visit = {"customer_id": "anna", "visited_on": "2026-06-06"}
    planned = {"customer_id": "anna", "date": "2026-07-07", "channel": "mail", "state": "planned"}
    person = {
        "customer_id": "anna",
        "name": "Eva Ott",
        "role": "owner",
        "phone": "0123",
        "email": "eva@anna.example",
        "birthday": "1980-11-03",
    }
    card = _card("anna", {"touchpoints": [*met, planned], "visits": [visit], "contacts": [person]})
    lines = _lines(card)

    assert lines["Last contacts"] == "06/06/2026 visit, 05/05/2026 phone, 05/04/2026 phone"
    # Anna may not be written to: no address is told.
    assert lines["Contact person"] == "Eva Ott, owner · tel. 0123 · may be written to: no · birthday 3 Nov"


def test_a_lost_customer_s_card_says_why_and_what_to_do() -> None:
    loss = {
        "customer_id": "carl",
        "noticed_on": "2026-08-01",
        "reason": "price",
        "competitor": "Cheap Ltd",
        "note": "asked for 5 %",
    }
    card = _card("carl", {"losses": [loss]}, text=f"{ANNA}\ncarl 2025-08-01 500")

    assert card.standing == "lost"
    assert (card.to_do, card.name) == ("Win back", "carl")
    assert _lines(card)["Why lost"] == "price, Cheap Ltd, “asked for 5 %”"
    assert "1 August 2025" in card.opening


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_invented_where_only_orders_are_known(language: str) -> None:
    card = _card("bernd", language=language)

    assert len(card.lines) == 1  # since when it is silent
    assert (card.to_do, card.reason, card.who, card.opening) == ("", "", "", "")
    assert "None" not in repr((card.reason, card.who, card.opening, card.lines))


def test_every_thing_to_do_has_its_words_in_both_languages() -> None:
    firms = {Kind.REMOVE_CAUSE, Kind.EXTEND_MEASURE, Kind.STOP_MEASURE, Kind.CHANGE_PRACTICE}
    for language in ("de", "en"):
        wording = load_wording(templates_folder() / "wording", language)
        assert all(wording.has(f"cards.to_do.{kind}") for kind in Kind if kind not in firms)
        assert all(wording.has(f"cards.opening.{kind}") for kind in Kind if kind not in firms)


def test_there_is_a_bound_and_it_is_said() -> None:
    names = [f"k{number:03d}" for number in range(MOST_CARDS + 2)]
    data = dataset(orders("\n".join(f"{name} 2026-09-01 10" for name in names)), quarter="2026-Q3")
    results = [analysis.run(data) for analysis in ANALYSES]
    view = present_cards(context(data, *results), [_listing(*names)])

    assert view is not None
    assert len(view.cards) == MOST_CARDS
    assert view.more == f"{MOST_CARDS} customers have a card; 2 more named in the lists have none."
    assert len(set(view.anchors.values())) == MOST_CARDS


def test_without_lists_there_are_no_cards() -> None:
    data = dataset(orders(ANNA), quarter="2026-Q3")

    assert present_cards(context(data, *[analysis.run(data) for analysis in ANALYSES]), [_listing()]) is None
