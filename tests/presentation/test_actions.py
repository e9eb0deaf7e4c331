"""Who stands on the lists to work with, why, and what is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_reports.presentation.actions.action_section import present_actions, present_work_lists
from retention_reports.presentation.actions.lists import ORDER
from retention_reports.presentation.actions.reasons import reason_in_words
from retention_reports.presentation.view import Table
from retention_reports.recommending import recommend
from retention_reports.recommending.effects import Effect
from retention_reports.recommending.kinds import Evidence, Kind
from retention_reports.recommending.results import Entry
from retention_reports.sections import ANALYSES
from tests.support.datasets import Row, amount, dataset, day, orders
from tests.support.presenting import context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.presentation.actions.action_section import Action, ActionsView
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Fact, Register

LEDGER = "\n".join(
    [
        "anna 2024-10-01 400",
        "anna 2025-03-01 500",
        "bernd 2026-06-20 250",
        *(f"clara {year}-{month:02d}-01 100" for year in (2025, 2026) for month in range(1, 6)),
        "dora 2024-02-01 10",
        "dora 2025-06-01 10",
        "emil 2025-09-01 30",
    ]
)
CUSTOMERS: list[Row] = [
    {"customer_id": "anna", "name": "Anna Ltd", "email": "a@example.test", "email_permission": "no"},
    {"customer_id": "bernd", "name": "Bernd Ltd", "email": "b@example.test", "email_permission": "yes"},
    {"customer_id": "clara", "name": "Clara Ltd", "sales_rep": "Vogt", "email": "clara at example"},
    {"customer_id": "dora", "name": "Dora Ltd"},
    {"customer_id": "emil", "name": "Emil Ltd", "fit": "5", "potential": "1000"},
    {"customer_id": "fritz", "name": "Fritz Ltd", "fit": "4"},
]
FILES: dict[str, list[Row]] = {
    "contacts": [
        {"customer_id": "anna", "name": "Karin Vogel", "phone": "0711 1"},
        {"customer_id": "clara", "name": "Max Kurz", "birthday": "1980-08-05"},
    ],
    "touchpoints": [{"customer_id": "anna", "date": "2026-01-15", "channel": "phone", "state": "done"}],
    "losses": [],
    "measures": [
        {"measure_id": "m", "kind": "win_back", "title": "Call", "started_on": "2026-06-01", "state": "running",
         "owner": "Kessler", "due_on": "2026-12-01"},
    ],
}  # fmt: skip


def _context(language: str = "en", **files: list[Row]) -> Context:
    data = dataset(orders(LEDGER), quarter="2026-Q2", customers=CUSTOMERS, tables={**FILES, **files})
    found = [analysis.run(data) for analysis in ANALYSES]
    return replace(context(data, *found, language=language), register=recommend(data, found, None))


def _view(language: str = "en", **files: list[Row]) -> ActionsView:
    return present_actions(_context(language, **files))


def _list(view: ActionsView, kind: Kind) -> dict[str, Action]:
    return {one.customer_id: one for entry in view.lists if entry.kind is kind for one in entry.actions}


def _entry(kind: Kind, why: Mapping[str, Fact], customer: str = "bernd") -> Entry:
    return Entry(kind, customer, customer, None, Evidence.OBSERVED, "", date(2026, 7, 28), why)


def _single(language: str, entry: Entry) -> Action:
    """Present one recommendation alone, whatever the data says."""
    base = _context(language)
    register = replace(base.register, entries=(entry,), occasions=())
    view = present_actions(replace(base, register=register))
    return view.lists[0].actions[0]


def _reason(language: str, kind: Kind, why: Mapping[str, Fact], customer: str = "bernd") -> str:
    return _single(language, _entry(kind, why, customer)).reason


def test_every_column_has_a_heading_and_only_lists_with_somebody_are_there() -> None:
    view = _view()

    assert view.headings[:3] == ("List", "Customer number", "Customer")
    assert view.headings[8] == "Additional revenue in 12 months, expected (EUR)"
    assert view.headings[-4:] == ("Done on", "Result", "Note", "Recommendation")
    assert all(entry.actions for entry in view.lists)
    places = [ORDER.index(entry.kind) for entry in view.lists]
    assert places == sorted(places)


def test_a_lost_customer_of_unknown_reason_is_to_be_asked_by_phone_where_writing_is_not_allowed() -> None:
    anna = _list(_view(), Kind.ASK_REASON).get("anna") or _list(_view(), Kind.WIN_BACK)["anna"]

    assert (anna.customer, anna.permission, anna.person) == ("Anna Ltd", "no", "Karin Vogel")
    assert (anna.phone, anna.email) == ("0711 1", "")
    assert anna.reason.endswith("By phone only: 0711 1")
    assert (anna.owner, anna.due) == ("Kessler", day("2026-07-28"))
    assert anna.last_contact == day("2026-01-15")


def test_a_win_back_tells_what_was_noted_of_the_loss() -> None:
    loss: Row = {"customer_id": "anna", "noticed_on": "2026-04-01", "reason": "price", "note": "wants a rebate"}
    anna = _list(_view(losses=[loss]), Kind.WIN_BACK)["anna"]

    assert anna.reason == (
        "Lost on 01/03/2026, last purchase 01/03/2025; reason: price; noted: “wants a rebate”. By phone only: 0711 1"
    )
    # 900 in the year up to the last purchase × 5 %; cautiously half of it.
    assert anna.amounts == (amount("45"), amount("22.5"), amount("67.5"))
    assert anna.evidence == "assumed"


def test_a_complaint_is_told_in_the_customers_words_and_nothing_else_is_done() -> None:
    rows: list[Row] = [
        {"customer_id": "clara", "date": "2026-05-02", "kind": "complaint", "topic": "delivery", "text": "too late",
             "resolved_on": None},
        {"customer_id": "clara", "date": "2026-06-02", "kind": "complaint", "topic": "price", "text": "again",
         "resolved_on": None},
    ]  # fmt: skip
    view = _view(feedback=rows)
    named = {entry.kind for entry in view.lists for one in entry.actions if one.customer_id == "clara"}

    assert _list(view, Kind.SETTLE_COMPLAINT)["clara"].reason == (
        "2 complaints open, the oldest since 02/05/2026 (delivery): “too late / again”"
    )
    assert named <= {Kind.SETTLE_COMPLAINT, Kind.SAVE_CUSTOMER, Kind.CORRECT_ADDRESS}


def test_an_offer_to_follow_up_brings_its_wishes_and_its_day() -> None:
    offer: Row = {"offer_id": "A1", "customer_id": "bernd", "offered_on": "2026-06-20", "amount": "900",
                  "state": "open", "followed_up_on": None, "decision_due_on": "2026-07-20",
                  "wishes": "smaller"}  # fmt: skip
    view = _view(offers=[offer])

    assert _list(view, Kind.FOLLOW_UP_OFFER)["bernd"].reason == (
        "Offer A1 of 20/06/2026 over €900 has not been followed up; decision due on 20/07/2026; wishes: smaller"
    )
    assert not _list(view, Kind.DECISION_DAY)  # The same call is not asked for twice.
    asked = {**offer, "followed_up_on": "2026-06-25"}
    decision = _list(_view(offers=[asked]), Kind.DECISION_DAY)["bernd"]
    assert (decision.reason, decision.due) == ("Decides on 20/07/2026 about offer A1 over €900", day("2026-07-20"))


def test_wish_customers_birthdays_anniversaries_and_wrong_addresses_are_listed_without_money() -> None:
    view = _view()

    assert {one.customer_id: one.reason for one in _list(view, Kind.WISH_CUSTOMER).values()} == {
        "emil": "Fits us well (5 of 5), bought for only €30 in twelve months; potential €1,000 a year",
        "fritz": "Fits us well (4 of 5), has not bought yet",
    }
    birthday = _list(view, Kind.BIRTHDAY)["clara"]
    assert (birthday.reason, birthday.due) == ("Max Kurz has a birthday on 05/08/2026", day("2026-08-05"))
    assert birthday.amounts == (None, None, None)
    assert _list(view, Kind.CORRECT_ADDRESS)["clara"].reason == (
        "To be corrected: the e-mail address “clara at example” is none"
    )


def test_an_anniversary_is_one_of_an_a_customer_and_of_others_each_five_years() -> None:
    text = "big 2024-08-01 100\nbig 2026-05-01 900\nold 2021-08-02 10\nold 2026-05-01 10"
    data = dataset(orders(text), quarter="2026-Q2")
    found = [analysis.run(data) for analysis in ANALYSES]
    register = recommend(data, found, None)

    told = {
        one.customer_id: (one.why["years"], one.due_on) for one in register.occasions if one.kind is Kind.ANNIVERSARY
    }
    assert told == {"big": (2, day("2026-08-01")), "old": (5, day("2026-08-02"))}


def test_an_order_is_overdue_after_the_usual_wait() -> None:
    waits = "\n".join(f"gerd 2026-{month:02d}-01 10" for month in (1, 2, 3, 4)) + "\nhans 2026-06-28 10"
    assert "gerd" in {one.customer_id for one in _register(waits).occasions if one.kind is Kind.OVERDUE_ORDER} | {
        one.customer_id for one in _register(waits).entries if one.kind is Kind.SAVE_CUSTOMER
    }
    fresh = f"{waits}\ngerd 2026-06-25 10"
    assert not [one for one in _register(fresh).occasions if one.kind is Kind.OVERDUE_ORDER]


def test_nobody_s_order_is_overdue_where_the_orders_end_before_the_quarter() -> None:
    waits = "\n".join(f"gerd 2026-{month:02d}-01 10" for month in (1, 2, 3, 4))

    register = _register(waits)

    assert not [one for one in register.occasions if one.kind is Kind.OVERDUE_ORDER]
    assert not [one for one in register.entries if one.kind is Kind.SAVE_CUSTOMER]


def test_a_decision_whose_day_is_over_is_asked_for() -> None:
    offers: list[Row] = [
        {"offer_id": "o", "customer_id": "bernd", "offered_on": "2026-06-01", "amount": "100", "state": "open",
         "decision_due_on": "2026-07-10", "followed_up_on": "2026-06-05"},
    ]  # fmt: skip
    made = _context(offers=offers)
    (entry,) = (one for one in made.register.occasions if one.kind is Kind.DECISION_DAY)
    late = replace(entry, due_on=day("2026-08-01"))

    assert "Decides on 10/07/2026" in reason_in_words(made, entry, _line(made))
    assert "Meant to decide on 10/07/2026" in reason_in_words(made, late, _line(made))


def test_the_page_s_lists_name_what_the_register_says_with_phone_and_card() -> None:
    section = present_work_lists(_context())

    assert section is not None
    lists = {block.identifier: block for row in section.rows for block in row.blocks if isinstance(block, Table)}
    (anna,) = (row for row in lists["list-win-back"].rows if row[0].customer_id == "anna")
    assert "0711 1" in [cell.text for cell in anna]
    assert section.headline.startswith(str(sum(len(one.actions) for one in _view().lists)))


def _line(made: Context) -> CustomerLine:
    return made.dataset.customer_lines.line(1)


def _register(text: str, **files: list[Row]) -> Register:
    data = dataset(orders(text), quarter="2026-Q2", tables=files)
    return recommend(data, [analysis.run(data) for analysis in ANALYSES], None)


REASONS: list[tuple[Kind, Mapping[str, Fact], str, str]] = [
    (Kind.SETTLE_COMPLAINT, {"since": date(2026, 5, 2), "complaints": 1},
     "Complaint open since 02/05/2026", "Reklamation offen seit 02.05.2026"),
    (Kind.SETTLE_COMPLAINT, {"since": date(2026, 5, 2), "complaints": 1234, "topic": "Post", "texts": ("a", "b")},
     "1,234 complaints open, the oldest since 02/05/2026 (Post): “a / b”",
     "1.234 Reklamationen offen, die älteste seit 02.05.2026 (Post): „a / b“"),
    (Kind.ANSWER_NOTICE, {"left_on": date(2026, 5, 2), "last_purchase": date(2026, 4, 1), "reason": "price"},
     "Gave notice on 02/05/2026, last purchase 01/04/2026; reason: price",
     "Hat am 02.05.2026 gekündigt, letzter Kauf 01.04.2026; Grund: Preis"),
    (Kind.WIN_BACK, {"left_on": date(2026, 5, 2), "last_purchase": date(2025, 5, 2), "reason": "price",
                     "contacted_on": date(2026, 5, 3), "remark": "x"},
     "Lost on 02/05/2026, last purchase 02/05/2025; reason: price; last approached from 03/05/2026; noted: “x”",
     "Verloren am 02.05.2026, letzter Kauf 02.05.2025; Grund: Preis; zuletzt angesprochen ab 03.05.2026; notiert: „x“"),
    (Kind.ASK_REASON, {"last_purchase": date(2025, 5, 2), "by_notice": 1},
     "Gave notice, last purchase 02/05/2025; reason not known",
     "Hat gekündigt, letzter Kauf 02.05.2025; Grund nicht bekannt"),
    (Kind.CROSS_SELL, {"category": "Tea", "segment": "Cafés", "buyers": 9, "customers": 10, "argument": "Cups"},
     "Buys nothing from Tea; in the segment Cafés 9 of 10 do; it often goes with Cups, which is bought",
     "Kauft nichts aus Tea; im Segment Cafés tun es 9 von 10; passt oft zu Cups, was der Kunde schon kauft"),
    (Kind.CROSS_SELL, {"category": "Tea", "segment": "", "buyers": 9, "customers": 10, "argument": ""},
     "Buys nothing from Tea; 9 of 10 of those alike do",
     "Kauft nichts aus Tea; von vergleichbaren Kunden tun es 9 von 10"),
    (Kind.SECOND_PURCHASE, {"bought_on": date(2026, 6, 29), "days_since": 1, "categories": ("Tea", "Cups")},
     "Single purchase on 29/06/2026 (Tea and Cups), one day before the quarter’s end",
     "Einziger Kauf am 29.06.2026 (Tea und Cups), einen Tag vor Quartalsende"),
    (Kind.SECOND_PURCHASE, {"bought_on": date(2026, 6, 20), "days_since": 10},
     "Single purchase on 20/06/2026, 10 days before the quarter’s end",
     "Einziger Kauf am 20.06.2026, 10 Tage vor Quartalsende"),
    (Kind.PRICE_TALK, {"arguments": ("satisfied", "reliable")},
     "Ready for a talk about prices: satisfied and delivered on time",
     "Bereit für ein Preisgespräch: zufrieden und pünktlich beliefert"),
    (Kind.PRICE_TALK, {"arguments": ()},
     "Ready for a talk about prices: nothing speaks against it",
     "Bereit für ein Preisgespräch: nichts spricht dagegen"),
    (Kind.CONTACT, {"days_over": 1, "value_class": "A", "missed_plan": date(2026, 5, 2)},
     "Contact overdue by one day (class A); it was planned for 02/05/2026",
     "Kontakt seit einem Tag überfällig (A-Kunde); geplant war der 02.05.2026"),
    (Kind.CONTACT, {"days_over": 40, "value_class": "B"},
     "Contact overdue by 40 days (class B)", "Kontakt seit 40 Tagen überfällig (B-Kunde)"),
    (Kind.ASK_REFERRAL, {"score": 10.0, "asked_on": date(2026, 5, 2)},
     "Gave 10 of 10 points on 02/05/2026 and has referred nobody yet",
     "Gab am 02.05.2026 10 von 10 Punkten und hat noch niemanden empfohlen"),
    (Kind.OVERDUE_ORDER, {"last_purchase": date(2026, 5, 2), "usual_days": 30, "days_over": 1},
     "Order overdue by one day: last purchase 02/05/2026, usually every 30 days",
     "Bestellung seit einem Tag überfällig: letzter Kauf 02.05.2026, sonst alle 30 Tage"),
    (Kind.ANNIVERSARY, {"years": 1, "day": date(2026, 8, 1)},
     "Customer for one year on 01/08/2026", "Am 01.08.2026 ein Jahr Kunde"),
    (Kind.ANNIVERSARY, {"years": 5, "day": date(2026, 8, 1)},
     "Customer for 5 years on 01/08/2026", "Am 01.08.2026 5 Jahre Kunde"),
    (Kind.CORRECT_ADDRESS, {"faults": ("no_salutation", "capitals"), "texts": ("Eva", "EVA MÜLLER")},
     "To be corrected: Eva has no salutation; “EVA MÜLLER” stands in capitals",
     "Zu berichtigen: Eva hat keine Anrede; „EVA MÜLLER“ steht in Großbuchstaben"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "why", "english", "german"), REASONS)
def test_each_reason_is_a_sentence_in_either_language(
    kind: Kind, why: Mapping[str, Fact], english: str, german: str
) -> None:
    assert _reason("en", kind, why) == english
    assert _reason("de", kind, why) == german
    assert _reason("en", kind, why, "anna") == f"{english}. By phone only: 0711 1"
    assert _reason("de", kind, why, "anna") == f"{german}. Nur telefonisch: 0711 1"


@pytest.mark.parametrize(
    ("language", "ending"),
    [("en", "By phone only; no number is known"), ("de", "Nur telefonisch; keine Nummer bekannt")],
)
def test_an_unknown_number_is_said(language: str, ending: str) -> None:
    data = _context(language, contacts=[])
    anna = [one for entry in present_actions(data).lists for one in entry.actions if one.customer_id == "anna"]

    assert anna
    assert all(one.reason.endswith(ending) and not one.phone for one in anna)


def test_money_stands_once_a_customer() -> None:
    effect = Effect(amount("10"), amount("5"), amount("15"))
    entry = replace(_entry(Kind.CONTACT, {"days_over": 2, "value_class": "A"}), effect=effect)

    assert _single("en", entry).amounts == (effect.expected, effect.low, effect.high)
    hanging = _single("en", replace(entry, leading=False))
    assert (hanging.amounts, hanging.evidence) == ((None, None, None), "")


def test_where_nobody_owns_it_the_department_does() -> None:
    complaint = _entry(Kind.SETTLE_COMPLAINT, {"since": date(2026, 5, 2), "complaints": 1})

    assert _single("en", complaint).owner == "Customer service"
    assert _single("en", _entry(Kind.CROSS_SELL, {"category": "Tea"})).owner == "Sales"


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_left_unworded(language: str) -> None:
    view = _view(language)
    said = [view.title, *view.headings, *view.results, view.results_title, view.result_hint]
    for entry in view.lists:
        said += [entry.name, *(action.reason for action in entry.actions)]

    assert all(said)
    assert not any("{" in text for text in said)
    assert all(len(entry.name) <= 31 for entry in view.lists)


_NAMES = ("anna", "bernd", "clara", "dora", "emil", "fritz")
_MEASURE: Row = {
    "measure_id": "M1",
    "kind": "retention",
    "title": "Call",
    "started_on": "2026-05-01",
    "state": "running",
}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(_NAMES), max_size=2, unique=True),
    st.lists(st.sampled_from(_NAMES), max_size=2, unique=True),
    st.lists(st.sampled_from(_NAMES), max_size=2, unique=True),
)
def test_every_recommendation_stands_in_exactly_one_list_and_nothing_excluded_in_any(
    control: list[str], complaining: list[str], gone: list[str]
) -> None:
    made = _context(
        measures=[{**_MEASURE, "customer_id": name, "group": "control"} for name in control],
        feedback=[
            {"customer_id": name, "date": "2026-06-01", "kind": "complaint", "resolved_on": None}
            for name in complaining
        ],
        losses=[{"customer_id": name, "noticed_on": "2026-06-15", "reason": "death"} for name in gone],
    )
    register = made.register
    view = present_actions(made)
    listed = [(entry.kind, one.identifier) for entry in view.lists for one in entry.actions]

    assert sorted(name for _, name in listed) == sorted(
        one.identifier for one in (*register.entries, *register.occasions) if one.customer_id
    )
    assert len(listed) == len(set(listed))
    everybody = {one.customer_id for entry in view.lists for one in entry.actions}
    out = {one.customer_id for one in register.excluded if one.reason in ("control", "unavoidable")}
    assert not everybody & out
    assert not everybody & set(control)
    open_ones = {one.customer_id for one in register.excluded if one.reason == "complaint_open"}
    sold = {one.customer_id for entry in view.lists if entry.kind in _SALES for one in entry.actions}
    assert not sold & (open_ones | set(complaining))


_SALES = {Kind.CROSS_SELL, Kind.SECOND_PURCHASE, Kind.WISH_CUSTOMER, Kind.OVERDUE_ORDER, Kind.BIRTHDAY, Kind.CONTACT}
