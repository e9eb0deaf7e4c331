from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.rendering.fonts import (
    FONT_FAMILY,
    Medium,
    font_face_css,
    print_fonts,
    printable_text,
)

REPORT_CHARACTERS = (
    "ÄÖÜäöüßŁłễŐșğžñçœ0123456789−–—-…„“‘«»€£%‰±×·•▲▼△▽■□●○◆→←↑↓↗↘≈≠≤≥Δ✓✗\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
)


def _screen_fonts() -> list[TTFont]:
    encoded = re.findall(r"data:font/woff2;base64,([^\"]+)", font_face_css(Medium.SCREEN))
    return [TTFont(BytesIO(base64.b64decode(content))) for content in encoded]


def test_the_print_faces_are_named_by_the_scheme_that_only_the_pdf_understands() -> None:
    urls = re.findall(r'src:url\("([^"]+)"\)', font_face_css(Medium.PRINT))

    assert set(urls) == set(print_fonts())
    assert all(url.startswith("font:") for url in urls)


@pytest.mark.parametrize("medium", Medium)
def test_both_media_have_the_two_weights_of_the_family(medium: Medium) -> None:
    css = font_face_css(medium)

    assert css.count(f'font-family:"{FONT_FAMILY}"') == css.count("@font-face")
    assert {"font-style:normal;font-weight:400", "font-style:normal;font-weight:600"} <= set(
        re.findall(r"font-style:normal;font-weight:\d+", css)
    )


def test_the_screen_faces_are_small() -> None:
    assert len(font_face_css(Medium.SCREEN)) < 100_000


def test_the_screen_faces_have_what_reports_are_written_with_and_figures_of_one_width() -> None:
    fonts = _screen_fonts()

    assert len(fonts) == 2
    for font in fonts:
        assert set(map(ord, REPORT_CHARACTERS)) <= set(font.getBestCmap())
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_the_print_faces_have_what_reports_are_written_with() -> None:
    text = REPORT_CHARACTERS + "Müller\t\n\N{HYPHEN}\N{SOFT HYPHEN}Ελλάς Москва"

    assert printable_text(text) == text


def test_uncovered_characters_become_boxes_and_invisible_ones_vanish() -> None:
    assert printable_text("Café 漢字 👩‍👧\N{LEFT-TO-RIGHT MARK}!") == "Café □□ □□!"


@given(st.text())
def test_whatever_the_text_is_it_can_be_printed_and_stays_so(text: str) -> None:
    printable = printable_text(text)

    assert printable_text(printable) == printable
    assert len(printable) <= len(text)
