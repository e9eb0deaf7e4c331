"""These fail first when WeasyPrint changes below its public interface: then `pdf_engine` must be looked at again."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn

import pytest
from pypdf import PdfReader
from weasyprint.html import UA_STYLESHEET
from weasyprint.text import ffi as native
from weasyprint.text.fonts import FontConfiguration

from retention_reports import rendering
from retention_reports.charts.svg import element
from retention_reports.charts.text import Weight, text_width
from retention_reports.rendering.drawings import paper_drawing
from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import PdfLibrariesError
from retention_reports.rendering.pdf_engine import ROOM_FOR_PAGE, BundledFontConfiguration, collected_complaints
from tests.rendering.pdf_samples import DOCUMENT, page_with

if TYPE_CHECKING:
    from pypdf import PageObject


def test_weasyprint_is_the_version_whose_inside_was_read() -> None:
    assert version("weasyprint").split(".")[0] == "70"


def test_the_own_font_configuration_sets_up_everything_that_weasyprints_does() -> None:
    expected, own = vars(FontConfiguration()), vars(BundledFontConfiguration())

    assert own.keys() == expected.keys()
    assert [type(own[name]) for name in sorted(own)] == [type(expected[name]) for name in sorted(expected)]


def test_the_own_font_configuration_knows_no_font_of_the_machine() -> None:
    configuration = BundledFontConfiguration()

    fonts = native.fontconfig.FcConfigGetFonts(configuration._config, native.fontconfig.FcSetSystem)

    assert fonts == native.ffi.NULL


def test_labels_of_charts_are_words_at_the_side_of_their_anchor() -> None:
    labels = [
        element("text", "Verlorene Kunden", x=100, y=20.0 * line, font_size=10, font_weight="600", text_anchor=anchor)
        for line, anchor in enumerate(("start", "middle", "end"), start=1)
    ]
    svg = str(
        element("svg", element("title", "Linien"), *labels, xmlns="http://www.w3.org/2000/svg", width=200, height=80)
    )
    page = PdfReader(BytesIO(render_pdf(page_with(paper_drawing(svg)), document=DOCUMENT))).pages[0]

    words, (start, middle, end) = zip(*[entry for entry in _texts(page) if "Kunden" in entry[0]], strict=True)
    assert set(words) == {"Verlorene Kunden"}
    pixel = 0.75
    assert start - end == pytest.approx(text_width("Verlorene Kunden", 10, Weight.SEMIBOLD) * pixel, rel=0.03)
    assert middle == pytest.approx((start + end) / 2, abs=0.1)


def _texts(page: PageObject) -> list[tuple[str, float]]:
    """Return the page's texts, each with where it begins, in points from the page's left."""
    found: list[tuple[str, float]] = []

    def note(text: str, matrix: list[float], text_matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append((text.strip(), matrix[0] * text_matrix[4] + matrix[4]))

    page.extract_text(visitor_text=note)
    return found


def test_a_link_is_followed_by_the_number_of_its_page_at_the_right() -> None:
    chapters = "".join(f'<h1 id="c{number}">Kapitel</h1>' for number in range(2, 13))
    style = (
        "<style>h1 { break-before: page } p { font: 10px 'Report Inter'; font-variant-numeric: tabular-nums }"
        ' a::after { content: leader(".") " 00" }</style>'
    )
    links = "".join(f'<p><a href="#c{number}">Seite</a></p>' for number in (3, 12))

    texts = _texts(PdfReader(BytesIO(render_pdf(page_with(style + links + chapters), document=DOCUMENT))).pages[0])

    (near,) = [left for text, left in texts if text == "3"]
    (far,) = [left for text, left in texts if text == "12"]
    figure = text_width("0", 10) * 0.75
    assert near - far == pytest.approx(figure, rel=0.05)
    assert not [text for text, _ in texts if text == ROOM_FOR_PAGE]


def test_elements_have_no_styles_for_markers_and_notes_that_they_lack() -> None:
    rules = UA_STYLESHEET.matcher

    assert not [entry for entry in rules.other_selectors if entry[3]]
    assert "marker" in {entry[3] for entry in rules.lower_local_name_selectors["li"]}


def test_errors_are_collected_in_order_and_warnings_are_not() -> None:
    logger = logging.getLogger("weasyprint")

    with collected_complaints() as complaints:
        logger.error("first %s", 1)
        logger.warning("unknown property")
        logger.error("second")
    logger.error("too late")

    assert complaints == ["first 1", "second"]


class _NoSystemLibraries:
    def find_spec(self, name: str, *_: object) -> NoReturn:
        message = f"cannot load library for {name}"
        raise OSError(message)


def test_missing_system_libraries_are_named_with_the_way_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "retention_reports.rendering.pdf_writing", raising=False)
    monkeypatch.delattr(rendering, "pdf_writing", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_NoSystemLibraries(), *sys.meta_path])

    with pytest.raises(PdfLibrariesError, match=r"cannot load library.*libpango-1\.0-0"):
        render_pdf("", document=DOCUMENT)


def test_fonts_are_never_cut_down_by_a_library_that_writes_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "harfbuzz_subset", None)

    with pytest.raises(PdfLibrariesError, match="libharfbuzz-subset0"):
        render_pdf("", document=DOCUMENT)
