"""A version for wider circulation names nobody, whatever the file and wherever in it, and tells the same figures."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from retention_reports.model.loss_reasons import DEPARTMENTS, is_standard_word
from retention_reports.model.schema import TABLE_BY_NAME, Privacy
from retention_reports.pipeline import LoadedClient, build_report, load_client
from retention_reports.validation.questionnaire import standard_questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))
CANARY = "Kanarienvogel"
_PLAIN = (Privacy.PLAIN, Privacy.WITHHELD, Privacy.RECOMMENDATION)


def _texts(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield all that a report's files say, hidden parts of PDF and spreadsheet included, by where it stands."""
    for name, content in files.items():
        yield "file name", name
        if name.endswith("pdf"):
            reader = PdfReader(BytesIO(content))
            yield "pdf text", "\n".join(page.extract_text() for page in reader.pages)
            yield "pdf metadata", f"{reader.metadata} {reader.outline} {reader.named_destinations}"
            yield "pdf xmp", str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())
            yield from ((f"pdf {key}", "".join(map(str, part))) for key, part in reader.attachments.items())
        elif name.endswith("xlsx"):
            with zipfile.ZipFile(BytesIO(content)) as book:
                yield from ((f"{name} {part}", book.read(part).decode("utf-8", "replace")) for part in book.namelist())
        else:
            yield name, content.decode("utf-8", "replace")


@pytest.mark.slow
def test_no_customer_person_address_or_note_is_named() -> None:
    folder = PROJECT / "data" / "example_ltd"
    client = load_client(folder).pseudonymised(KEY)

    texts = list(_texts(build_report(client, client.newest_quarter)))

    with (folder / "customers.csv").open(encoding="utf-8") as source:
        customers = list(csv.DictReader(source))
    with (folder / "contacts.csv").open(encoding="utf-8") as source:
        contacts = list(csv.DictReader(source))
    secrets = {row["name"] for row in (*customers, *contacts)} | {row["email"] for row in customers if row["email"]}
    secrets |= {row["customer_id"] for row in customers} | {"Pemberton"}
    assert {(place, one) for place, text in texts for one in secrets if len(one) > 3 and one in text} == set()
    pages = PdfReader(BytesIO(_content(build_report(client, client.newest_quarter, ("pdf",)), "pdf"))).pages
    assert all("pseudonymised" in page.extract_text() for page in pages)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["example_ltd", "musterhandel"])
def test_a_canary_in_every_cell_sings_nowhere(name: str) -> None:
    client = _with_canaries(load_client(PROJECT / "data" / name))
    sung = dict(_texts(build_report(client, client.newest_quarter, ("json", "html"))))
    assert any(CANARY.casefold() in text.casefold() for text in sung.values())  # With names it is heard.

    coded = client.pseudonymised(KEY)
    heard = {
        place
        for place, text in _texts(build_report(coded, coded.newest_quarter))
        if CANARY.casefold() in text.casefold()
    }

    assert heard == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["example_ltd", "musterhandel"])
def test_every_figure_is_the_same_or_withheld(name: str) -> None:
    client = load_client(PROJECT / "data" / name)
    named, coded = (_figures(one) for one in (client, client.pseudonymised(KEY)))

    assert set(_differences(named, coded, "")) == {"contacts.birthdays"}
    reasons = {entry["key"]: entry["reason"] for entry in coded["contacts"]["missing"]}
    assert reasons["birthdays"] == "withheld: contacts.birthday"


def _figures(client: LoadedClient) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(_content(build_report(client, client.newest_quarter, ("json",)), "json"))
    return figures


def _content(files: Mapping[str, bytes], ending: str) -> bytes:
    return next(content for name, content in files.items() if name.endswith(ending))


def _differences(first: object, second: object, key: str) -> Iterator[str]:
    """Yield the keys of figures that differ; texts may, since codes stand in their place, and so may `missing`."""
    if isinstance(first, dict) and isinstance(second, dict):
        assert len(first) == len(second), key
        for name, one, other in zip(first, first.values(), second.values(), strict=True):
            if name != "missing":
                yield from _differences(one, other, f"{key}.{name}" if key else name)
    elif isinstance(first, list) and isinstance(second, list):
        assert len(first) == len(second), key
        for one, other in zip(first, second, strict=True):
            yield from _differences(one, other, key)
    elif not (isinstance(first, str) and isinstance(second, str)) and first != second:
        yield key


def _with_canaries(client: LoadedClient) -> LoadedClient:
    """Return the client with a canary in every cell of every column of free text, each beside what stood there."""
    standard = {question.identifier for question in standard_questionnaire().questions} | DEPARTMENTS
    tables = {}
    for name, table in client.folder.tables.items():
        columns = [one.name for one in TABLE_BY_NAME[name].columns if one.privacy not in _PLAIN and one.name in table]
        tables[name] = table.assign(
            **{
                column: [
                    text if not text or text in standard or is_standard_word(text) else f"{CANARY}{text}"
                    for text in table[column]
                ]
                for column in columns
            }
        )
    return replace(client, folder=replace(client.folder, tables=tables), published=None)
