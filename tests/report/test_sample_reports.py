"""What a reader gets: the sample clients' HTML, PDF and figures, from the files to the finished pages."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median

import page as page_validation
import pytest
from pypdf import PdfReader

from retention_reports.pipeline import build_report, load_client
from retention_reports.sections import SECTIONS

PROJECT = Path(__file__).resolve().parents[2]
CLIENTS = ("musterhandel", "example_ltd")
SECTION_BUDGET, SECTION_LIMIT = 30_000, 80_000
"""Bytes of HTML that sections may take on average, and that the largest may take."""
REST_BUDGET = 700_000
"""Bytes of all else: lists to work with, customers' cards, typeface, styles, script, summary, appendix."""
ON_SCREEN_ALONE = ("Arbeitslisten", "Work lists")
SECTION_PAGES = 4
"""From the page on which a section begins to that of the next (the method is longest)."""
PAGE_LIMIT, MAIN_LIMIT = 24, 10


@pytest.fixture(scope="module", params=CLIENTS)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    client = load_client(PROJECT / "data" / request.param)
    built = build_report(client, client.newest_quarter)
    return {name.rpartition(".")[2]: content for name, content in built.items()}


class _Page(HTMLParser):
    """Notes what a check of the page needs: tags with their attributes, ids, links, and headings in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute))]


def test_the_html_is_one_light_file_that_loads_nothing(files: dict[str, bytes]) -> None:
    text = files["html"].decode("utf-8")
    page = _Page(text)

    assert all(value.startswith("data:") for value in page.values("src"))
    assert all(value.startswith(("#", "https://", "mailto:")) for value in page.values("href"))
    assert not page.values("style")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not re.search(r"@import|url\([\"']?(?!data:)[a-z]", text)


def test_the_html_keeps_its_budget_which_grows_by_the_section(files: dict[str, bytes]) -> None:
    parts = re.split(rb'<section class="section[^"]*" id="([^"]+)"', files["html"])
    sizes = dict(zip(parts[1::2], map(len, parts[2::2]), strict=True))
    sections = {section.key: sizes.get(section.key.encode(), 0) for section in SECTIONS}

    assert len(files["html"]) < REST_BUDGET + SECTION_BUDGET * len(SECTIONS)
    assert len([size for size in sections.values() if size]) > 10
    assert {key: size for key, size in sections.items() if size > SECTION_LIMIT} == {}


def test_the_policy_allows_the_page_s_own_style_and_script_alone(files: dict[str, bytes]) -> None:
    page = _Page(files["html"].decode("utf-8"))
    policy = next(attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv"))

    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_every_id_is_there_once_and_every_inner_link_leads_somewhere(files: dict[str, bytes]) -> None:
    page = _Page(files["html"].decode("utf-8"))
    identifiers = page.values("id")

    assert len(identifiers) == len(set(identifiers))
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(identifiers)
    assert {part for value in page.values("aria-labelledby") for part in value.split()} <= set(identifiers)


def test_headings_go_down_one_level_at_a_time(files: dict[str, bytes]) -> None:
    levels = [int(tag[1]) for tag, _ in _Page(files["html"].decode("utf-8")).tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_table_has_a_caption_and_heads(files: dict[str, bytes]) -> None:
    tags = [tag for tag, _ in _Page(files["html"].decode("utf-8")).tags]

    assert tags.count("caption") == tags.count("table") == tags.count("thead")
    scopes = [attributes.get("scope") for tag, attributes in _Page(files["html"].decode("utf-8")).tags if tag == "th"]
    assert set(scopes) == {"row", "col"}


def test_the_pdf_stays_within_24_pages_and_holds_the_figures(files: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(files["pdf"]))

    assert 4 <= len(reader.pages) <= PAGE_LIMIT
    assert reader.attachments == {"figures.json": [files["json"]]}


def test_the_main_part_has_ten_pages_at_most_and_names_what_the_appendix_tells(files: dict[str, bytes]) -> None:
    language = "de" if b'<html lang="de">' in files["html"] else "en"
    wording = (PROJECT / "templates" / "wording" / language / "report.toml").read_text(encoding="utf-8")
    words = tomllib.loads(wording)["words"]
    pages = [page.extract_text() for page in PdfReader(BytesIO(files["pdf"])).pages]

    (begin,) = [number for number, page in enumerate(pages) if page.startswith(f"{words['appendix']}\n")]
    main = "\n".join(pages[:begin])
    named = re.findall(r"\b[Sp]\.\s(\d+)$", main[main.index(words["also_title"]) :], re.MULTILINE)

    assert 5 <= begin <= MAIN_LIMIT
    assert len(named) >= 5
    assert all(begin < int(number) <= len(pages) for number in named)


def test_nothing_in_the_pdf_is_smaller_than_seven_and_a_half_points(files: dict[str, bytes]) -> None:
    sizes: Counter[float] = Counter()

    def look(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        sizes[round(size * abs(page[3] * line[3]), 1)] += len(text.strip())

    for page in PdfReader(BytesIO(files["pdf"])).pages:
        page.extract_text(visitor_text=look)

    assert min(size for size, letters in sizes.items() if letters) >= 7.5
    assert median(sizes.elements()) >= 8.5


@pytest.mark.parametrize(("profile", "rules"), [("PDF_A_3A", 156), ("PDF_UA_1", 104)])
def test_the_pdf_is_archivable_and_accessible(files: dict[str, bytes], profile: str, rules: int) -> None:
    result = page_validation.validate_pdf_bytes(files["pdf"], profile=page_validation.ValidationProfile[profile])

    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.is_compliant
    assert result.rules.passed == result.rules.total >= rules


@pytest.mark.slow
def test_no_page_of_the_pdf_is_nearly_empty(files: dict[str, bytes]) -> None:
    texts = [page.extract_text() for page in PdfReader(BytesIO(files["pdf"])).pages]

    assert min(len(text) for text in texts) > 300


def test_the_contents_and_the_findings_name_the_pages_where_sections_begin(files: dict[str, bytes]) -> None:
    pages = [_plain(page.extract_text()) for page in PdfReader(BytesIO(files["pdf"])).pages]
    head = r'<section class="section [a-z]*" id="[^"]+"[^>]*>\s*<p class="kicker">(.*?)</p>\s*<h2[^>]*>(.*?)</h2>'
    told = [tuple(map(unescape, found)) for found in re.findall(head, files["html"].decode("utf-8"))]
    heads = [(title, headline) for title, headline in told if title not in ON_SCREEN_ALONE]
    begins = {_plain(title): _page_of(_plain(title + headline), pages) for title, headline in heads}

    named = {title: re.search(rf"{re.escape(title)}(\d+)", pages[1]) for title in begins}

    assert len(begins) > 15
    assert max(after - before for before, after in pairwise(sorted(begins.values()))) <= SECTION_PAGES
    assert {title: found and int(found[1]) for title, found in named.items()} == begins
    links = re.findall(r"\b[Sp]\.\s(\d+)$", PdfReader(BytesIO(files["pdf"])).pages[0].extract_text(), re.MULTILINE)
    assert len(links) >= 2
    assert {int(number) for number in links} <= set(begins.values())


def _page_of(text: str, pages: list[str]) -> int:
    """Return where a section begins: what the main part tells in a line begins later, in the appendix."""
    return [number for number, page in enumerate(pages, 1) if text in page][-1]


def test_paper_has_each_section_s_first_definitions_and_says_where_the_others_are(files: dict[str, bytes]) -> None:
    language = "de" if b'<html lang="de">' in files["html"] else "en"
    wording = {
        name: tomllib.loads((PROJECT / "templates" / "wording" / language / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("report", "pillars")
    }
    text = _plain("".join(page.extract_text() for page in PdfReader(BytesIO(files["pdf"])).pages))
    screen = _plain(files["html"].decode("utf-8"))
    terms = [entry["term"] for entry in wording["pillars"]["method"].values() if "term" in entry]

    assert [_plain(f"{term}.") in text for term in (terms[0], terms[-1])] == [True, False]
    assert all(_plain(f"{term}.") in screen for term in (terms[0], terms[-1]))
    assert _plain(wording["report"]["words"]["method_elsewhere"]) in text


def _plain(text: str) -> str:
    """Return the text without spaces: lines break elsewhere on paper."""
    return re.sub(r"\s", "", text)


def test_the_figures_begin_with_who_when_and_from_what(files: dict[str, bytes]) -> None:
    figures = json.loads(files["json"])

    assert list(figures)[:4] == ["client", "quarter", "as_of", "data"]
    assert figures["data"]["fingerprint"]
    rows = figures["data"]["rows"]
    assert all(row["in"] == row["used"] + sum(row["left_out"].values()) for row in rows.values())


def test_the_report_shows_the_figures_it_attaches(files: dict[str, bytes]) -> None:
    figures = json.loads(files["json"])
    first_page = PdfReader(BytesIO(files["pdf"])).pages[0].extract_text()

    bridge = figures["pillars"]["bridge"]
    for key in ("opening", "closing"):
        assert str(bridge[key]) in first_page
