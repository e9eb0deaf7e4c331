"""The gallery of bad folders is complete: each case is told in both languages, and each cure it shows is tried."""

from __future__ import annotations

from pathlib import Path

from tests.errors.cures import fragments, read_cures

GALLERY = Path(__file__).parents[1] / "errors"


def test_every_case_is_told_in_german_too() -> None:
    english = {path.stem for path in GALLERY.glob("*.txt") if not path.stem.endswith(".de")}

    assert sorted(english - {path.name.removesuffix(".de.txt") for path in GALLERY.glob("*.de.txt")}) == []


def test_every_cure_that_a_message_prints_is_tried() -> None:
    printed = {
        (path.stem, fragment)
        for path in GALLERY.glob("*.txt")
        if not path.stem.endswith(".de")
        for fragment in fragments(path.read_text("utf-8"))
    }
    tried = {(cure.case, cure.fragment) for cure in read_cures(GALLERY / "cures.toml")}

    assert sorted(printed - tried) == []
    assert sorted(tried - printed) == []
