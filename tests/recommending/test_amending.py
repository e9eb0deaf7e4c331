"""The consultant's last word: what is pinned, dropped, reworded and reassigned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import DataError
from retention_reports.model.amendments import Amendment, Amendments
from retention_reports.model.client import Client
from retention_reports.model.codes import Codes
from retention_reports.model.dataset import Dataset
from retention_reports.model.pseudonyms import pseudonymised
from retention_reports.recommending import recommend
from retention_reports.sections import ANALYSES
from tests.support.datasets import amount, dataset, orders

if TYPE_CHECKING:
    from retention_reports.model.folder import ClientFolder
    from retention_reports.recommending.results import Register

STAYS = "\n".join(f"anna {year}-{month:02d}-10 100" for year in (2024, 2025, 2026) for month in range(1, 10))
# Bernd brought 1,000 in his last year: 10 % are 100. Anna's complaint: 1,200 in a year, 20 % of which are 240.
TABLE = orders(f"{STAYS}\nbernd 2024-10-01 400\nbernd 2025-03-01 600")
COMPLAINT = {"customer_id": "anna", "date": "2026-09-01", "kind": "complaint", "resolved_on": None}
CLIENT = Client(
    "test",
    "Test",
    language="en",
    history_complete=True,
    assumptions={"win_back": 0.1, "settle_complaint": 0.2},
)


def _folder(*said: Amendment, quarter: str = "2026-Q3") -> ClientFolder:
    plain = dataset(TABLE, quarter="2026-Q3", client=CLIENT, tables={"feedback": [COMPLAINT]}).folder
    return replace(plain, amendments={quarter: Amendments(f"notes/{quarter}.toml", said)} if said else {})


def _register(folder: ClientFolder) -> Register:
    data = Dataset.at(folder, dataset(TABLE, quarter="2026-Q3").quarter)
    return recommend(data, [analysis.run(data) for analysis in ANALYSES], None)


def _ids(register: Register) -> list[str]:
    return [one.identifier for one in register.decisions]


def test_without_a_word_the_register_decides() -> None:
    register = _register(_folder())

    assert _ids(register)[:2] == ["settle_complaint", "win_back"]
    assert not register.amended
    assert not any(one.pinned for one in register.decisions)


def test_what_is_pinned_stands_first_and_is_marked() -> None:
    register = _register(_folder(Amendment("win_back", 1, pin=True)))

    assert _ids(register)[:2] == ["win_back", "settle_complaint"]
    assert [one.pinned for one in register.decisions][:2] == [True, False]
    assert register.total_effect == _register(_folder()).total_effect


def test_what_is_dropped_is_gone_and_its_money_with_it() -> None:
    whole, rest = _register(_folder()).total_effect, _register(_folder(Amendment("settle_complaint", 1, drop=True)))

    assert "settle_complaint" not in _ids(rest)
    assert whole is not None
    assert rest.total_effect is not None
    # Anna bought in nine months of the last twelve: 900 × 20 % = 180 are gone.
    assert whole.expected - rest.total_effect.expected == amount("180")
    assert [one.changes for one in rest.amended] == [("drop",)]
    assert "settle_complaint:anna" in [entry.identifier for entry in rest.entries]


def test_a_decision_is_reworded_and_reassigned() -> None:
    said = Amendment(
        "win_back", 1, title="Visit Bernd", owner="Clara", due_on=date(2026, 12, 1), text="He asked for it."
    )
    register = _register(_folder(said))

    (found,) = [one for one in register.decisions if one.identifier == "win_back"]
    assert (found.wording, found.owner, found.due_on, found.reason) == (
        "Visit Bernd",
        "Clara",
        date(2026, 12, 1),
        "He asked for it.",
    )
    assert register.amended[0].changes == ("title", "owner", "due_on", "text")
    assert register.amended[0].decision.owner != "Clara"


def test_an_unknown_id_is_refused_with_the_known_ones_and_its_line() -> None:
    with pytest.raises(DataError) as caught:
        _register(_folder(Amendment("win_bak", 7, pin=True)))

    (problem,) = caught.value.problems
    assert str(problem).startswith('notes/2026-Q3.toml:7: there is no decision "win_bak" in this quarter (there are: ')
    assert "settle_complaint, win_back" in str(problem)


def test_words_of_another_quarter_change_nothing() -> None:
    register = _register(_folder(Amendment("nothing_of_the_kind", 1, drop=True), quarter="2026-Q4"))

    assert register == _register(_folder())


def test_an_earlier_quarter_is_held_against_what_was_decided_then() -> None:
    # At the end of June Bernd was to be won back; the consultant dropped that, so that he is not counted.
    plain = _register(_folder()).outcomes[0]
    dropped = _register(_folder(Amendment("win_back", 1, drop=True), quarter="2026-Q2")).outcomes[0]

    assert dropped.approached.n == plain.approached.n - 1
    assert dropped.decisions == plain.decisions - 1


def test_more_pinned_than_the_page_has_room_for_is_refused() -> None:
    # Only known ids are counted against the room, and both problems are told at once.
    said = [Amendment(f"none_{number}", number, pin=True) for number in range(1, 7)]
    with pytest.raises(DataError) as caught:
        _register(_folder(*said))

    assert [problem.location.line for problem in caught.value.problems] == [1, 2, 3, 4, 5, 6, 6]
    assert "6 decisions are pinned, there is room for 5" in str(caught.value.problems[-1])


def test_a_version_for_wider_circulation_keeps_what_is_decided_without_words_and_names() -> None:
    said = Amendment("win_back", 1, pin=True, title="Visit Bernd", owner="Clara", text="He asked for it.")
    (coded,) = (
        pseudonymised(_folder(said), Codes(bytes(32), "client", {"person": "Person"})).amendments["2026-Q3"].entries
    )

    assert (coded.pin, coded.title, coded.text) == (True, "", "")
    assert coded.owner.startswith("Person ")
    assert "Clara" not in coded.owner
