"""The HTML as a reader uses it: in a browser, wide and narrow, light and dark, with keyboard and screen reader."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from retention_reports.pipeline import build_report, load_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module", params=["musterhandel", "example_ltd"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    client = load_client(PROJECT / "data" / request.param)
    built = build_report(client, client.newest_quarter, ("html",))
    (name, content), *_ = built.items()
    path = tmp_path_factory.mktemp("report") / name
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def _open(browser: Browser, report: Path, size: dict[str, int], scheme: str = "light") -> tuple[Page, list[str]]:
    """Open the report from the disk; what the browser complains of or asks the network for is collected."""
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url) if request.url.startswith("http") else None)
    page.goto(report.as_uri())
    return page, seen


def _unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.unfold[aria-expanded=false]').forEach(button => button.click())")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_is_in_the_way_of_any_reader(browser: Browser, report: Path, size: dict[str, int], scheme: str) -> None:
    page, seen = _open(browser, report, size, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    _unfold(page)

    found = Axe().run(page)

    assert [
        (entry["id"], [node["html"][:120] for node in entry["nodes"][:3]]) for entry in found.response["violations"]
    ] == []
    assert seen == []


def test_the_page_is_never_wider_than_a_phone(browser: Browser, report: Path) -> None:
    page, _ = _open(browser, report, NARROW)

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_click_on_a_head_sorts_by_value_up_and_down(browser: Browser, report: Path) -> None:
    page, _ = _open(browser, report, WIDE)
    _unfold(page)
    head = page.locator("#movers thead th").last
    values = (
        "[...document.querySelectorAll('#movers tbody tr')].map(row => "
        "Number(row.lastElementChild.textContent.replace('−', '-').replace(/[^0-9-]/g, '')))"
    )

    head.locator("button").click()
    upwards = page.evaluate(values)
    head.locator("button").press("Enter")
    downwards = page.evaluate(values)

    assert upwards == sorted(upwards)
    assert downwards == sorted(downwards, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"


def test_typing_filters_a_table(browser: Browser, report: Path) -> None:
    page, _ = _open(browser, report, WIDE)
    _unfold(page)
    rows = page.locator("#movers tbody tr")
    wanted = rows.first.locator("th").inner_text()

    page.locator(".table-block:has(#movers) input[type=search]").fill(wanted)

    shown = page.locator("#movers tbody tr:visible").all_inner_texts()
    assert 1 <= len(shown) < rows.count()
    assert all(word in text.lower() for text in shown for word in wanted.lower().split())


def test_everything_is_there_without_scripts(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report.as_uri())

    assert page.locator("#movers tbody tr").count() > 20
    assert page.locator("h1").count() == 1


def test_sections_fold_to_their_first_picture_and_open_on_demand(browser: Browser, report: Path) -> None:
    page, _ = _open(browser, report, WIDE)
    rows = page.locator("#pillars > .rows > .row")
    folded_height = page.evaluate("document.documentElement.scrollHeight")

    assert rows.first.is_visible()
    assert rows.nth(1).get_attribute("hidden") == "until-found"
    page.locator("#pillars > .unfold").click()
    assert rows.nth(1).get_attribute("hidden") is None
    assert page.locator("#pillars > .unfold").get_attribute("aria-expanded") == "true"
    assert page.locator(".card:visible").count() <= 5
    _unfold(page)
    assert page.evaluate("document.documentElement.scrollHeight") > 2 * folded_height


def test_a_link_opens_the_section_that_it_leads_into(browser: Browser, report: Path) -> None:
    page, _ = _open(browser, report, WIDE)

    page.locator(".decisions a").first.click()

    page.wait_for_function("document.querySelector(location.hash).checkVisibility({contentVisibilityAuto: false})")
    assert (
        page.evaluate("document.querySelector(location.hash).closest('.row')?.hasAttribute('hidden') ?? false") is False
    )


def test_a_table_is_copied_as_csv(browser: Browser, report: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report.as_uri())
    _unfold(page)

    page.locator(".table-block:has(#movers) .copy").click()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()

    assert len(lines) == 1 + page.locator("#movers tbody tr").count()
    separator = ";" if page.evaluate("document.documentElement.lang") == "de" else ","
    assert {line.count(separator) >= page.locator("#movers thead th").count() - 1 for line in lines} == {True}
    assert page.locator("#movers tbody th").first.inner_text() in lines[1]


def test_a_customer_is_found_by_a_part_of_the_name(browser: Browser, report: Path) -> None:
    page, _ = _open(browser, report, WIDE)
    name = page.locator("main .card h3").nth(2).text_content() or ""

    page.locator(".find input").fill(name[:-1].upper())
    page.locator(".find a", has_text=name).first.click()

    assert page.locator("dialog[open] h3").inner_text() == name
