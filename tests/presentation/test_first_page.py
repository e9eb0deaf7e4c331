"""What the first page of the PDF has room for."""

from __future__ import annotations

import pytest

from retention_reports.presentation.first_page import FirstPageText, first_page
from retention_reports.presentation.pillars.pillar_charts import FIRST_PAGE_HEIGHT
from retention_reports.presentation.view import Decision

HEADLINE = "Five customers left, seven joined."
THREE = tuple(Decision("A decision", "with a reason", "", "", "", "", "") for _ in range(3))
LONG = tuple(Decision("A decision", "with a reason of some length " * 7, "", "", "", "", "") for _ in range(5))
WARNING = "A sentence that says what is doubtful in the data, and takes a line and a half of the page. " * 2


def test_three_short_decisions_leave_the_pictures_their_usual_height() -> None:
    room = first_page(FirstPageText(HEADLINE, THREE))

    assert (room.chart_height, room.has_charts, room.has_note) == (FIRST_PAGE_HEIGHT, True, True)


def test_text_takes_from_the_pictures_line_by_line() -> None:
    # 984 pixels less the frame of 240, a headline of 25, what became of the last decisions 92, five decisions of four
    # lines (67 each), six findings of one line (22 each) and the pictures' titles (70): 90 are left. One more finding
    # would leave 68, which are too few.
    told = ("A finding.",)

    assert first_page(FirstPageText(HEADLINE, LONG, told * 6, has_outcome=True)).chart_height == pytest.approx(90)
    assert not first_page(FirstPageText(HEADLINE, LONG, told * 7, has_outcome=True)).has_charts


def test_a_note_takes_from_the_pictures() -> None:
    without = first_page(FirstPageText(HEADLINE, LONG))
    noted = first_page(FirstPageText(HEADLINE, LONG, notes_html="n" * 112 * 10))

    assert without.chart_height == FIRST_PAGE_HEIGHT
    assert noted.has_note
    assert noted.chart_height == pytest.approx(984 - 240 - 25 - 5 * 67 - 70 - 10 * 15 - 15 - 18)


def test_warnings_leave_no_room_for_pictures() -> None:
    assert not first_page(FirstPageText(HEADLINE, LONG, warnings=(WARNING,) * 4, has_outcome=True)).has_charts


def test_a_note_that_has_no_room_follows_on_the_second_page() -> None:
    room = first_page(FirstPageText(HEADLINE, LONG, notes_html="n" * 3000))

    assert not room.has_note
    assert room.has_charts
