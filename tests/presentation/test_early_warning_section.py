"""What the section of early warning says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retention_reports.analyses.early_warning.call_list import ListRule, ListTest
from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.analyses.early_warning.early_warning_results import (
    EarlyWarning,
    Fact,
    FlaggedCustomer,
    Power,
    RegularCustomer,
    Signal,
    SignalSummary,
    TrendMonth,
    TrendWatch,
)
from retention_reports.analyses.early_warning.review_results import Fifth, Outlook, Ranking, Review
from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.early_warning.early_warning_section import present_early_warning
from retention_reports.presentation.early_warning.reasons import reason_text
from tests.support.datasets import amount, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

DATA = dataset(orders("anna 2026-06-01 800\nbernd 2026-07-01 790"), quarter="2026-Q3")
PILLARS = pillars(DATA)
RHYTHM = Signal("rhythm_broken", {"usual_days": 24.4, "silent_days": 61, "own_gaps": 3})
COMPLAINT = Signal(
    "dissatisfied", {"open_complaints": 1, "complaint_on": date(2026, 9, 9), "score": 9.0, "score_on": date(2026, 6, 1)}
)
PROVEN = Power("rhythm_broken", Rate(4, 63), Rate(331, 354), 0.7777, 0.9156, "tells_apart", Rate(335, 417))
WEAK = Power("dissatisfied", Rate(55, 73), Rate(280, 344), -0.035, 0.1767, "no_power", Rate(335, 417))
ANY = Power("", Rate(142, 210), Rate(193, 207), 0.1828, 0.3274, "tells_apart", Rate(335, 417))


def _flagged(name: str, stake: str | None, *signals: Signal) -> FlaggedCustomer:
    return FlaggedCustomer(
        customer_id=name,
        name=name.title(),
        segment="",
        sales_rep="Vogt",
        value_class="A",
        signals=signals,
        at_stake=None if stake is None else amount(stake),
        last_purchase=date(2026, 8, 1),
        last_contact=None,
        contact=None,
        permission="no",
        outlook=Outlook(None, None, 61, 24.4, 3),
    )


def _warning(*flagged: FlaggedCustomer, power: tuple[Power, ...] = ()) -> EarlyWarning:
    keys = ("rhythm_broken", "dissatisfied")
    return EarlyWarning(
        active=7,
        flagged=flagged,
        calls=(),
        rule="rhythm",
        signals=tuple(SignalSummary(key, len(flagged), None) for key in keys),
        back_test=(),
        power=power,
        review=None,
        trend=None,
        missing=(),
    )


ANNA, BERND = _flagged("anna", "800", COMPLAINT), _flagged("bernd", "700", RHYTHM, COMPLAINT)


@pytest.mark.parametrize(
    ("language", "warning", "headline"),
    [
        ("de", _warning(), "Keiner von 7 aktiven Kunden zeigt ein Warnzeichen."),
        ("en", _warning(BERND),
         "One of 7 active customers shows a warning sign; so far no sign has told leavers from stayers."),
        ("de", _warning(ANNA, BERND),
         ("2 von 7 aktiven Kunden zeigen ein Warnzeichen; bisher hat kein Zeichen Abwanderer von Bleibenden "
          "unterschieden.")),
        ("en", replace(_warning(ANNA, BERND, power=(ANY, PROVEN, WEAK)), calls=(BERND,)),
         "Call one of 7 active customers first: revenue of €700 a year is at stake."),
        ("de", replace(_warning(ANNA, BERND, power=(ANY, PROVEN, WEAK)), calls=(BERND, ANNA)),
         "2 von 7 aktiven Kunden sollten zuerst angerufen werden: Umsatz von 1.500 € im Jahr steht auf dem Spiel."),
        ("de", _warning(ANNA, power=(ANY, PROVEN, WEAK)), "Einer von 7 aktiven Kunden zeigt ein Warnzeichen."),
        ("en", replace(_warning(BERND), calls=(BERND,)),
         ("One of 7 active customers has been silent for more than twice the usual interval; what that is worth as a "
          "warning could not be tested yet.")),
        ("en", replace(_warning(power=(PROVEN,)), calls=(_flagged("clara", None, RHYTHM),)),
         "Call one of 7 active customers first."),
        ("de", replace(_warning(), active=0), "Es gibt keinen aktiven Kunden, der ein Warnzeichen zeigen könnte."),
        ("en", replace(_warning(), signals=()),
         "Warning signs cannot be seen yet: the data only begins on 1 June 2026."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_many_and_unknown(language: str, warning: EarlyWarning, headline: str) -> None:
    view = present_early_warning(context(DATA, PILLARS, warning, language=language))

    assert view.headline.replace("\N{NO-BREAK SPACE}", " ") == headline


@pytest.mark.parametrize(
    ("key", "facts", "german", "english"),
    [
        ("rhythm_broken", {"usual_days": 24.4, "silent_days": 61, "own_gaps": 3},
         "Kauft sonst alle 24 Tage, seit 61 Tagen still", "Usually buys every 24 days, silent for 61"),
        ("rhythm_broken", {"usual_days": 24.4, "silent_days": 61, "own_gaps": 2},
         "Seit 61 Tagen still, für einen eigenen Rhythmus noch zu wenige Käufe",
         "Silent for 61 days, too few purchases for a rhythm of its own"),
        ("order_value_falling", {"amount_now": amount("120"), "amount_before": amount("200")},
         "Gibt je Kauf 120 € aus statt zuvor 200 €", "Spends €120 a purchase, €200 before"),
        ("category_dropped", {"categories": ("Reinigung",), "amount_before": 1},
         "„Reinigung“ nicht mehr gekauft", "No longer buys ‘Reinigung’"),
        ("product_dropped", {"products": ("Seife", "Tuch", "Eimer", "Besen"), "amount_before": 1},
         "„Seife“, „Tuch“ und 2 weitere nicht mehr gekauft", "No longer buys ‘Seife’, ‘Tuch’ and 2 more"),
        ("contact_overdue", {"value_class": "A", "cadence_days": 45, "silent_days": 90, "ever_contacted": True},
         "Seit 90 Tagen kein Kontakt (A-Kunde: alle 45 Tage)", "No contact for 90 days (class A: every 45 days)"),
        ("contact_overdue", {"value_class": "B", "cadence_days": 60, "silent_days": 90, "ever_contacted": False},
         "Kein Kontakt erfasst (B-Kunde: alle 60 Tage)", "No contact on record (class B: every 60 days)"),
        ("dissatisfied", COMPLAINT.facts,
         "Reklamation vom 09.09.2026 nicht gelöst", "Complaint of 09/09/2026 not resolved"),
        ("dissatisfied", {"open_complaints": 0, "complaint_on": None, "score": 4.0, "score_on": date(2026, 9, 11)},
         "Bewertete uns am 11.09.2026 mit 4 von 10", "Rated us 4 out of 10 on 11/09/2026"),
        ("offer_overdue", {"offers": 2, "amount_open": amount("3500"), "due_on": date(2026, 5, 18)},
         "2 Angebote über zusammen 3.500 € unentschieden, das älteste seit 18.05.2026",
         "2 offers of €3,500 in all undecided, the oldest since 18/05/2026"),
        ("neglected",
         {"value_class": "A", "contacts": 1, "contacts_of_class": 4.2, "offers": 0, "offers_of_class": 0.0,
          "new_products": None, "new_products_of_class": None},
         "Bekommt weniger als andere A-Kunden: 1 statt 4,2 Kontakte im Jahr",
         "Gets less than other class A customers: 1 contacts against 4.2 a year"),
    ],
)  # fmt: skip
def test_every_sign_is_told_from_its_own_numbers(key: str, facts: dict[str, Fact], german: str, english: str) -> None:
    for language, expected in (("de", german), ("en", english)):
        said = reason_text(context(DATA, language=language), (Signal(key, facts),))

        assert said.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_proven_signs_are_told_first() -> None:
    said = reason_text(context(DATA), (COMPLAINT, RHYTHM), {"rhythm_broken"})

    assert said == "Usually buys every 24 days, silent for 61; complaint of 09/09/2026 not resolved"


def test_those_to_call_stand_apart_from_others_with_a_sign() -> None:
    # Anna's revenue is larger, but nothing except a sign without power speaks against her.
    warning = replace(_warning(ANNA, BERND, power=(ANY, PROVEN, WEAK)), calls=(BERND,))
    view = present_early_warning(context(DATA, PILLARS, warning))

    shown = tables(view)
    assert [row[0] for row in table_texts(shown["early-warning-proven"])] == ["Bernd"]
    assert [row[0] for row in table_texts(shown["early-warning-others"])] == ["Anna"]
    assert not shown["early-warning-others"].on_paper
    assert "These" not in view.lead
    assert "This sign has shown no power so far: dissatisfied." in view.lead


def test_where_nothing_told_leavers_from_stayers_nobody_is_to_be_called() -> None:
    view = present_early_warning(context(DATA, PILLARS, _warning(ANNA, BERND)))

    assert [row[0] for row in table_texts(tables(view)["early-warning-others"])] == ["Anna", "Bernd"]
    assert (view.lead, view.findings) == ("", ())


BY_MODEL = Ranking(0.78, 0.7, 0.86, Rate(60, 80))
BY_RECENCY = Ranking(0.7, 0.62, 0.78, Rate(52, 80))
REVIEW = Review(
    rule="model",
    quarters=(Quarter.parse("2026-Q2"), Quarter.parse("2026-Q1")),
    length=40,
    model=BY_MODEL,
    recency=BY_RECENCY,
    base=Rate(100, 400),
    calibration=(Fifth(0.1, Rate(9, 80)), Fifth(0.6, Rate(50, 80))),
    log_loss=0.5,
    recency_log_loss=0.55,
    listed=ListTest(ListRule("model", 0.25), 60, 52, 80),
)


@pytest.mark.parametrize(
    ("language", "review", "sentence"),
    [
        ("en", REVIEW,
         ("Tested on 2 past quarters: of those whom this list would have named, 60 of 80 (75.0%) bought nothing in the "
          "quarter after; of as many by days since the last purchase alone it would have been 52 of 80 (65.0%), among "
          "all customers it was 100 of 400 (25.0%).")),
        ("en", replace(REVIEW, listed=ListTest(ListRule("recency", 0.0), 0, 0, 0)),
         ("Tested on 2 past quarters: of those at the top by chance, 60 of 80 (75.0%) bought nothing in the quarter "
          "after; by days since the last purchase alone it would have been 52 of 80 (65.0%), among all customers it "
          "was 100 of 400 (25.0%).")),
        ("de", replace(REVIEW, rule="recency"),
         ("Geprüft an 2 früheren Quartalen, sagen die Tage seit dem letzten Kauf so viel wie ein Modell mit mehr "
          "Merkmalen; deshalb entscheiden sie allein: Von den obersten der Liste kauften im Quartal danach 52 von 80 "
          "(65,0 %) nichts, unter allen Kunden 100 von 400 (25,0 %).")),
        ("en", replace(REVIEW, model=replace(BY_MODEL, low=0.48)),
         ("Tested on 2 past quarters, neither the model nor the days since the last purchase told leavers from "
          "stayers: of those at the top, 60 of 80 (75.0%) bought nothing in the quarter after, among all customers 100 "
          "of 400 (25.0%). On this ground nobody is named as at risk.")),
    ],
)  # fmt: skip
def test_the_lead_says_what_chances_were_worth_beside_recency(language: str, review: Review, sentence: str) -> None:
    view = present_early_warning(context(DATA, PILLARS, replace(_warning(ANNA), review=review), language=language))

    assert view.lead.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == sentence
    assert [row[2] for row in table_texts(tables(view)["early-warning-review"])] == [
        context(DATA, language=language).formats.rate_in_table(rate)
        for rate in (
            review.model.precision,
            review.recency.precision,
            *filter(None, (review.called, review.called_by_recency)),
            Rate(100, 400),
        )
    ]
    assert len(tables(view)["early-warning-calibration"].rows) == 2


def test_a_call_is_explained_in_the_customers_own_rhythm() -> None:
    likely = replace(BERND, signals=(COMPLAINT,), outlook=Outlook(0.78, 0.42, 46, 17.2, 66))
    once = replace(likely, outlook=Outlook(0.9, 0.7, 200, 40.0, 0), signals=())
    warning = replace(_warning(ANNA), calls=(likely, once), review=REVIEW)

    view = present_early_warning(context(DATA, PILLARS, warning))

    assert [row[1] for row in table_texts(tables(view)["early-warning-chance"])] == [
        (
            "Usually buys every 17 days, last 46 days ago; complaint of 09/09/2026 not resolved; "
            "chance of buying nothing in the next quarter 78%, normally 42%"
        ),
        (
            "Last bought 200 days ago, too few purchases for a rhythm of its own; "
            "chance of buying nothing in the next quarter 90%, normally 70%"
        ),
    ]


def test_the_review_shows_counts_difference_and_verdict_of_every_sign() -> None:
    few = Power("dissatisfied", Rate(6, 6), Rate(16, 16), None, None, "too_few", Rate(335, 417))
    view = present_early_warning(context(DATA, PILLARS, _warning(ANNA, BERND, power=(ANY, PROVEN, few))))

    table = tables(view)["early-warning-signals"]
    assert table_texts(table) == [
        ["rhythm broken", "proven", "2", "6% (4/63)", "94% (331/354)", "80% (335/417)", "+87 (78 to 92)"],
        ["dissatisfied", "too few cases", "2", "6/6", "100% (16/16)", "80% (335/417)", "–"],
    ]
    assert [cell.text for cell in table.total[:2]] == ["any sign", "proven"]


def test_an_untested_sign_is_said_to_be_untested() -> None:
    view = present_early_warning(context(DATA, PILLARS, _warning(ANNA), language="de"))

    assert {row[1] for row in table_texts(tables(view)["early-warning-signals"])} == {"noch nicht prüfbar"}


def test_the_trend_weighs_months_by_what_was_bought_in_them() -> None:
    # Nine months with one purchase of 100, then three with two purchases of 50 each, by two regular customers.
    months = [TrendMonth(date(2026, month, 1), 1, 1, amount("100"), amount("100"), 2.0) for month in range(1, 10)]
    months += [TrendMonth(date(2026, month, 1), 2, 2, amount("100"), amount("50"), 1.5) for month in range(10, 13)]
    regular = RegularCustomer("anna", "Anna", (1,) * 12, (amount("30"),) * 9 + (amount("60"),) * 3, (1,) * 11 + (2,))
    trend = TrendWatch(tuple(months), (regular, replace(regular, customer_id="bernd", name="Bernd")))

    view = present_early_warning(context(DATA, PILLARS, replace(_warning(ANNA), trend=trend)))

    shown = tables(view)
    assert [row[2:] for row in table_texts(shown["early-warning-trend"])] == [
        ["€100", "€50"],
        ["0.50", "1.00"],
        ["2.00", "1.50"],
    ]
    assert table_texts(shown["early-warning-regulars"])[0] == ["Anna", "", "9", "3", "30", "60", "2"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_orders_alone_give_a_section_without_gaps_in_its_sentences(language: str) -> None:
    ledger = "\n".join(f"anna 2025-{month:02}-05 100" for month in range(1, 13))
    data = dataset(orders(f"{ledger}\nbernd 2026-09-01 50\nbernd 2026-08-01 50"), quarter="2026-Q3")

    view = present_early_warning(context(data, pillars(data), early_warning(data), language=language))

    assert "{" not in words(view)
    assert sum("order_lines" in sentence for sentence in view.missing) == 2
    assert [row[0] for row in table_texts(tables(view)["early-warning-rhythm"])] == ["anna"]
    assert len(view.method) <= 9
