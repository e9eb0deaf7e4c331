"""Every cure that a message prints is tried: it mends the folder, or another error asks; no figure comes out wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.errors.cures import Cure, outcome, read_cures

GALLERY = Path(__file__).parent
CURES = read_cures(GALLERY / "cures.toml")


@pytest.mark.parametrize("cure", CURES, ids=lambda cure: f"{cure.case}: {cure.fragment}")
def test_whoever_follows_a_message_gets_the_right_figure_or_is_asked_again(cure: Cure, tmp_path: Path) -> None:
    assert outcome(GALLERY / cure.case, cure.edits, tmp_path) == cure.outcome
