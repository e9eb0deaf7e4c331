"""What became of the last decisions, said with nobody, one, two and many."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.recommendations.recommendation_section import present_outcome
from retention_reports.recommending.results import Outcome
from tests.support.datasets import amount, dataset, orders
from tests.support.presenting import NOTHING_RECOMMENDED, context

if TYPE_CHECKING:
    from retention_reports.presentation.view import OutcomeView

NOBODY = Outcome(
    quarter=Quarter.parse("2026-Q2"),
    decisions=1,
    done=0,
    begun=0,
    untouched=1,
    approached=Rate(0, 0),
    bought=Rate(0, 0),
    bought_without=Rate(0, 0),
    expected=None,
    came=None,
)
MANY = replace(
    NOBODY,
    decisions=5,
    done=2,
    begun=2,
    approached=Rate(6, 10),
    bought=Rate(2, 6),
    bought_without=Rate(1, 4),
    expected=amount("21000"),
    came=amount("14000"),
)


def _shown(last: Outcome, language: str = "en") -> OutcomeView | None:
    data = dataset(orders("anna 2026-09-10 100"), quarter="2026-Q3")
    return present_outcome(context(data, language=language), replace(NOTHING_RECOMMENDED, outcomes=(last,)))


def _facts(view: OutcomeView | None) -> list[tuple[str, str, str]]:
    assert view is not None
    return [(fact.label, fact.value, fact.note) for fact in view.facts]


def test_many_decisions_are_counted_with_their_customers_and_money() -> None:
    view = _shown(MANY)

    assert view is not None
    assert view.title == "What became of the 5 decisions of Q2\u00a02026"
    assert view.states == ("done", "done", "begun", "begun", "untouched")
    assert view.words == "2 done, 2 begun, 1 untouched"
    assert _facts(view) == [
        ("Approached", "6 of 10", "customers named"),
        ("Of these bought since", "2 of 6", "1 of 4 of the others"),
        ("Their revenue since", "€14k", "expected on top, 12 months: €21k"),
    ]
    assert "no proof" in view.caution


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("en", "What became of the one decision of Q2\u00a02026", "1 untouched"),
        ("de", "Was aus der einen Entscheidung vom Q2\u00a02026 wurde", "1 unberührt"),
    ],
)
def test_one_decision_about_nobody_has_no_figures(language: str, title: str, words: str) -> None:
    view = _shown(NOBODY, language)

    assert view is not None
    assert (view.title, view.words, view.facts, view.caution) == (title, words, (), "")


def test_nobody_approached_leaves_open_what_they_bought() -> None:
    view = _shown(replace(MANY, approached=Rate(0, 2), bought=Rate(0, 0), bought_without=Rate(1, 2), came=None))

    assert _facts(view) == [
        ("Approached", "0 of 2", "customers named"),
        ("Of these bought since", "–", "1 of 2 of the others"),
        ("Their revenue since", "–", "expected on top, 12 months: €21k"),
    ]


def test_everybody_approached_leaves_no_others() -> None:
    view = _shown(replace(MANY, approached=Rate(1, 1), bought=Rate(1, 1), bought_without=Rate(0, 0)))

    assert _facts(view)[:2] == [("Approached", "1 of 1", "customer named"), ("Of these bought since", "1 of 1", "")]


@pytest.mark.parametrize("last", [replace(NOBODY, decisions=0), replace(NOBODY, quarter=Quarter.parse("2026-Q1"))])
def test_without_decisions_of_the_quarter_before_there_is_no_strip(last: Outcome) -> None:
    assert _shown(last) is None
