"""What the section on measures says."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.measures.economics_results import CostPerCustomer, Estimate, RetentionGain
from retention_reports.analyses.measures.measure_analysis import measures
from retention_reports.analyses.measures.measure_results import (
    AgendaQuestion,
    MeasureResult,
    Measures,
    MeasureStatus,
    SecondLife,
)
from retention_reports.model.figures import Rate
from retention_reports.presentation.measures.control import verdict_text
from retention_reports.presentation.measures.measure_section import present_measures
from tests.support.datasets import amount, dataset, day, orders
from tests.support.presenting import context, table_texts, tables, words

if TYPE_CHECKING:
    from retention_reports.presentation.view import SectionView

DATA = dataset(orders("anna 2026-06-01 10"), quarter="2026-Q3")
NB = "\N{NO-BREAK SPACE}"


def _result(name: str, verdict: str, target: Rate | None, control: Rate | None, **more: object) -> MeasureResult:
    judged = verdict in {"works", "does_not"}
    values: dict[str, object] = {
        "measure_id": name,
        "kind": "win_back",
        "title": f"Call {name}",
        "started_on": day("2026-01-01"),
        "judged_from": day("2026-06-30"),
        "success": "regained",
        "compared_with": "control_group",
        "target": target,
        "control": control,
        "effect": 0.5 if judged else None,
        "low": 0.3 if verdict == "works" else -0.2 if judged else None,
        "high": 0.7 if judged else None,
        "cost": amount("100"),
        "revenue": amount("5000"),
        "added_revenue": Estimate(amount("4000"), amount("1000"), amount("7000")) if judged else None,
        "profit": amount("1900") if judged else None,
        "already_active": 0,
        "verdict": verdict,
    }
    return MeasureResult(**{**values, **more})  # type: ignore[arg-type]


def _status(name: str, **more: object) -> MeasureStatus:
    values: dict[str, object] = {
        "measure_id": name,
        "kind": "win_back",
        "title": f"Call {name}",
        "owner": "Kessler",
        "state": "running",
        "started_on": day("2026-08-01"),
        "due_on": day("2026-12-01"),
        "cost": amount("100"),
        "expected_revenue": None,
        "targets": 12,
        "controls": 12,
        "is_open": True,
        "overdue": False,
        "is_last_quarters": False,
    }
    return MeasureStatus(**{**values, **more})  # type: ignore[arg-type]


def _measures(*results: MeasureResult, **more: object) -> Measures:
    values: dict[str, object] = {
        "status": tuple(_status(result.measure_id, state="done", is_open=False) for result in results),
        "results": results,
        "second_life": None,
        "retention_gain": None,
        "cost_per_customer": (),
        "agenda": (),
        "missing": (),
    }
    return Measures(**{**values, **more})  # type: ignore[arg-type]


def _present(found: Measures, language: str = "en") -> SectionView:
    return present_measures(context(DATA, found, language=language))


WORKING = _result("A", "works", Rate(19, 29), Rate(4, 33))
IDLE = _result("B", "does_not", Rate(7, 35), Rate(8, 29), cost=amount("300"))
EARLY = _result("C", "too_early", Rate(3, 18), Rate(2, 10))
SMALL = _result("D", "too_few", Rate(3, 5), Rate(2, 40))


@pytest.mark.parametrize(
    ("found", "german", "english"),
    [
        (_measures(), "Maßnahmen sind nicht erfasst.", "No measures are on record."),
        (
            _measures(EARLY, status=(_status("C"),)),
            "Noch lässt sich keine Maßnahme beurteilen; eine ist offen.",
            "No measure can be judged yet; one is open.",
        ),
        (
            _measures(IDLE),
            "Die eine beurteilte Maßnahme zeigt keine Wirkung.",
            "The one measure judged shows no effect.",
        ),
        (
            _measures(IDLE, IDLE),
            "Keine der 2 beurteilten Maßnahmen zeigt eine Wirkung.",
            "None of the 2 measures judged shows an effect.",
        ),
        (
            _measures(WORKING, IDLE, EARLY),
            (
                "Eine von 2 beurteilten Maßnahmen wirkt; "
                f"nach den Kosten aller beurteilten blieben rund 1.600{NB}€ Ertrag."
            ),
            "One of the 2 measures judged works, with a profit of about €1,600 after the cost of all that were judged.",
        ),
        (
            _measures(WORKING, WORKING),
            f"2 von 2 beurteilten Maßnahmen wirken; nach den Kosten aller beurteilten blieben rund 3.800{NB}€ Ertrag.",
            "2 of the 2 measures judged work, with a profit of about €3,800 after the cost of all that were judged.",
        ),
    ],
)
def test_the_headline_covers_none_one_and_many(found: Measures, german: str, english: str) -> None:
    assert [_present(found, language).headline for language in ("de", "en")] == [german, english]


def test_the_table_gives_effect_and_money_only_where_a_verdict_is_due() -> None:
    shown = tables(_present(_measures(WORKING, IDLE, EARLY, SMALL)))["measures-results"]
    added = "4,000 (1,000 to 7,000)"

    assert table_texts(shown) == [
        ["Call D", "won back", "too few customers", "5 / 40", "–", "–", "100", "–"],
        ["Call C", "won back", "too early (from 30/06/2026)", "18 / 10", "–", "–", "100", "–"],
        ["Call B", "won back", "no effect to be seen", "35 / 29", "+50 (−20 to +70)", added, "300", "–"],
        ["Call A", "won back", "works", "29 / 33", "+50 (+30 to +70)", added, "100", "1,900"],
    ]  # fmt: skip


def test_the_picture_shows_no_share_of_fewer_than_ten_customers() -> None:
    said = words(_present(_measures(WORKING, SMALL)))

    assert "66% (19/29)" in said
    assert "so far 3 of 5, control 2 of 40: too few customers" in said
    assert "60%" not in said


def test_similar_customers_are_named_as_such_and_none_as_none() -> None:
    similar = _result("A", "works", Rate(19, 29), Rate(4, 33), compared_with="untouched")
    alone = _result("B", "too_few", Rate(3, 12), Rate(0, 0), compared_with="nobody")
    chart = next(block for row in _present(_measures(similar, alone)).rows for block in row.blocks)
    shares = getattr(chart, "table", None)

    assert shares is not None
    assert [texts[-1] for texts in table_texts(shares)] == ["none", "12% (4/33), similar customers"]


def test_a_measure_whose_success_cannot_be_measured_is_shown_without_figures() -> None:
    blind = _result("A", "too_few", None, None, kind="cross_selling")

    view = _present(_measures(blind))

    assert table_texts(tables(view)["measures-results"])[0][3:6] == ["–", "–", "–"]
    assert view.findings == ()


def test_the_first_page_hears_of_the_best_and_of_what_costs_without_effect() -> None:
    view = _present(_measures(WORKING, IDLE, EARLY))

    assert [(entry.text, entry.weight) for entry in view.findings] == [
        (
            "‘Call A’ works: 19 of 29 were won back, in the control group 4 of 33; about €1,900 after cost.",
            amount("1900"),
        ),
        (
            "‘Call B’ shows no effect: success with 7 of 35, in the control group with 8 of 29; cost €300.",
            amount("300"),
        ),
    ]


def test_plan_and_finished_measures_are_kept_apart_and_gaps_stand_out() -> None:
    status = (
        _status("A", overdue=True, owner="", due_on=day("2026-09-01")),
        _status("B", state="dropped", is_open=False, is_last_quarters=True),
        _status("C", state="", due_on=None, targets=0),
    )

    view = _present(_measures(status=status))
    shown = tables(view)

    assert table_texts(shown["measures-plan"]) == [
        ["Call A", "Win-back", "running, overdue", "nobody", "01/09/2026", "12", "100", "–"],
        ["Call C", "Win-back", "not stated", "Kessler", "–", "–", "100", "–"],
    ]
    assert [texts[0] for texts in table_texts(shown["measures-over"])] == ["Call B"]
    assert view.lead == (
        "3 measures are on record: one is running, one was dropped and one has no state. "
        "One was to be followed up from last quarter; closed since: 1, overdue: 0."
    )


@pytest.mark.parametrize(("followed", "on_paper"), [(True, True), (False, False)])
def test_finished_measures_are_on_paper_where_last_quarter_s_report_followed_them(
    *, followed: bool, on_paper: bool
) -> None:
    status = (_status("B", state="done", is_open=False, is_last_quarters=followed),)

    assert tables(_present(_measures(status=status)))["measures-over"].on_paper is on_paper


def test_second_life_and_win_back_stand_beside_their_comparison() -> None:
    life = SecondLife(2, amount("100"), amount("150"), Rate(1, 3))

    said = words(_present(_measures(WORKING, EARLY, second_life=life)))

    assert "Won back by measures 66% (19/29) in the control groups 12% (4/33)" in said
    assert "Profit of win-back that works €1,900 19.0 times its cost; all win-back cost €100" in said
    assert "Second life: revenue a month €150 €100 before; mean of 2 customers" in said
    assert "Lost again 1 of 3 of those won back" in said


def test_the_worth_of_retention_is_told_with_interval_assumption_and_a_marked_quotation() -> None:
    gain = RetentionGain(
        retention=Rate(80, 100),
        points=Fraction(5, 100),
        extra_customers=Fraction(5),
        extra_revenue=Estimate(amount("20000"), amount("15000"), amount("26000")),
        extra_margin=None,
        of_revenue=0.06,
        years_now=Fraction(5),
        years_then=Fraction(20, 3),
    )

    said = words(_present(_measures(retention_gain=gain)))

    assert (
        "Of the 100 customers active a year ago, 80.0% stayed. Had it been 5 points more, that is 5.0 customers, they "
        "would have brought €20k (€15k to €26k) of revenue in twelve months, 6.0% of all revenue." in said
    )
    assert "A customer would stay 6.7 years on average instead of 5.0." in said
    assert "Often quoted, not from your data" in said


def test_own_ratios_stand_beside_the_often_quoted_ones() -> None:
    costs = (
        CostPerCustomer("acquisition", amount("900"), 3),
        CostPerCustomer("retention", amount("1000"), 10),
        CostPerCustomer("win_back", amount("50"), None),
    )

    view = _present(_measures(cost_per_customer=costs))

    assert table_texts(tables(view)["measures-costs"]) == [
        ["newly won", "3", "300", "–", ""],
        ["kept", "10", "100", "3.0 times as much", "5 to 7 times"],
        ["won back", "–", "–", "–", "twice"],
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_has_words_and_names_its_measures(language: str) -> None:
    keys = (
        "extend",
        "stop_or_change",
        "too_few_to_judge",
        "overdue",
        "without_owner",
        "without_due_day",
        "without_control_group",
        "second_life_weaker",
    )
    for key in keys:
        about = "" if key == "second_life_weaker" else "A"
        (question,) = _present(_measures(WORKING, agenda=(AgendaQuestion(key, about, {}),)), language).agenda
        assert question.endswith("?")
        assert ("Call A" in question) == bool(about)


def test_questions_of_one_kind_are_one_question_and_at_most_four_are_asked() -> None:
    asked = (
        AgendaQuestion("extend", "A", {}),
        AgendaQuestion("extend", "B", {}),
        AgendaQuestion("lost_not_contacted", "", {"k": 1, "n": 4}),
        AgendaQuestion("no_open_measure", "", {"kind": "win_back"}),
        AgendaQuestion("no_open_measure", "", {"kind": "retention"}),
        AgendaQuestion("overdue", "A", {}),
        AgendaQuestion("without_owner", "A", {}),
    )

    assert _present(_measures(WORKING, IDLE, agenda=asked)).agenda == (
        "To which customers do we take ‘Call A’ and ‘Call B’ next?",
        "Who calls the one customer who left, could be won back, and has not heard from us since?",
        "What do we do about win-back and retention? No measure is open.",
        "What is holding up ‘Call A’?",
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_files_the_section_says_what_is_missing(language: str) -> None:
    data = dataset(orders("anna 2025-08-01 10\nanna 2026-06-01 10"), quarter="2026-Q3")

    view = present_measures(context(data, measures(data), language=language))

    assert len(view.missing) >= 2
    assert "{" not in words(view)


def test_an_open_effect_says_how_many_customers_would_prove_it() -> None:
    open_one = _result("E", "does_not", Rate(2, 10), Rate(1, 10))
    text = verdict_text(context(DATA, language="en"), open_one)

    assert text == "no effect to be seen; 394 would be needed to prove the difference seen"
