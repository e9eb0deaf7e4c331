"""What the first page of the PDF has room for."""

from __future__ import annotations

import pytest

from retention_reports.presentation.first_page import first_page
from retention_reports.presentation.pillars.pillar_charts import FIRST_PAGE_HEIGHT
from retention_reports.presentation.view import Decision

FIVE = tuple(Decision("A decision", "with a reason of some length " * 5, "", "", "", "", "") for _ in range(5))
WARNING = "A sentence that says what is doubtful in the data, and takes a line and a half of the page. " * 2


def test_five_decisions_leave_the_pictures_their_usual_height() -> None:
    room = first_page(FIVE, (), "")

    assert (room.chart_height, room.has_charts, room.has_note) == (FIRST_PAGE_HEIGHT, True, True)


def test_a_note_takes_from_the_pictures() -> None:
    room = first_page(FIVE, (), "n" * 360)

    # Five decisions of 80 to 160 letters are ten lines, four fewer than usual: 54.8 pixels; the note takes 72.8.
    assert room.chart_height == pytest.approx(FIRST_PAGE_HEIGHT + 4 * 13.7 - 3 * 13.7 - 18 - 13.7)
    assert room.has_charts


def test_three_warnings_and_a_note_leave_no_room_for_pictures() -> None:
    room = first_page(FIVE, (WARNING,) * 3, "n" * 600)

    assert (room.has_charts, room.has_note) == (False, True)


def test_a_note_that_has_no_room_follows_on_the_second_page() -> None:
    room = first_page(FIVE, (WARNING,) * 3, "n" * 3000)

    assert room.has_note is False
    assert room.has_charts
