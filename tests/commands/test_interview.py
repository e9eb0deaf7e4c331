"""`interview`: question by question, forwards and backwards; what is answered is saved, whatever happens next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.questionnaires import ANSWERS, CLIENT, COUNT, run, write_asked_client

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "quarter,question_id,version,answer,evidence,answered_by\n"


def stored(place: Path) -> str:
    return (place / "data/client/sales_check/answers.csv").read_bytes().decode("utf-8")


def replies(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def progress(output: str) -> list[str]:
    return re.findall(r"^(\d+ von \d+) ·", output, re.MULTILINE)


def test_each_answer_is_saved_at_once_and_quit_ends(tmp_path: Path) -> None:
    write_asked_client(tmp_path)

    done = run(tmp_path, "interview", text=replies("Jörg", "j", "größtenteils", "t", "", "b"))

    assert done.exit_code == 0, done.output
    assert stored(tmp_path) == ANSWERS + (
        "2026-Q1,core_contact_persons,1,yes,größtenteils,Jörg\n2026-Q1,core_decision_dates,1,partly,,Jörg\n"
    )
    assert progress(done.output) == [f"{number} von {COUNT}" for number in (3, 4, 5)]
    assert f"4 von {COUNT} Fragen sind beantwortet" in done.output


def test_a_second_run_goes_on_with_what_is_not_answered(tmp_path: Path) -> None:
    write_asked_client(tmp_path)
    run(tmp_path, "interview", text=replies("Jörg", "w", "n", "", "b"))

    done = run(tmp_path, "interview", text=replies("", "b"))

    assert progress(done.output) == [f"3 von {COUNT}"]
    assert "Wer antwortet (leer lassen, wenn es offen bleiben soll) [Jörg]" in done.output
    assert stored(tmp_path) == ANSWERS + "2026-Q1,core_decision_dates,1,no,,Jörg\n"


def test_input_that_ends_keeps_the_answers_and_tells_by_its_code(tmp_path: Path) -> None:
    write_asked_client(tmp_path)

    done = run(tmp_path, "interview", text=replies("", "n", ""))

    assert done.exit_code == 1
    assert f"3 von {COUNT} Fragen sind beantwortet" in done.output
    assert stored(tmp_path) == ANSWERS + "2026-Q1,core_contact_persons,1,no,,Vertrieb\n"


def test_back_asks_again_and_shows_what_was_said(tmp_path: Path) -> None:
    write_asked_client(tmp_path)

    done = run(tmp_path, "interview", text=replies("", "back", "z", "zurück?", "z", "e", "", "quit"))

    assert progress(done.output) == [f"{number} von {COUNT}" for number in (3, 2, 1, 1, 3)]
    assert "Bisher: ja\n" in done.output
    assert "Bisher: nein (Liste fehlt)" in done.output
    assert "„zurück?“ ist keine Antwort." in done.output
    assert "Das ist die erste Frage." in done.output
    assert "2026-Q1,core_database,1,not_applicable,Liste fehlt,Vertrieb\n" in stored(tmp_path)


def test_words_of_both_languages_are_answers(tmp_path: Path) -> None:
    write_asked_client(tmp_path)

    run(tmp_path, "interview", text=replies("", "TEILWEISE", "", "not known", "", "Skip", "b"))

    assert [line.split(",")[3] for line in stored(tmp_path).splitlines()[5:]] == ["partly", "unknown"]


def test_hostile_words_are_harmless_in_the_file_and_on_the_screen(tmp_path: Path) -> None:
    write_asked_client(tmp_path, sales_check__answers=None)

    done = run(tmp_path, "interview", text=replies("<script>", "\x1b[2J", "n", "a\x1b[D", "=cmd|x", "u", '"Ä", b', "b"))

    assert "„[2J“ ist keine Antwort." in done.output
    assert "Steuerzeichen U+001B" in done.output
    assert stored(tmp_path) == (
        f'{HEADER}2026-Q1,core_database,1,no,\'=cmd|x,<script>\n2026-Q1,core_websites,1,unknown,"""Ä"", b",<script>\n'
    )


def test_when_all_is_answered_only_all_asks_again(tmp_path: Path) -> None:
    write_asked_client(tmp_path, sales_check__answers=None)
    first = run(tmp_path, "interview", text=replies("", *["j", ""] * COUNT))

    second = run(tmp_path, "interview")
    third = run(tmp_path, "interview", "--all", text=replies("", "b"))

    assert progress(first.output) == [f"{number} von {COUNT}" for number in range(1, COUNT + 1)]
    assert first.exit_code == second.exit_code == 0
    assert second.output == f"Alle {COUNT} Fragen sind beantwortet.\n"
    assert progress(third.output) == [f"1 von {COUNT}"]


def test_an_english_client_is_asked_in_english(tmp_path: Path) -> None:
    write_asked_client(
        tmp_path,
        CLIENT.replace('"de"', '"en"'),
        sales_check__questions___toml=None,
        sales_check__answers=None,
    )

    done = run(tmp_path, "interview", text=replies("Anna", "p", "seen", "q"))

    assert f"2 of {COUNT - 1} · Core questions" in done.output
    assert stored(tmp_path) == f"{HEADER}2026-Q1,core_database,1,partly,seen,Anna\n"


def test_a_file_that_cannot_be_written_is_told_before_the_first_question(tmp_path: Path) -> None:
    client = f'{CLIENT}[files.answers.constants]\nquarter = "2026-Q1"\n'
    write_asked_client(tmp_path, client, sales_check__answers="question_id,answer\ncore_database,yes\n")

    done = run(tmp_path, "interview", text=replies("", "j"))

    assert done.exit_code == 1
    assert "has constants in client.toml" in done.output
    assert progress(done.output) == []


def test_another_quarter_can_be_asked(tmp_path: Path) -> None:
    write_asked_client(tmp_path)

    run(tmp_path, "interview", "--quarter", "2026-Q1", text=replies("", "j", "", "b"))

    assert stored(tmp_path).endswith("2026-Q1,core_contact_persons,1,yes,,Vertrieb\n")
    assert run(tmp_path, "interview", "--quarter", "1999-Q1").exit_code == 2
