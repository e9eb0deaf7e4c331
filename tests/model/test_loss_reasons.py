"""Standard reasons and the client's own words."""

from __future__ import annotations

import pytest

from retention_reports.model.client import Client
from retention_reports.model.loss_reasons import CATALOGUE, Driver, standard_reason

CLIENT = Client(
    "test", "Test", loss_reasons={"Ärger mit Fahrer": "late_delivery", "Preis": "quality", "krumm": "nothing"}
)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("ärger mit fahrer ", "late_delivery"),
        ("Preis", "quality"),
        ("business_closed", "business_closed"),
        ("Business closed", "business_closed"),
        ("zu teuer", "price"),
        ("krumm", "other"),
        ("kein Parkplatz", "other"),
        ("", "unknown"),
        ("unbekannt", "unknown"),
    ],
)
def test_the_client_s_word_finds_its_standard_reason(word: str, key: str) -> None:
    assert standard_reason(CLIENT, word).key == key


def test_no_word_means_two_reasons() -> None:
    words = [word.casefold() for reason in CATALOGUE for word in (reason.key, *reason.names)]

    assert len(words) == len(set(words))


def test_only_what_we_can_avoid_has_a_department() -> None:
    for reason in CATALOGUE:
        assert bool(reason.department) == (reason.avoidable is True)
        assert (reason.driver is Driver.UNKNOWN) == (reason.avoidable is None)
