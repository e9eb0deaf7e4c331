"""A version for wider circulation names nobody and counts the same."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.model.codes import Coded, Codes
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Unknown
from retention_reports.model.pseudonyms import pseudonymised
from retention_reports.model.quarters import Quarter
from retention_reports.model.schema import TABLE_BY_NAME, Kind, Privacy
from tests.support.datasets import client_folder, orders

if TYPE_CHECKING:
    from retention_reports.model.folder import ClientFolder

KEY = bytes(range(32))
WORDS = {"customer": "Customer", "person": "Person", "segment": "Segment"}
FOLDER = client_folder(
    orders("K1 2026-01-05 10\nK2 2026-02-06 20"),
    customers=[
        {"customer_id": "K1", "name": "Anna Adler", "email": "anna@adler.example", "sales_rep": "Vogt", "segment": "B"},
        {"customer_id": "K2", "name": "BERND BUCHE", "email": "none", "referred_by": "K1", "segment": "A"},
    ],
    tables={
        "contacts": [{"customer_id": "K1", "name": "Clara Adler", "phone": "0171", "birthday": "1980-05-05"}],
        "feedback": [{"customer_id": "K1", "date": "2026-02-01", "kind": "praise", "text": "Frau Adler is kind"}],
        "losses": [
            {"customer_id": "K2", "noticed_on": "2026-03-01", "reason": "Preis", "competitor": "Zorn GmbH"},
            {"customer_id": "K1", "noticed_on": "2026-03-01", "reason": "the smell", "department": "sales"},
        ],
        "offers": [
            {"offer_id": "A1", "customer_id": "K1", "offered_on": "2026-01-01", "amount": "5", "wishes": "oak; light"},
        ],
    },
)


def _coded(key: bytes = KEY) -> ClientFolder:
    return pseudonymised(FOLDER, Codes(key, FOLDER.client.key, WORDS))


def test_no_name_id_address_or_text_is_left() -> None:
    everything = "".join(table.to_csv() for table in _coded().tables.values())

    secrets = (
        "Adler",
        "BUCHE",
        "Clara",
        ",K1,",
        ",K2,",
        "anna@",
        "Vogt",
        "0171",
        "1980",
        "is kind",
        "Zorn",
        "smell",
        "oak",
    )
    for secret in secrets:
        assert secret not in everything


def test_what_was_said_stays_said() -> None:
    tables = _coded().tables

    assert tables["feedback"]["text"][0] == "…"
    assert tables["losses"]["competitor"][0] != ""
    assert tables["losses"]["competitor"][1] == ""
    assert tables["customers"]["name"][1].isupper()
    assert not tables["customers"]["name"][0].isupper()
    assert tables["customers"]["email"][0].endswith("@pseudonym.example")
    assert tables["customers"]["email"][1] == "…"
    assert tables["contacts"]["email"][0] == ""


def test_words_of_our_own_catalogues_stay_and_lists_are_coded_part_by_part() -> None:
    tables = _coded().tables

    assert tables["losses"]["reason"][0] == "Preis"
    assert tables["losses"]["department"][1] == "sales"
    assert len(tables["offers"]["wishes"][0].split(";")) == 2


def test_references_still_lead_to_the_same_customer() -> None:
    customers = _coded().tables["customers"]

    assert customers["referred_by"][1] == customers["customer_id"][0]


def test_codes_are_stable_under_a_key_and_others_under_another() -> None:
    def identifiers(folder: ClientFolder) -> list[str]:
        return [str(text) for text in folder.tables["customers"]["customer_id"]]

    assert identifiers(_coded()) == identifiers(_coded())
    assert set(identifiers(_coded())).isdisjoint(identifiers(_coded(bytes(32))))


def test_codes_stand_in_the_order_of_what_they_stand_for() -> None:
    segments = _coded().tables["customers"]["segment"]

    assert segments.sort_values().index.tolist() == [1, 0]
    assert sorted(segments.tolist()) == [segments[1], segments[0]]
    assert pickle.loads(pickle.dumps(segments[0])) < "C"  # noqa: S301 -- our own bytes


def test_figures_are_the_same_or_withheld() -> None:
    quarter = Quarter.parse("2026-Q1")
    coded = Dataset.at(_coded(), quarter)

    assert pillars(coded).figures() == pillars(Dataset.at(FOLDER, quarter)).figures()
    assert (
        lost_customers(coded).figures()["missing"] == lost_customers(Dataset.at(FOLDER, quarter)).figures()["missing"]
    )
    assert coded.lacks("contacts.birthday") == (Unknown.WITHHELD, "contacts.birthday")
    assert not coded.has_column("contacts", "birthday")


@given(st.lists(st.text(min_size=1, max_size=3), min_size=2, max_size=200, unique=True))
def test_two_texts_never_share_a_code(texts: list[str]) -> None:
    # One letter at least: most beginnings are alike.
    codes = Codes(KEY, "client", {})

    assert len({codes.of(text, 1) for text in texts}) == len(texts)


@given(st.text(max_size=5), st.text(max_size=5))
def test_coded_texts_compare_as_their_own(first: str, second: str) -> None:
    one, other = Coded("x", first), Coded("y", second)

    assert (one < other, one > other, one <= other, one >= other) == (
        *(first < second, first > second),
        *(first <= second, first >= second),
    )
    assert (one < second) == (first < second)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="128 bits"):
        Codes(b"short", "client", {})


def test_every_free_text_and_id_has_a_rule() -> None:
    # The currency is a code of its own that must be the client's.
    plain = {
        f"{table.name}.{column.name}"
        for table in TABLE_BY_NAME.values()
        for column in table.columns
        if column.kind in (Kind.TEXT, Kind.IDENTIFIER) and column.privacy is Privacy.PLAIN
    }
    assert plain == {"orders.currency"}
