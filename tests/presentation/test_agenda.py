"""The agenda of the staff meeting gathers the questions of all sections."""

from __future__ import annotations

import pytest

from retention_reports.presentation.agenda import with_agenda
from retention_reports.presentation.view import Paragraphs, PointList, Row, SectionView
from tests.support.datasets import dataset, orders
from tests.support.presenting import context

CONTEXT = context(dataset(orders("anna 2026-06-01 10"), quarter="2026-Q2"))


def _section(key: str, *questions: str) -> SectionView:
    return SectionView(key, key.capitalize(), "Finding.", (Row((Paragraphs(("Text.",)),)),), agenda=questions)


def _points(view: SectionView) -> list[tuple[str, str]]:
    lists = [block for block in view.rows[-1].blocks if isinstance(block, PointList)]
    return [(item.lead, item.text) for block in lists for item in block.items]


def test_the_agenda_stands_at_the_end_of_the_measures_and_names_each_question_s_section() -> None:
    sections = [_section("lost", "Why?", "Who?"), _section("contacts", "When?"), _section("measures", "What?")]

    shown = with_agenda(CONTEXT, sections)

    assert [view.key for view in shown] == ["lost", "contacts", "measures"]
    assert shown[:2] == tuple(sections[:2])
    assert _points(shown[2]) == [("Lost:", "Why?"), ("Contacts:", "When?"), ("Measures:", "What?")]
    assert len(shown[2].rows[-1].blocks) == 2


@pytest.mark.parametrize("questions", [1, 2])
def test_without_measures_the_agenda_is_a_section_of_its_own_and_last(questions: int) -> None:
    shown = with_agenda(CONTEXT, [_section("lost", *["Why?"] * questions), _section("offers")])

    assert [view.key for view in shown] == ["lost", "offers", "agenda"]
    assert shown[-1].title == "Agenda"
    assert _points(shown[-1]) == [("Lost:", "Why?")]


def test_without_questions_there_is_no_agenda() -> None:
    sections = (_section("lost"), _section("measures"))

    assert with_agenda(CONTEXT, sections) == sections
