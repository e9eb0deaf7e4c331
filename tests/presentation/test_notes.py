"""A consultant's Markdown becomes text, never a program."""

from __future__ import annotations

import pytest

from retention_reports.presentation.notes import note_html


def test_emphasis_lists_and_links_stay() -> None:
    html = note_html("Two **big** points:\n\n- one\n- [two](https://shop.example/)\n")

    assert "<strong>big</strong>" in html
    assert "<li>one</li>" in html
    assert '<a href="https://shop.example/" rel="noopener noreferrer">two</a>' in html


def test_headings_stay_below_the_section_s_own() -> None:
    assert note_html("## Next\n\ntext") == "<h3>Next</h3>\n<p>text</p>"


@pytest.mark.parametrize(
    "danger",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<iframe src='https://x.example'></iframe>",
        "<style>@import url(https://x.example)</style>",
        "<svg onload=alert(1)></svg>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html,<script>1</script>)",
        "![x](file:///etc/passwd)",
        '<a href="#" style="font-size:1e9px" onclick="x()">y</a>',
        "<td colspan=65534>x</td>",
    ],
)
def test_nothing_that_could_run_or_load_is_left(danger: str) -> None:
    html = note_html(danger).lower()

    for part in (
        "<script",
        "<img",
        "<iframe",
        "<style",
        "<svg",
        "javascript",
        "data:",
        "file:",
        "onerror",
        "style=",
        "colspan",
    ):
        assert part not in html


def test_an_empty_note_is_nothing() -> None:
    assert note_html(" \n\n ") == ""
