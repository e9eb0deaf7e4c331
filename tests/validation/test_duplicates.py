from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.validation.duplicates import comparable_names
from tests.support.folders import problems

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller Bau GmbH & Co. KG", "MUELLER-BAU gmbh"),
        ("Hans Meier", "Meier, Hans"),
        ("Weiß e.K.", "Weiss"),
        ("A.B.C. Handel GmbH", "ABC Handel"),
    ],
)
def test_spelling_order_and_legal_form_make_no_difference(one: str, other: str) -> None:
    assert len(set(comparable_names([one, other]))) == 1


@pytest.mark.parametrize(
    ("one", "other", "warnings"),
    [
        ("Stahlhandel Nordwest", "Stahlhandel Nordwst", 1),
        ("Kunde0001 Handel", "Kunde0002 Handel", 0),
        ("Hans Meier", "Hans Maier", 0),
        ("Anna", "Anna", 1),
    ],
)
def test_names_that_look_alike_are_suspected(tmp_path: Path, one: str, other: str, warnings: int) -> None:
    told = problems(tmp_path, customers=f"customer_id,name\nK1,{one}\nK2,{other}\n")

    assert len(told) == warnings


def test_a_title_in_the_name_can_contradict_the_salutation(tmp_path: Path) -> None:
    told = problems(tmp_path, customers="customer_id,name,salutation\nK1,Herr Anders,Frau\nK2,Frau Bunt,Frau\n")

    assert [line.split(": ")[0] for line in told] == ["customers.csv:2:salutation"]


@given(st.text(alphabet="xyzñ1_ -/&,·\u00a0", max_size=20))
def test_names_are_compared_by_their_words_in_any_order(name: str) -> None:
    assert comparable_names([name])[0].split() == sorted(re.findall(r"\w+", name))
