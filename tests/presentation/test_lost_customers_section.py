"""What the section of lost customers says."""

from __future__ import annotations

import pytest

from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.measures.measure_results import Measures, SecondLife
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate
from retention_reports.presentation.lost_customers.lost_customer_section import present_lost_customers
from retention_reports.presentation.view import Chart, FactStrip, SectionView
from tests.support.datasets import Row, amount, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

STAYED = "dora 2024-10-05 90\ndora 2025-05-01 90\ndora 2026-05-01 90"
LEFT_NOW = ("anna 2025-06-01 800", "bernd 2025-07-01 700")
LEFT_BEFORE = "emil 2024-06-01 300"
CAME_BACK = "frida 2024-03-01 50\nfrida 2026-01-10 50"
NAMES: list[Row] = [
    {"customer_id": "anna", "name": "Anna AG", "segment": "Hotels", "email_permission": "no", "sales_rep": "Vogt"},
    {"customer_id": "bernd", "name": "Bernd KG", "segment": "Hotels", "email_permission": "yes"},
]
REASONS: list[Row] = [
    {"customer_id": "anna", "noticed_on": "2026-06-05", "kind": "silent", "reason": "Lieferverzug",
     "competitor": "Neumann"},
]  # fmt: skip


def _view(*ledger: str, language: str = "en", losses: list[Row] | None = None, client: Client | None = None,
          results: tuple[object, ...] = ()) -> SectionView:  # fmt: skip
    given = {} if losses is None else {"losses": losses}
    customers = [row for row in NAMES if any(str(row["customer_id"]) in line for line in ledger)]
    data = dataset(orders("\n".join(ledger)), quarter="2026-Q3", client=client, customers=customers, tables=given)
    return present_lost_customers(context(data, lost_customers(data), *results, language=language))


def _facts(view: SectionView) -> dict[str, str]:
    strip = next(block for row in view.rows for block in row.blocks if isinstance(block, FactStrip))
    return {fact.label: f"{fact.value} | {fact.note}".replace("\N{NO-BREAK SPACE}", " ") for fact in strip.facts}


