"""A version for wider circulation names nobody, whatever the file and wherever in it."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from retention_reports.pipeline import build_report, load_client

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_no_customer_person_address_or_note_is_named() -> None:
    folder = PROJECT / "data" / "example_ltd"
    client = load_client(folder).pseudonymised()

    files = build_report(client, client.newest_quarter)

    with (folder / "customers.csv").open(encoding="utf-8") as source:
        customers = list(csv.DictReader(source))
    with (folder / "contacts.csv").open(encoding="utf-8") as source:
        contacts = list(csv.DictReader(source))
    secrets = {row["name"] for row in (*customers, *contacts)} | {row["email"] for row in customers if row["email"]}
    secrets |= {row["customer_id"] for row in customers} | {"Pemberton"}
    texts = {name: content.decode("utf-8", "replace") for name, content in files.items() if not name.endswith("pdf")}
    reader = PdfReader(BytesIO(next(content for name, content in files.items() if name.endswith("pdf"))))
    texts["pdf"] = "\n".join(page.extract_text() for page in reader.pages)
    told = {(name, secret) for name, text in texts.items() for secret in secrets if len(secret) > 3 and secret in text}
    assert told == set()
