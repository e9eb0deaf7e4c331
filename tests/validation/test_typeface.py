from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import problems

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["Müller", "Łukasz Żółć", "Αθήνα", "Москва", "„Zum Adler“ – 5 €", "M\ufffdller"])
def test_letters_of_the_typeface_are_not_told(name: str, tmp_path: Path) -> None:
    told = problems(tmp_path, customers=f"customer_id,name\nK1,Anna\nK2,{name}\n")

    assert not any("typeface" in problem for problem in told)


@pytest.mark.parametrize(
    ("name", "characters"),
    [("株式会社", "会 式 株 社"), ("Café 😀", "😀"), ("\u05e9\u05dc", "\u05dc \u05e9"), ("한국", "국 한")],
)
def test_letters_that_the_typeface_lacks_are_named(name: str, characters: str, tmp_path: Path) -> None:
    told = problems(tmp_path, customers=f"customer_id,name\nK1,Anna\nK2,{name}\n")

    assert len(told) == 1
    assert told[0].startswith("customers.csv:3:name: ")
    assert f"them: {characters} (" in told[0] or f"it: {characters} (" in told[0]


def test_many_are_counted_and_the_first_named(tmp_path: Path) -> None:
    signs = "".join(map(chr, range(0x4E00, 0x4E40)))

    told = problems(tmp_path, customers=f"customer_id,name\nK1,{signs}\nK2,Anna\n")

    assert told[0].startswith("customers.csv:2:name: 64 characters")
    assert "… (" in told[0]
