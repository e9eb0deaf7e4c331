"""A version for wider circulation names nobody, whatever the file and wherever in it, and tells the same figures."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from retention_reports.model.loss_reasons import DEPARTMENTS, is_standard_word
from retention_reports.model.money import UNIT
from retention_reports.model.schema import TABLE_BY_NAME, Privacy
from retention_reports.pipeline import LoadedClient, build_report, load_client, report_context, report_view
from retention_reports.presentation.actions.action_section import present_actions
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.view import Chart, ReportView, Table
from retention_reports.presentation.wording import load_wording
from retention_reports.resources import templates_folder
from retention_reports.samples import write_sample
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

    assert _unreasoned(named, coded) == []
    reasons = {entry["key"]: entry["reason"] for entry in coded["contacts"]["missing"]}
    assert reasons["birthdays"] == "withheld: contacts.birthday"
    assert any(entry["key"] == "flagged.at_stake" for entry in coded["early_warning"]["missing"])


@pytest.mark.parametrize("seed", range(3))
def test_so_it_is_of_any_client(seed: int, tmp_path: Path) -> None:
    folder = tmp_path / "client"
    write_sample("bench", folder, customers=60, seed=seed)
    client = load_client(folder)

    assert _unreasoned(_figures(client), _figures(client.pseudonymised(KEY))) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["example_ltd", "musterhandel"])
def test_no_table_or_list_tells_an_amount_of_a_single_customer(name: str) -> None:
    client = load_client(PROJECT / "data" / name).pseudonymised(KEY)
    rows = {cells for table in _tables(report_view(client, client.newest_quarter)) for cells in table.rows}

    assert any(cell.customer_id for row in rows for cell in row)
    assert [row for row in rows if any(cell.customer_id for cell in row) and any(cell.money for cell in row)] == []
    context = report_context(client, client.newest_quarter)
    amounts = {amount for one in present_actions(context).lists for action in one.actions for amount in action.amounts}
    assert len(amounts) > 1
    assert {type(amount) for amount in amounts} == {str, type(None)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["example_ltd", "musterhandel"])
def test_no_sentence_or_chart_tells_an_amount_of_fewer_than_five_customers(name: str) -> None:
    client = load_client(PROJECT / "data" / name)
    coded = client.pseudonymised(KEY)
    files = build_report(coded, coded.newest_quarter, ("json", "html"))
    hidden: set[float] = set()
    told: set[float] = set()
    _sort(_figures(client), json.loads(files["figures.json"]), hidden, told)
    wording = load_wording(templates_folder() / "wording", client.folder.client.language)
    formats = Formats(wording, client.folder.client.currency)
    page = _content(files, "html").decode()

    # Round amounts and small ones stand in many places by chance.
    odd = {formats.money(amount * UNIT) for amount in hidden - told if amount >= 1000 and amount % 100}
    assert len(odd) > 300
    assert {text for text in odd if re.search(rf"(?<![\d.,]){re.escape(text)}(?![\d]|[.,]\d)", page)} == set()


def _sort(named: object, coded: object, hidden: set[float], told: set[float]) -> None:
    """Collect the amounts that the version with codes does not tell, and those that it does, in whole units."""
    if isinstance(named, dict):
        pairs = ((name, part) for name, part in named.items() if name != "missing")
        others = [part for name, part in coded.items() if name != "missing"] if isinstance(coded, dict) else []
        for place, (_, part) in enumerate(pairs):
            _sort(part, others[place] if others else None, hidden, told)
    elif isinstance(named, list):
        for place, part in enumerate(named):
            _sort(part, coded[place] if isinstance(coded, list) else None, hidden, told)
    elif isinstance(named, float):
        (hidden if coded is None else told).add(round(named))


def _unreasoned(named: dict[str, Any], coded: dict[str, Any]) -> list[str]:
    """Return the keys of figures that differ and are not null with the reason that they are withheld."""
    found = []
    for key, one, other in _differences(named, coded, ""):
        section, _, inner = key.partition(".")
        reasons = {entry["key"]: entry["reason"] for entry in coded[section]["missing"]}
        if other is not None or not reasons.get(inner, "").startswith("withheld: "):
            found.append(f"{key}: {one} {other}")
    return found


def _figures(client: LoadedClient) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(_content(build_report(client, client.newest_quarter, ("json",)), "json"))
    return figures


def _tables(report: ReportView) -> Iterator[Table]:
    for section in report.sections:
        for block in (block for row in section.rows for block in row.blocks):
            table = block.table if isinstance(block, Chart) else block
            if isinstance(table, Table):
                yield table


def _content(files: Mapping[str, bytes], ending: str) -> bytes:
    return next(content for name, content in files.items() if name.endswith(ending))


def _differences(first: object, second: object, key: str) -> Iterator[tuple[str, object, object]]:
    """Yield the keys of figures that differ; texts may, since codes stand in their place, and so may `missing`."""
    if isinstance(first, dict) and isinstance(second, dict):
        # What is missing is told apart, and under the same keys: ids and words are codes there.
        told, coded = ({name: part for name, part in one.items() if name != "missing"} for one in (first, second))
        for (name, one), (_, other) in zip(told.items(), coded.items(), strict=True):
            yield from _differences(one, other, f"{key}.{name}" if key else name)
    elif isinstance(first, list) and isinstance(second, list):
        assert len(first) == len(second), key
        for one, other in zip(first, second, strict=True):
            yield from _differences(one, other, key)
    elif not (isinstance(first, str) and isinstance(second, str)) and first != second:
        yield key, first, second


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
