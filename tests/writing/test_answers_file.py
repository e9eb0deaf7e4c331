"""Answers into a client's file: where that cannot be done without loss, it is refused and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.model.answers import Answer
from retention_reports.writing.answers_file import AnswersFile, AnswersFileError
from retention_reports.writing.output_error import OutputError
from tests.support.folders import CLIENT, write_client

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "quarter,question_id,version,answer,evidence,answered_by\n"
ANSWER = Answer("core_database", 1, "yes", "gesehen", "Anna")
FILE = "sales_check/answers.csv"


def write(folder: Path, *answers: Answer) -> str:
    path = AnswersFile(folder).write("2026-Q1", answers or [ANSWER])
    return path.read_bytes().decode("utf-8")


def test_the_first_answer_makes_the_file(tmp_path: Path) -> None:
    folder = write_client(tmp_path)

    assert write(folder) == f"{HEADER}2026-Q1,core_database,1,yes,gesehen,Anna\n"
    assert [path.name for path in (folder / "sales_check").iterdir()] == ["answers.csv"]


def test_rows_are_replaced_where_they_stand_and_others_keep_their_bytes(tmp_path: Path) -> None:
    odd = '\ufeff"quarter";question_id;answer;evidence;answered_by\r\n'
    kept = '2025-Q4;core_database;no;"a ""b""\r\nc"; \r\n\r\n 2026-Q1 ;core_websites;"no";;'
    folder = write_client(tmp_path, sales_check__answers=f"{odd}2026-Q1;core_database;no;;\r\n{kept}")

    assert write(folder) == f"{odd}2026-Q1;core_database;yes;gesehen;Anna\r\n{kept}"
    changed = write(folder, Answer("core_websites", 1, "partly"), Answer("own", 1, "no"))
    assert changed.endswith(" \r\n\r\n2026-Q1;core_websites;partly;;\r\n2026-Q1;own;no;;\r\n")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('path = "exports/Antworten.xlsx"', "is a spreadsheet"),
        ('path = "exports/*.csv"', "stands for several files"),
        ('[files.answers.constants]\nquarter = "2026-Q1"', "has constants in client.toml (quarter)"),
        ('path = "../answers.csv"', "is no path inside the client's folder"),
        ('[files.answers.columns]\nanswer = "Antwort"', 'has no column "Antwort" for answer'),
        ('[files.answers.columns]\nevidence = ""', "has no column for evidence"),
        ('[files.answers.columns]\nevidence = { first = ["Beleg", "Notiz"] }', "has evidence in several columns"),
        ('[files.answers.values.answer]\nyes = "no"', 'would read "yes" as "no"'),
    ],
)
def test_a_mapping_that_cannot_be_written_back_is_refused(tmp_path: Path, settings: str, message: str) -> None:
    folder = write_client(tmp_path, f"{CLIENT}[files.answers]\n{settings}\n", sales_check__answers=HEADER)

    with pytest.raises(AnswersFileError) as refusal:
        write(folder)

    assert message in str(refusal.value)
    assert (folder / FILE).read_text("utf-8") == HEADER


def test_a_letter_that_the_files_encoding_lacks_is_refused(tmp_path: Path) -> None:
    content = f"{HEADER}2026-Q1,core_database,1,no,Größe,\n".encode("cp1252")
    folder = write_client(tmp_path, sales_check__answers=content)

    with pytest.raises(AnswersFileError, match='is written in cp1252, which has no "Ł"'):
        write(folder, Answer("core_websites", 1, "no", "Łódź"))

    assert (folder / FILE).read_bytes() == content


def test_an_encoding_that_does_not_give_back_its_bytes_is_refused(tmp_path: Path) -> None:
    content = b"\xfe\xff" + HEADER.encode("utf-16-be")
    folder = write_client(tmp_path, sales_check__answers=content)

    with pytest.raises(AnswersFileError, match="byte for byte"):
        write(folder)

    assert (folder / FILE).read_bytes() == content


def test_a_link_in_the_files_place_is_refused(tmp_path: Path) -> None:
    folder = write_client(tmp_path)
    (tmp_path / "elsewhere.csv").write_text(HEADER, "utf-8")
    (folder / "sales_check").mkdir()
    (folder / FILE).symlink_to(tmp_path / "elsewhere.csv")

    with pytest.raises(OutputError, match="is a link"):
        write(folder)

    assert (tmp_path / "elsewhere.csv").read_text("utf-8") == HEADER


def test_the_files_rights_stay(tmp_path: Path) -> None:
    folder = write_client(tmp_path, sales_check__answers=HEADER)
    (folder / FILE).chmod(0o640)

    write(folder)

    assert (folder / FILE).stat().st_mode & 0o777 == 0o640
