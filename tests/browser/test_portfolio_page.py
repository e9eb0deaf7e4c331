"""The page over all clients as a reader uses it: wide and narrow, light and dark."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from retention_reports.index import INDEX_FILE, write_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LONG_NAME = "Donaudampfschifffahrtsgesellschaft & Söhne Beteiligungsverwaltungs GmbH & Co. KG"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    data = {"client_name": LONG_NAME, "language": "de", "currency": "EUR", "warnings": 12}
    quarters = [{"revenue": {"total": 1_000_000.0 * number}} for number in (3, 1, 2)]
    pillars = {"history": quarters, "revenue": {"total": 2_000_000.0}, "bridge": {"closing": 12_345}}
    for client in ("acme", "acme-pseudonymised", "bolt"):
        for quarter in ("2026-Q2", "2026-Q3"):
            folder = tmp_path / client / quarter
            folder.mkdir(parents=True)
            (folder / f"{client}-{quarter}.html").write_text("report", encoding="utf-8")
            (folder / "figures.json").write_text(json.dumps({"data": data, "pillars": pillars}), encoding="utf-8")
    write_index(tmp_path)
    return tmp_path / INDEX_FILE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_in_the_way_of_any_reader(browser: Browser, page_file: Path, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    found = Axe().run(page)

    assert [
        (entry["id"], [node["html"][:120] for node in entry["nodes"][:3]]) for entry in found.response["violations"]
    ] == []
    assert seen == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("a", has_text=LONG_NAME).count() == 3
