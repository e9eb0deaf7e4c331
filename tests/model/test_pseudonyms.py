"""A version for wider circulation names nobody and counts the same."""

from __future__ import annotations

import pandas as pd

from retention_reports.analyses.pillars.pillar_analysis import pillars
from retention_reports.model.dataset import Dataset
from retention_reports.model.pseudonyms import pseudonymised
from retention_reports.model.quarters import Quarter
from tests.support.datasets import client_folder, orders

FOLDER = client_folder(
    orders("K1 2026-01-05 10\nK2 2026-02-06 20"),
    customers=[
        {"customer_id": "K1", "name": "Anna Adler", "email": "anna@adler.example", "sales_rep": "Vogt"},
        {"customer_id": "K2", "name": "Bernd Buche", "email": "none", "referred_by": "K1"},
    ],
    tables={
        "contacts": [{"customer_id": "K1", "name": "Clara Adler", "phone": "0171", "birthday": "1980-05-05"}],
        "feedback": [{"customer_id": "K1", "date": "2026-02-01", "kind": "praise", "text": "Frau Adler is kind"}],
    },
)


def test_no_name_id_address_or_text_is_left() -> None:
    coded = pseudonymised(FOLDER)
    everything = "".join(table.to_csv() for table in coded.tables.values())

    for secret in ("Adler", "Buche", "Clara", "K1", "K2", "anna@", "Vogt", "0171", "1980", "is kind"):
        assert secret not in everything


def test_references_still_lead_to_the_same_customer() -> None:
    customers = pseudonymised(FOLDER).tables["customers"]

    assert customers["referred_by"][1] == customers["customer_id"][0]
    assert customers["email"][0].endswith("@pseudonym.example")
    assert customers["email"][1] == "none"


def test_codes_are_stable_and_figures_are_the_same() -> None:
    one, two = pseudonymised(FOLDER), pseudonymised(FOLDER)
    quarter = Quarter.parse("2026-Q1")

    pd.testing.assert_frame_equal(one.tables["customers"], two.tables["customers"])
    assert pillars(Dataset.at(one, quarter)).figures() == pillars(Dataset.at(FOLDER, quarter)).figures()
