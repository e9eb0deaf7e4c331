"""What the section on ten errors says."""

from __future__ import annotations

import pytest

from retention_reports.analyses.ten_errors.ten_errors_analysis import ten_errors
from retention_reports.analyses.ten_errors.ten_errors_results import Belief, TenErrors, Verdict
from retention_reports.model.figures import Rate
from retention_reports.presentation.ten_errors.ten_errors_section import present_ten_errors
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

LEDGER = "anna 2025-06-01 100\nanna 2026-06-01 100\nbernd 2025-06-01 50\ndora 2026-05-01 10"
LOSSES: list[Row] = [{"customer_id": "bernd", "noticed_on": "2026-06-01", "reason": "price", "competitor": "Rival"}]


def _errors(*verdicts: Verdict) -> TenErrors:
    rates = {"to_competitors": Rate(1, 20)}
    return TenErrors(tuple(Belief("nobody_breaks_in", verdict, rates) for verdict in verdicts))


@pytest.mark.parametrize(
    ("language", "verdicts", "headline"),
    [
        ("en", (Verdict.CONFIRMED,), "Of ten common beliefs the data refutes none; one holds, none stays open."),
        ("de", (Verdict.REFUTED, Verdict.UNTOLD, Verdict.UNTOLD),
         "Von zehn verbreiteten Überzeugungen widerlegen die Daten eine; keine hält stand, 2 bleiben offen."),
        ("en", (Verdict.REFUTED, Verdict.REFUTED, Verdict.CONFIRMED, Verdict.CONFIRMED),
         "Of ten common beliefs the data refutes 2; 2 hold, none stays open."),
    ],
)  # fmt: skip
def test_the_headline_counts_verdicts(language: str, verdicts: tuple[Verdict, ...], headline: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3")

    view = present_ten_errors(context(data, _errors(*verdicts), language=language))

    assert view.headline == headline
    assert bool(view.agenda) == (Verdict.REFUTED in verdicts)


@pytest.mark.parametrize("language", ["de", "en"])
def test_refuted_beliefs_stand_first_and_say_what_follows(language: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"losses": LOSSES})

    view = present_ten_errors(context(data, ten_errors(data), language=language))
    rows = table_texts(tables(view)["beliefs"])

    # Dora brought 10, bernd no longer brings 50: the only belief that so little data can refute.
    assert len(rows) == 10
    assert [row[3] != "–" for row in rows] == [True, *[False] * 9]
    assert view.findings[0].weight == 400_000
    assert "{" not in words(view)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_belief_has_its_sentence_with_figures(language: str) -> None:
    feedback: list[Row] = [
        {"customer_id": name, "date": "2025-08-01", "kind": kind, "score": 9}
        for name in ("anna", "bernd")
        for kind in ("survey", "complaint")
    ]
    measures: list[Row] = [
        {"measure_id": "m", "kind": "retention", "title": "m", "customer_id": "anna", "group": group,
         "started_on": "2026-01-01"}
        for group in ("target", "control")
    ]  # fmt: skip
    offers: list[Row] = [
        {"offer_id": "1", "customer_id": "anna", "offered_on": "2026-05-01", "amount": "5", "state": "lost",
         "decided_on": "2026-06-01", "lost_reason": "price", "followed_up_on": ""},
    ]  # fmt: skip
    given: dict[str, list[Row]] = {
        "feedback": feedback,
        "losses": LOSSES,
        "measures": measures,
        "offers": offers,
        "touchpoints": [{"customer_id": "anna", "date": "2026-05-01", "channel": "phone", "state": "done"}],
        "order_lines": [{"order_id": "2", "product_id": "p", "amount": "60"}],
        "products": [{"product_id": "p", "name": "Paper", "category": "Office"}],
    }
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables=given)

    view = present_ten_errors(context(data, ten_errors(data), language=language))

    assert view.missing == ()
    assert "{" not in words(view)
    assert all(any(character.isdigit() for character in row[2]) for row in table_texts(tables(view)["beliefs"]))


@pytest.mark.parametrize("language", ["de", "en"])
def test_where_nothing_is_known_the_section_only_says_what_is_missing(language: str) -> None:
    data = dataset(orders("a 2026-06-01 10"), quarter="2026-Q3", history_complete=False)

    view = present_ten_errors(context(data, ten_errors(data), language=language))

    assert view.rows == ()
    # One sentence a reason: four files, and the start of the data.
    assert len(view.missing) == 5
