"""Sections stand in the order of the story, in each chapter by the money of their decisions."""

from __future__ import annotations

from datetime import date

from retention_reports.model.money import UNIT
from retention_reports.presentation.story import Chapter, in_order, money_of
from retention_reports.presentation.view import Finding, Paragraphs, ReportView, Row, SectionView, SummaryView
from retention_reports.recommending.effects import Effect
from retention_reports.recommending.kinds import Evidence, Kind
from retention_reports.recommending.results import Entry, Register
from retention_reports.rendering.html import Detail
from retention_reports.sections import SECTIONS


def _entry(kind: Kind, customer: str, money: int, *, leading: bool = True) -> Entry:
    effect = Effect(money * UNIT, 0, 2 * money * UNIT)
    return Entry(kind, customer, customer, effect, Evidence.ASSUMED, "", date(2026, 12, 1), {}, leading=leading)


REGISTER = Register(
    (),
    (
        _entry(Kind.CROSS_SELL, "a", 30),
        _entry(Kind.CROSS_SELL, "b", 20),
        _entry(Kind.CROSS_SELL, "c", 900, leading=False),
        _entry(Kind.FOLLOW_UP_OFFER, "c", 60),
        Entry(Kind.FOLLOW_UP_OFFER, "d", "d", None, Evidence.ASSUMED, "", date(2026, 12, 1), {}),
    ),
    None,
    (),
    (),
    is_margin=True,
)


def _view(key: str, chapter: Chapter, weight: int = 0, *, leading: bool = False, rows: int = 1) -> SectionView:
    findings = (Finding("Topic", "Finding.", weight * UNIT),)
    blocks = tuple(Row((Paragraphs((f"{key} {number}",)),)) for number in range(rows))
    return SectionView(key, key, f"{key}.", blocks, findings=findings, chapter=chapter, leading=leading)


def test_a_section_s_money_is_that_of_its_own_recommendations_each_customer_once() -> None:
    keys = ("cross_selling", "offers", "segments")

    assert [money_of(key, REGISTER) for key in keys] == [50 * UNIT, 60 * UNIT, 0]


def test_chapters_come_first_then_money_then_what_findings_weigh() -> None:
    views = [
        _view("measures", Chapter.MEASURES, leading=True),
        _view("segments", Chapter.GROWTH, 500),
        _view("programme", Chapter.GROWTH, 700),
        _view("cross_selling", Chapter.GROWTH),
        _view("offers", Chapter.GROWTH),
        _view("forecast", Chapter.QUARTER, 999),
        _view("pillars", Chapter.QUARTER, leading=True),
    ]

    told = [view.key for view in in_order(views, REGISTER)]

    assert told == ["pillars", "forecast", "offers", "cross_selling", "programme", "segments", "measures"]
    assert [view.key for view in in_order(views[::-1], REGISTER)] == told


def test_every_kind_of_recommendation_that_brings_money_belongs_to_a_section() -> None:
    keys = {section.key for section in SECTIONS}
    occasions = {"wish_customer", "decision_day", "overdue_order", "birthday", "anniversary", "correct_address"}

    homeless = [
        kind
        for kind in Kind
        if kind not in occasions and not any(money_of(key, _only(kind)) == 7 * UNIT for key in keys)
    ]

    assert homeless == []


def _only(kind: Kind) -> Register:
    return Register((), (_entry(kind, "a", 7),), None, (), (), is_margin=True)


def test_paper_tells_the_leading_sections_and_those_with_most_money_and_of_the_others_the_beginning() -> None:
    views = [
        _view("pillars", Chapter.QUARTER, leading=True, rows=4),
        _view("offers", Chapter.GROWTH, rows=4),
        _view("cross_selling", Chapter.GROWTH, rows=4),
        _view("segments", Chapter.GROWTH, 500, rows=4),
    ]
    report = ReportView(
        language="en",
        title="",
        client_name="",
        period="",
        as_of="",
        footer="",
        logo_data_url="",
        colour="",
        summary=SummaryView("", (), (), (), ()),
        sections=in_order(views, REGISTER),
        appendix=(),
    )
    detail = Detail(others=1, section_rows=3)

    assert [view.key for view in detail.main(report)] == ["pillars", "offers"]
    assert [view.key for view in detail.minor(report)] == ["cross_selling", "segments"]
    assert [len(detail.rows(view)) for view in detail.main(report)] == [3, 3]
    assert [len(detail.rows(view, "minor")) for view in detail.minor(report)] == [2, 2]
    assert [view.key for view in Detail().main(report)] == [view.key for view in report.sections]


def test_what_is_kept_stands_however_short_its_section_gets() -> None:
    agenda = Row((Paragraphs(("agenda",)),), kept=True)
    view = SectionView("measures", "", "", (*_view("m", Chapter.MEASURES, rows=3).rows, agenda))

    assert Detail(section_rows=1).rows(view) == (view.rows[0], agenda)
