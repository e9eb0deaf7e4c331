"""`sheets`: pages to take into a conversation."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from retention_reports.analyses.prices.price_results import Prices
from retention_reports.cli import main
from retention_reports.model.quarters import Quarter
from retention_reports.pipeline import load_client, report_context
from retention_reports.samples import write_sample

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    write_sample("musterhandel", folder / "data/musterhandel", customers=60)
    return folder


def run(place: Path, name: str, *words: str) -> Result:
    options = ["--data", str(place / "data"), "--output", str(place / "reports")]
    return CliRunner().invoke(main, ["sheets", name, "musterhandel", *words, *options])


def pages(done: Result) -> list[str]:
    assert done.exit_code == 0, done.output
    with open(done.stdout.strip(), "rb") as file:  # noqa: PTH123 -- the path is what was printed
        return [page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages]


def test_every_a_customer_has_one_page_with_objections_and_answers(place: Path) -> None:
    told = pages(run(place, "price-talk"))

    assert len(told) >= 2
    for page in told:
        assert "Was uns unentbehrlich macht" in page
        assert "Im Großmarkt kostet es weniger" in page  # the client's own, before the standard ones
        assert "Wir haben einen Rahmenvertrag" in page
        assert "Touren zusammengelegt" in page
        assert "Mit dem eigenen Einkauf geübt" in page


def test_a_named_customer_has_a_page_and_its_agreement_is_told(place: Path) -> None:
    context = report_context(load_client(place / "data/musterhandel"), Quarter.parse("2026-Q3", 1))
    sheet = next(sheet for sheet in context.result(Prices).sheets if sheet.fixed_until is not None)
    name = sheet.customer.customer_id

    everyone, named = "".join(pages(run(place, "price-talk"))), pages(run(place, "price-talk", "--customer", name))

    assert name not in everyone
    assert len(named) == 1
    assert name in named[0]
    assert f"{sheet.fixed_until:%d.%m.%Y}" in named[0]


def test_open_offers_are_called_about_with_their_wishes_first(place: Path) -> None:
    told = "".join(pages(run(place, "offers")))

    assert "Zu teuer" in told
    assert "kleinere Leistung" in told


def test_an_unknown_customer_is_wrong_use(place: Path) -> None:
    done = run(place, "price-talk", "--customer", "0010l", "--language", "de")

    assert done.exit_code == 2
    assert "ist kein Kunde" in done.stderr
    assert run(place, "offers", "--customer", "?", "--language", "en").exit_code == 2


def test_the_same_data_gives_the_same_bytes(place: Path) -> None:
    first = place / "reports/musterhandel/price-talk-2026-Q3.pdf"
    pages(run(place, "price-talk"))
    before = first.read_bytes()
    pages(run(place, "price-talk"))

    assert first.read_bytes() == before
