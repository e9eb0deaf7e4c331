"""These fail first when WeasyPrint changes below its public interface: then `pdf_engine` must be looked at again."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from io import BytesIO
from typing import NoReturn

import pytest
from pypdf import PdfReader
from weasyprint.text import ffi as native
from weasyprint.text.fonts import FontConfiguration

from retention_reports import rendering
from retention_reports.charts.svg import element
from retention_reports.charts.text import Weight, text_width
from retention_reports.rendering.drawings import paper_drawing
from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import PdfLibrariesError
from retention_reports.rendering.pdf_engine import BundledFontConfiguration, collected_complaints
from tests.rendering.pdf_samples import DOCUMENT, page_with


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
    found: list[tuple[float, str]] = []

    def note(text: str, matrix: list[float], text_matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append((matrix[0] * text_matrix[4] + matrix[4], text.strip()))

    page = PdfReader(BytesIO(render_pdf(page_with(paper_drawing(svg)), document=DOCUMENT))).pages[0]
    page.extract_text(visitor_text=note)

    (start, middle, end), words = zip(*[entry for entry in found if "Kunden" in entry[1]], strict=True)
    assert set(words) == {"Verlorene Kunden"}
    pixel = 0.75
    assert start - end == pytest.approx(text_width("Verlorene Kunden", 10, Weight.SEMIBOLD) * pixel, rel=0.03)
    assert middle == pytest.approx((start + end) / 2, abs=0.1)


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
