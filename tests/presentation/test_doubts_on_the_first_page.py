"""What page 1 says of data that reaches not far enough."""

from __future__ import annotations

from datetime import date

import pytest

from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.model.client import Client
from retention_reports.presentation.summary import _warnings
from tests.support.datasets import dataset, orders
from tests.support.presenting import context


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The data begins on 15 January 2026. Who is new, loyal or lost is known only from quarter 2, 2027 on."),
        (
            "de",
            (
                "Die Daten beginnen am 15. Januar 2026. "
                "Wer neu, treu oder verloren ist, ist erst ab dem 2. Quartal 2027 bekannt."
            ),
        ),
    ],
)
def test_a_young_export_says_so_on_page_1(language: str, sentence: str) -> None:
    data = dataset(orders("A 2026-01-15 100\nB 2026-03-31 40"), quarter="2026-Q1", history_complete=False)

    assert _warnings(context(data, language=language), pillars(data)) == (sentence,)


@pytest.mark.parametrize(
    "client",
    [Client("c", "C", history_complete=True), Client("c", "C", data_from=date(2026, 1, 15))],
)
def test_a_client_that_has_told_its_history_is_not_asked_again(client: Client) -> None:
    data = dataset(orders("A 2026-01-15 100\nB 2026-03-31 40"), quarter="2026-Q1", client=client)

    assert _warnings(context(data), pillars(data)) == ()
