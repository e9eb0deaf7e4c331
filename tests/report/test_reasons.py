"""Every reason why a figure is unknown, and every figure that may be, has words in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.forecast.maximum_likelihood import FitProblem
from retention_reports.messages import LANGUAGES
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.needs_table import NEEDS
from retention_reports.presentation.missing import reason_text
from retention_reports.sections import SECTIONS
from tests.support.datasets import dataset, orders
from tests.support.folders import ORDERS, load
from tests.support.presenting import context
from tests.support.sentences import analysed, sentences, told, wording_of

if TYPE_CHECKING:
    from pathlib import Path

NAMED = [section.key for section in SECTIONS if section.key in NEEDS and section.key != "sales_check"]
"""The sales check names its questions instead."""

YOUNG = "anna 2026-07-01 100\nbernd 2026-08-01 60\nanna 2026-09-01 20"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Unknown)
def test_every_reason_has_words(reason: Unknown, language: str) -> None:
    shown = context(dataset(orders(YOUNG), quarter="2026-Q3"), language=language)

    assert reason_text(shown, Missing("any", reason, "feedback")).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_of_a_model_has_words(language: str) -> None:
    assert [one for one in FitProblem if not wording_of(language).has(f"forecast.problems.{one}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", NAMED)
def test_every_figure_that_needs_something_has_a_name(section: str, language: str) -> None:
    names = {need.name for need in NEEDS[section] if need.needs}

    assert [name for name in sorted(names) if not wording_of(language).has(f"{section}.missing.names.{name}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_young_export_what_needs_no_history_is_told(language: str) -> None:
    data = dataset(orders(YOUNG), quarter="2026-Q3", history_complete=False)
    view = sentences(told(analysed(data.folder, data.quarter), wording_of(language)))

    said = "\n".join(text for place, text in view if place in ("pillars key figure", "pillars fact"))
    assert ("Umsatz: 180 €" if language == "de" else "Revenue: €180") in said.replace("\u00a0", " ")
    assert ("Wert je Bestellung: 60 €" if language == "de" else "Value of an order: €60") in said.replace("\u00a0", " ")


def test_a_column_without_a_word_and_a_file_without_a_row_tell_nothing(tmp_path: Path) -> None:
    header, *rows = ORDERS.splitlines()
    empty = "\n".join([f"{header},status", *(f"{row}," for row in rows)]) + "\n"
    folder = load(tmp_path, orders=empty, feedback="customer_id,date,kind,score\n")

    data = dataset(orders(YOUNG), quarter="2026-Q3")
    assert data.has_column("orders", "status")
    read = analysed(folder, data.quarter).dataset
    assert not read.has_column("orders", "status")
    assert read.lacks("feedback.score") == (Unknown.NO_ROWS, "feedback")
