"""What the section on offers says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.offers.offer_analysis import offers
from retention_reports.model.client import Client
from retention_reports.presentation.offers.offer_section import present_offers
from retention_reports.presentation.view import Chart
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

if TYPE_CHECKING:
    from retention_reports.presentation.view import SectionView

BOUGHT = orders("anna 2026-01-05 10\nbernd 2026-01-05 10")
CUSTOMERS: list[Row] = [{"customer_id": "anna", "name": "Anna Ltd", "email_permission": "no"}]


def offer(number: int, state: str, **more: str) -> Row:
    decided = {} if state == "open" else {"decided_on": "2026-02-01"}
    return {"offer_id": str(number), "customer_id": "anna", "offered_on": "2026-01-10", "amount": "1000",
            "state": state, "followed_up_on": "", "decision_due_on": "", **decided, **more}  # fmt: skip


LATE = offer(90, "open", decision_due_on="2026-09-01")


def section(rows: list[Row] | None, *, language: str = "en", **more: list[Row]) -> SectionView:
    client = Client("test", "Test", language=language, currency="EUR", history_complete=True)
    given = {**more, **({} if rows is None else {"offers": rows})}
    data = dataset(BOUGHT, quarter="2026-Q3", client=client, customers=CUSTOMERS, tables=given)
    return present_offers(context(data, offers(data), language=language))


def chart_titles(view: SectionView) -> list[str]:
    return [block.title for row in view.rows for block in row.blocks if isinstance(block, Chart)]


@pytest.mark.parametrize(
    ("language", "rows", "headline"),
    [
        ("en", [offer(1, "lost"), offer(2, "expired")],
         "None of the 2 decided offers was won; no offer is open."),
        ("en", [offer(1, "won"), LATE],
         "The one decided offer was won; one open offer of €1,000 is overdue and nobody has followed it up."),
        ("de", [offer(1, "won"), offer(2, "won"), offer(3, "lost"), LATE, {**LATE, "offer_id": "91"}],
         ("2 von 3 entschiedenen Angeboten wurden gewonnen; 2 offene Angebote im Wert von zusammen 2.000 € sind "
         "überfällig, ohne dass jemand nachgefasst hat.")),
        ("de", [LATE], "Ein offenes Angebot über 1.000 € ist überfällig, ohne dass jemand nachgefasst hat."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_and_many(language: str, rows: list[Row], headline: str) -> None:
    found = section(rows, language=language).headline.replace("\N{NO-BREAK SPACE}", " ")

    assert found == headline


def test_silent_offers_are_a_finding_and_a_question() -> None:
    view = section([LATE, offer(2, "won")])

    assert [finding.text for finding in view.findings] == [
        "One open offer of €1,000 is overdue, and nobody has followed it up."
    ]
    assert len(view.agenda) == 1


@pytest.mark.parametrize(("language", "no"), [("de", "nein"), ("en", "no")])
def test_the_list_of_open_offers_tells_age_and_permission(language: str, no: str) -> None:
    row = table_texts(tables(section([LATE], language=language))["open-offers"])[0]

    assert row[0] == "Anna Ltd"
    assert row[2] == no
    assert row[3] == "263"
    assert row[-1] == {"de": "1.000", "en": "1,000"}[language]


@pytest.mark.parametrize(
    ("with_it", "without", "title"),
    [
        ((18, 20), (2, 20), "With follow-up 80 points more were won"),
        ((2, 20), (18, 20), "With follow-up 80 points fewer were won"),
        ((11, 20), (10, 20), "These numbers cannot tell whether following up helps"),
    ],
)
def test_following_up_is_called_a_difference_only_beyond_chance(
    with_it: tuple[int, int], without: tuple[int, int], title: str
) -> None:
    rows = [
        offer(100 * group + number, "won" if number < won else "lost", followed_up_on="2026-01-20" if group else "")
        for group, (won, count) in enumerate((without, with_it))
        for number in range(count)
    ]
    assert chart_titles(section(rows))[0].startswith(title)


def test_groups_below_ten_offers_show_no_percentage() -> None:
    view = section([offer(number, "won") for number in range(9)])

    assert table_texts(tables(view)["offers-by-group"])[0][-2:] == ["9/9", "–"]
    assert chart_titles(view) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_reasons_wishes_and_enquiries_are_shown(language: str) -> None:
    words_given = ["Price", "Range", "Delay", "Need", "Nobody", "Rival"]
    rows = [
        offer(number, "lost", lost_reason=word, wishes="samples" if number == 0 else "")
        for number, word in enumerate([*words_given, "Price"])
    ]
    enquiries: list[Row] = [
        {"enquiry_id": str(number), "received_on": "2026-01-01", "criteria": ";".join("abcdef"[:number]), "won": "yes"}
        for number in range(7)
    ]
    view = section(rows, language=language, enquiries=enquiries)
    said = words(view)

    assert "{" not in said
    assert {"offer-wishes", "enquiry-criteria"} <= set(tables(view))
    assert {"de": "2 von 7 verlorenen scheiterten am Preis", "en": "2 of 7 lost offers failed on price"}[
        language
    ] in said
    assert {"de": "übrige Gründe", "en": "other reasons"}[language] in said
    assert {"de": "4 und mehr", "en": "4 or more"}[language] in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_files_the_section_only_says_what_is_missing(language: str) -> None:
    view = section(None, language=language)

    assert (view.rows, view.headline, view.findings) == ((), "", ())
    assert len(view.missing) == 2


def test_enquiries_alone_make_a_section() -> None:
    enquiries: list[Row] = [{"enquiry_id": "1", "received_on": "2026-01-01", "criteria": "need", "won": "yes"}]
    view = section(None, enquiries=enquiries)

    assert view.headline == "1 of 1 enquiries of the last twelve months became customers."
    assert view.rows


@pytest.mark.parametrize("language", ["de", "en"])
def test_offers_are_shown_by_the_way_they_were_made_and_what_they_left(language: str) -> None:
    rows = [
        offer(number, "won" if number < 11 else "lost", presented="yes" if number < 12 else "no", cost="900",
              guarantees="")
        for number in range(24)
    ]  # fmt: skip
    view = section([*rows, {**rows[0], "offer_id": "below", "cost": "1100"}, LATE], language=language)
    row = table_texts(tables(view)["offer-practices"])[0]

    space = {"de": "\N{NO-BREAK SPACE}", "en": ""}[language]
    assert row[1:3] == [f"92{space}% (12/13)", f"0{space}% (0/12)"]
    assert row[-1] == {"de": "ja", "en": "yes"}[language]
    assert {"de": "eines unter Kosten", "en": "one below cost"}[language] in words(view)
    assert {"de": "eines nie nachgefasst", "en": "one never followed up"}[language] in words(view)
    assert {"de": "Ein Angebot wurde unter", "en": "One offer was won below"}[language] in view.agenda[1]
