"""What is told of published reports is told in both languages."""

import pytest

from retention_reports.messages import LANGUAGES
from retention_reports.model.row_changes import How
from retention_reports.presentation.restated import SHOWN
from retention_reports.presentation.wording import load_wording
from retention_reports.resources import templates_folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_shown_and_every_kind_of_change_has_its_words(language: str) -> None:
    wording = load_wording(templates_folder() / "wording", language)

    assert set(wording.group("restated.figures")) == SHOWN
    assert set(wording.group("restated.how")) == set(How)