@pytest.mark.parametrize(
    ("language", "ledger", "headline"),
    [
        ("en", (STAYED,), "No customer was lost in the last twelve months, as many as in the year before."),
        ("de", (STAYED, LEFT_NOW[0]),
         ("In den letzten zwölf Monaten ging ein Kunde verloren, einer mehr als im Jahr davor: Mit ihm fehlen 800 € "
          "Umsatz im Jahr.")),
        ("en", (STAYED, *LEFT_NOW),
         ("2 customers were lost in the last twelve months, 2 more than in the year before, taking €1,500 a year with "
          "them.")),
        ("de", (STAYED, LEFT_BEFORE),
         "In den letzten zwölf Monaten ging kein Kunde verloren, einer weniger als im Jahr davor."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_and_many(language: str, ledger: tuple[str, ...], headline: str) -> None:
    view = _view(*ledger, language=language)

    assert view.headline.replace("\N{NO-BREAK SPACE}", " ") == headline


def test_data_that_is_too_young_says_since_when_it_is_there() -> None:
    young = Client("test", "Test", language="de")

    view = _view("anna 2026-06-01 800", language="de", client=young)

    assert view.headline == (
        "Wer in den letzten zwölf Monaten verloren ging, lässt sich noch nicht sagen: Die Daten beginnen erst am "
        "1. Juni 2026."
    )
    assert view.key_figures == ()
    assert view.findings == ()
    assert any("müssten die Bestellungen weiter zurückreichen" in sentence for sentence in view.missing)


def test_the_three_questions_name_their_assumptions() -> None:
    # Three were active a year ago, one stayed: two leavers tell no lifetime.
    facts = _facts(_view(STAYED, *LEFT_NOW))

    assert facts["Lost in 12 months"] == "2 | 2 of 3; the year before 0"
    assert facts["Cost: revenue of a year"] == "€1,500 | in the 12 months up to the last purchase"
    assert "Revenue of a lifetime" not in facts
    assert "Margin of a year" not in facts


def test_reasons_say_who_can_act_and_where_customers_went() -> None:
    view = _view(STAYED, *LEFT_NOW, losses=REASONS, language="de")

    chart = next(block for row in view.rows for block in row.blocks if isinstance(block, Chart))
    assert chart.title.replace("\N{NO-BREAK SPACE}", " ") == "Vermeidbar: einer von 2 Kunden mit 800 € Umsatz im Jahr"
    assert chart.note == "Wohin sie gingen, soweit bekannt: Neumann (ein Kunde)."
    assert "Lieferverzug" in chart.svg
    assert "(Logistik)" in chart.svg
    assert chart.table is not None
    assert table_texts(chart.table)[0] == [
        "Lieferverzug", "vermeidbar", "von uns vertrieben", "Logistik", "1", "0", "800",
    ]  # fmt: skip
    assert view.agenda[0].startswith("Was ändern wir wegen „Lieferverzug“")


def test_unknown_reasons_give_a_call_list_with_permission() -> None:
    view = _view(STAYED, *LEFT_NOW, losses=REASONS)

    table = tables(view)["loss-call-list"]
    assert table.title == "One reason unknown (of 2)"
    assert table_texts(table) == [["Bernd KG", "–", "–", "yes", "silently", "01/07/2025", "700"]]


def test_without_a_file_of_losses_nobody_is_called_for_a_reason() -> None:
    view = _view(STAYED, *LEFT_NOW)

    assert "loss-call-list" not in tables(view)
    assert any("losses" in sentence for sentence in view.missing)


def test_candidates_for_win_back_are_never_those_lost_for_good() -> None:
    gone: list[Row] = [{**REASONS[0], "reason": "verstorben"}]

    view = _view(STAYED, *LEFT_NOW, LEFT_BEFORE, CAME_BACK, losses=gone)

    table = tables(view)["win-back"]
    assert [row[0] for row in table_texts(table)] == ["Bernd KG", "emil"]
    assert [row[4] for row in table_texts(table)] == ["yes", "not known"]
    assert "Some would come back by themselves" in table.action


def test_the_five_steps_tell_what_is_not_on_record() -> None:
    view = _view(STAYED, *LEFT_NOW)

    assert [row[1] for row in table_texts(tables(view)["win-back-steps"])] == [
        "2 customers are lost or dormant.",
        "Not known: reasons are not on record.",
        "Not known: measures are not on record.",
        "Not known: measures are not on record.",
        "Nobody has been back for a year yet.",
    ]


def test_the_fifth_step_tells_the_second_life_where_measures_are_controlled() -> None:
    life = SecondLife(4, amount("50"), amount("80"), Rate(1, 4))
    measures = Measures((), (), life, None, (), (), ())

    view = _view(STAYED, *LEFT_NOW, language="de", results=(measures,))

    last = table_texts(tables(view)["win-back-steps"])[-1][1].replace("\N{NO-BREAK SPACE}", " ")
    assert last.endswith(
        "Wer durch Maßnahmen zurückkam (4 Kunden), kauft im Mittel für 80 € im Monat, vor dem Verlust 50 €."
    )


def test_more_revenue_lost_is_bad_news() -> None:
    view = _view(STAYED, *LEFT_NOW, LEFT_BEFORE)

    figure = view.key_figures[0]
    assert figure.order == 45
    assert figure.changes[0].text.replace("\N{NO-BREAK SPACE}", " ") == "+400.0%"
    assert figure.changes[0].tone == "bad"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("losses", [None, REASONS])
def test_no_sentence_has_a_gap(language: str, losses: list[Row] | None) -> None:
    view = _view(STAYED, *LEFT_NOW, LEFT_BEFORE, losses=losses, language=language)

    assert "{" not in words(view)
    assert len(view.agenda) <= 2
    assert len(view.method) <= 10


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("de", "Eine Kündigung der letzten zwölf Monate blieb ohne Antwort", "1 von 1 bei Kontakt binnen zwei Tagen"),
        ("en", "One notice of the last twelve months was left unanswered", "1 of 1 contacted within two days"),
    ],
)
def test_unanswered_notices_stand_first_with_what_answering_has_brought(language: str, title: str, said: str) -> None:
    ledger = "anna 2026-08-01 100\nbernd 2025-11-01 200\nbernd 2026-02-10 10"
    customers: list[Row] = [
        {"customer_id": "anna", "name": "Anna AG", "notice_on": "2026-09-20"},
        {"customer_id": "bernd", "name": "Bernd KG", "notice_on": "2026-01-12"},
    ]
    days = ("2026-01-02", "2026-01-13")
    contacts: list[Row] = [{"customer_id": "bernd", "date": day, "channel": "phone", "state": "done"} for day in days]
    data = dataset(orders(ledger), quarter="2026-Q3", customers=customers, tables={"touchpoints": contacts})
    view = present_lost_customers(context(data, lost_customers(data), language=language))
    table = tables(view)["notices"]

    assert table.title == title
    assert [row[0] for row in table_texts(table)] == ["Anna AG", "Bernd KG"]
    assert said in table.action
