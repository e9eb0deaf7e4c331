"""The sales check in words, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.sales_check.sales_check_analysis import sales_check
from retention_reports.messages import LANGUAGES
from retention_reports.model.client import Client
from retention_reports.presentation.context import Context
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.sales_check.sales_check_section import present_sales_check
from retention_reports.presentation.view import Chart, FactStrip, PointList, Table
from retention_reports.presentation.wording import load_wording
from retention_reports.resources import templates_folder
from tests.support.datasets import dataset, orders
from tests.support.presenting import NOTHING_RECOMMENDED
from tests.support.questions import answers, question, questionnaire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.model.questionnaire import Questionnaire
    from retention_reports.presentation.view import Block, SectionView
    from tests.support.datasets import Row

WORDINGS = {language: load_wording(templates_folder() / "wording", language) for language in LANGUAGES}
CORE = questionnaire(*(question(name, core=True) for name in "abcde"))
MEASURED = questionnaire(question("asked", weight=2, core=True, measured="contacts_recorded"), question("other"))
TEN = "\n".join(f"c{number} 2026-08-01 10" for number in range(10))


def view(
    text: str,
    *,
    language: str = "en",
    questions: Questionnaire = CORE,
    tables: Mapping[str, Sequence[Row]] | None = None,
    targets: Mapping[str, float] | None = None,
) -> SectionView:
    client = Client("test", "Test", language=language, history_complete=True, targets=targets or {})
    given: dict[str, Sequence[Row]] = {"answers": answers(text)} if text else {}
    data = dataset(
        orders(TEN), quarter="2026-Q3", client=client, tables={**(tables or {}), **given}, questionnaire=questions
    )
    wording = WORDINGS[language]
    return present_sales_check(
        Context(
            data, {"sales_check": sales_check(data)}, wording, Formats(wording, client.currency), NOTHING_RECOMMENDED
        )
    )


def blocks(shown: SectionView) -> list[Block]:
    return [block for row in shown.rows for block in row.blocks]


def table(shown: SectionView, identifier: str) -> Table:
    return next(block for block in blocks(shown) if isinstance(block, Table) and block.identifier == identifier)


def same(answer: str, *, quarter: str = "2026-Q3", names: str = "abcde") -> str:
    return "\n".join(f"{quarter} {name} {answer}" for name in names)


def people(number: int) -> dict[str, Sequence[Row]]:
    return {"contacts": [{"customer_id": f"c{place}", "name": "Anna"} for place in range(number)]}


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        (
            same("yes"),
            "Alle 5 Kernfragen sind mit Ja beantwortet; der Gesamtwert liegt bei 100\u00a0%.",
            "All 5 core questions are answered yes; the score is 100%.",
        ),
        (
            same("no"),
            "Keine der 5 Kernfragen ist mit Ja beantwortet; der Gesamtwert liegt bei 0\u00a0%.",
            "None of the 5 core questions is answered yes; the score is 0%.",
        ),
        (
            same("no", names="bcde") + "\n2026-Q3 a yes",
            "Eine von 5 Kernfragen ist mit Ja beantwortet; der Gesamtwert liegt bei 20\u00a0%.",
            "One of 5 core questions is answered yes; the score is 20%.",
        ),
        (
            same("no", names="cd") + "\n" + same("yes", names="ab"),
            "2 von 4 Kernfragen sind mit Ja beantwortet; der Gesamtwert liegt bei 50\u00a0%.",
            "2 of 4 core questions are answered yes; the score is 50%.",
        ),
        (
            "2026-Q3 a yes",
            "Die einzige bewertete Kernfrage ist mit Ja beantwortet; der Gesamtwert liegt bei 100\u00a0%.",
            "The only core question that could be rated is answered yes; the score is 100%.",
        ),
        (
            same("unknown"),
            "Der Vertriebs-Check ist beantwortet, aber keine Frage mit Ja, teilweise oder Nein.",
            "The sales check has been filled in, but no question is answered yes, partly or no.",
        ),
    ],
)
def test_the_headline_says_how_the_core_questions_stand(text: str, german: str, english: str) -> None:
    assert view(text, language="de").headline == german
    assert view(text, language="en").headline == english


@pytest.mark.parametrize(
    ("before", "now", "german", "english"),
    [
        (
            "no",
            "yes",
            "stieg seit Q2\u00a02026 von 0\u00a0% auf 100\u00a0%.",
            "has risen from 0% to 100% since Q2\u00a02026.",
        ),
        (
            "yes",
            "no",
            "sank seit Q2\u00a02026 von 100\u00a0% auf 0\u00a0%.",
            "has fallen from 100% to 0% since Q2\u00a02026.",
        ),
        ("no", "no", "bleibt seit Q2\u00a02026 bei 0\u00a0%.", "has stayed at 0% since Q2\u00a02026."),
    ],
)
def test_the_headline_says_where_the_score_went(before: str, now: str, german: str, english: str) -> None:
    text = f"{same(before, quarter='2026-Q2')}\n{same(now)}"

    assert view(text, language="de").headline.endswith(f"der Gesamtwert {german}")
    assert view(text, language="en").headline.endswith(f"the score {english}")


def test_a_part_of_the_questions_is_named_as_such() -> None:
    text = f"{same('no', quarter='2026-Q2', names='a')}\n{same('yes')}"

    assert view(text).headline.endswith(
        "on the only comparable question the score has risen from 0% to 100% since Q2\u00a02026."
    )
    score = next(block for block in blocks(view(text)) if isinstance(block, Chart))
    assert score.note.startswith("1 of 5 questions can be compared with Q2\u00a02026")


def test_an_answer_that_the_data_speaks_against_is_a_finding() -> None:
    shown = view("2026-Q3 asked yes", questions=MEASURED, tables=people(3))
    sentence = "a contact person is on record for 3 of 10 active customers."

    assert shown.findings[0].text == f"‘asked asked?’ is answered yes, but the data shows the opposite: {sentence}"
    assert shown.lead.startswith("The data can test one answer and shows the opposite.")
    assert [cell.text for cell in table(shown, "sales-check-core").rows[0]] == [
        "asked asked?",
        "yes",
        "≠\u00a030% (3/10)",
    ]
    points = next(block for block in blocks(shown) if isinstance(block, PointList))
    assert points.items[0].text == "A contact person is on record for 3 of 10 active customers."


def test_an_answer_worse_than_the_data_is_told_as_such() -> None:
    shown = view("2026-Q3 asked no", language="de", questions=MEASURED, tables=people(10))

    assert shown.findings[0].text == (
        "„asked gefragt?“ ist mit Nein beantwortet, die Daten zeigen mehr: "
        "Ein Ansprechpartner ist bei 10 von 10 aktiven Kunden erfasst."
    )
    assert shown.agenda[0].startswith("„asked gefragt?“ Die Daten zeigen mehr als die Antwort")


def test_the_key_figure_counts_the_core_and_its_change_over_the_same_questions() -> None:
    text = f"{same('no', quarter='2026-Q2', names='ab')}\n{same('yes', names='abc')}\n{same('no', names='de')}"
    (figure,) = view(text, targets={"sales_check_score": 0.75}).key_figures

    assert (figure.order, figure.value) == (35, "3 of 5")
    # Of the two questions that both quarters answered none was a yes then, and both are now.
    assert [(change.text, change.against) for change in figure.changes] == [("+2", "on last quarter")]
    assert figure.plan is not None
    assert figure.plan.against == "against plan 75% (score)"


def test_a_change_since_an_older_quarter_names_it() -> None:
    (figure,) = view(f"{same('no', quarter='2026-Q1')}\n{same('yes')}").key_figures

    assert [change.against for change in figure.changes] == ["since Q1\u00a02026"]


def test_earlier_answers_leave_the_key_figure_empty() -> None:
    (figure,) = view(same("yes", quarter="2026-Q2")).key_figures

    assert (figure.value, figure.note, figure.changes) == ("–", "not filled in", ())


def test_without_answers_the_data_speaks_alone() -> None:
    shown = view("", questions=MEASURED, tables=people(3))

    assert shown.headline == (
        "The sales check has not been filled in; to the only question that the data can answer, it says no."
    )
    assert [block.title for block in blocks(shown) if isinstance(block, Chart)] == ["What the data answers by itself"]
    assert not any(isinstance(block, FactStrip) for block in blocks(shown))
    assert shown.findings == ()
    assert shown.key_figures == ()


def test_without_answers_and_figures_there_is_one_sentence() -> None:
    for language in LANGUAGES:
        shown = view("", language=language, questions=MEASURED)
        assert shown.rows == ()
        assert len(shown.missing) == 1
        assert "sales_check/answers.csv" in shown.missing[0]


def test_a_measurement_with_too_few_cases_makes_no_section() -> None:
    asked = questionnaire(question("asked", measured="decision_dates_on_open_offers"))
    offer = {"offer_id": "1", "customer_id": "c1", "offered_on": "2026-08-01", "amount": "1", "state": "open"}
    offers: dict[str, Sequence[Row]] = {"offers": [{**offer, "decision_due_on": "2026-10-20"}]}

    assert view("", questions=asked, tables=offers).rows == ()
    assert len(view("2026-Q3 asked yes", questions=asked, tables=offers).rows) > 0


def test_missing_figures_are_named_with_their_reason() -> None:
    shown = view("2026-Q3 asked yes", questions=MEASURED)

    assert shown.missing == ("Sales check: Active customers with a contact person – the file contacts.csv is missing.",)


def test_potentials_say_what_to_do_the_heaviest_no_first() -> None:
    shown = view("2026-Q3 other no\n2026-Q3 asked partly", questions=MEASURED)
    rows = [[cell.text for cell in row] for row in table(shown, "sales-check-potentials").rows]

    assert rows == [
        ["other asked?", "no", "other gains.", "Do other."],
        ["asked asked?", "partly", "asked gains.", "Do asked."],
    ]


def test_changed_answers_show_their_direction_by_shape_too() -> None:
    shown = view("2026-Q2 a yes\n2026-Q2 b no\n2026-Q2 c unknown\n2026-Q3 a partly\n2026-Q3 b partly\n2026-Q3 c no")
    rows = [[cell.text for cell in row] for row in table(shown, "sales-check-flips").rows]

    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("a asked?", "yes", "▼\u00a0partly"),
        ("b asked?", "no", "▲\u00a0partly"),
        ("c asked?", "not known", "no"),
    ]


def test_every_table_has_a_cell_for_each_column() -> None:
    shown = view(f"{same('no', quarter='2026-Q2')}\n{same('partly')}")
    tables = [block for block in blocks(shown) if isinstance(block, Table)]

    assert [entry.identifier for entry in tables] == [
        "sales-check-core",
        "sales-check-potentials",
        "sales-check-flips",
        "sales-check-questions",
    ]
    assert all(len(row) == len(entry.columns) for entry in tables for row in entry.rows)


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    german, english = (WORDINGS[language].group("sales_check") for language in ("de", "en"))

    assert german.keys() == english.keys()
    assert [
        key for key in german if not key.endswith((".one", ".zero")) and places(german[key]) != places(english[key])
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_name_its_sentence_and_its_definition(language: str) -> None:
    words = WORDINGS[language]
    names = set(words.group("sales_check.names"))

    assert len(names) == 12
    assert names == set(words.group("sales_check.shown")) == set(words.group("sales_check.definitions"))
