"""Which rows of a table of orders count, and with which sign: by status, kind of document, number, or file."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.column_words import folded, word_groups
from retention_reports.recognising.amounts import number_of
from retention_reports.recognising.naming import group_of, headings_named
from retention_reports.recognising.proposal import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.recognising.guessing import Guess
    from retention_reports.recognising.proposal import Proposal
    from retention_reports.recognising.sheets import Sheet

_SIGNS = {"plus": 1, "minus": -1, "none": 0}
_PREFIX = re.compile(r"\s*(?P<letters>[^\W\d_]{1,12})(?P<between>[-_/ .]?)[0-9]")
_DOUBTFUL = frozenset({"g", "k", "s", "st", "sr", "kr", "nc", "cr", "ret"})
"""Beginnings of numbers that stand for credit notes in some books, and for something else in others."""
_ROWS = 20_000
_FEW = 30
_CREDITED_FILE = re.compile(
    r"gutschrift|credit[ _-]?(?:memo|note)|stornorechnung|rechnungskorrektur|(?:^|[^a-z])avoir|creditnota"
    r"|(?:^|[^a-z])orin(?:[^a-z]|$)",
    re.IGNORECASE,
)


def draft_status(proposal: Proposal, table: str, guess: Guess, settings: dict[str, Any]) -> dict[str, Any]:
    """Return the column of the status, what its words mean put into the settings; cancellations of their own, too."""
    flag = _cancellation(guess)
    if not guess.has("status"):
        if flag:
            return _flagged(proposal, guess, flag, settings)
        return _returned(guess, settings) if guess.has("returned") else {}
    heading = guess.columns["status"]
    values = {}
    for word in guess.content(heading).words:
        known = group_of(word, "statuses")
        values[word] = known or ask_word(proposal, f"{table}.status", word, ["completed", "cancelled", "returned"])
    settings["values"] = {"status": values}
    if flag:
        yes, no = _yes_and_no(guess, flag)
        if yes:
            settings.setdefault("skip_rows", {})[flag] = yes
        elif not no:
            settings.setdefault("only", {})[flag] = [""]
        proposal.tell(say("new.cancelled_by", column=flag))
    return {"status": heading}


def leave_out_shipping(proposal: Proposal, guess: Guess, settings: dict[str, Any]) -> None:
    """Leave out rows that a column calls shipping: no goods."""
    for heading in headings_named("position_kind", guess.sheet.header):
        words = [word for word in guess.content(heading).words if group_of(word, "positions")]
        if words:
            settings.setdefault("skip_rows", {})[heading] = words
            proposal.tell(say("new.not_counted", words=", ".join(words)))


def _returned(guess: Guess, settings: dict[str, Any]) -> dict[str, str]:
    """Return the column that says of each row yes or no whether it came back, as the status."""
    words = guess.content(guess.columns["returned"]).words
    values = {word: group_of(word, "returned_flags") for word in words}
    if not all(values.values()) or "returned" not in values.values():
        return {}
    settings["values"] = {"status": values}
    return {"status": guess.columns["returned"]}


def ask_word(proposal: Proposal, key: str, word: str, choices: list[str]) -> str:
    """Return what a word means, by the answer given, else "?"."""
    return proposal.ask(f"{key}.{word}", say("new.which_word", word=word, key=key), choices)


def _cancellation(guess: Guess) -> str:
    """Return the column that only tells whether (or when) a row was cancelled; nothing where there is none."""
    taken = [heading for name, heading in guess.columns.items() if name != "status"]
    named = headings_named("cancelled", guess.sheet.header, taken)
    return next((heading for heading in named if guess.sheet.header.count(heading) == 1), "")


def _yes_and_no(guess: Guess, flag: str) -> tuple[list[str], list[str]]:
    words = guess.content(flag).words
    return [word for word in words if group_of(word, "answers") == "yes"], [
        word for word in words if group_of(word, "answers") == "no"
    ]


def _flagged(proposal: Proposal, guess: Guess, flag: str, settings: dict[str, Any]) -> dict[str, Any]:
    if flag == guess.columns.get("status") or not guess.content(flag).words:
        return {}
    yes, no = _yes_and_no(guess, flag)
    words = guess.content(flag).words
    has_empty = any(not text.strip() for text in guess.sheet.cells(flag).words.tolist())
    if len(yes) + len(no) < len(words) and len(words) <= _FEW and not guess.content(flag).day_forms:
        values = {word: "cancelled" if word in yes else "completed" for word in (*yes, *no)}
        for word in words:
            if word not in values:
                choices = ["completed", "cancelled", "returned"]
                values[word] = group_of(word, "statuses") or ask_word(proposal, "orders.status", word, choices)
    elif len(yes) + len(no) == len(words):
        values = dict.fromkeys(yes, "cancelled") | dict.fromkeys(no, "completed")
    else:
        values = {"*": "cancelled"}
    settings["values"] = {"status": values | ({"": "completed"} if has_empty else {})}
    proposal.tell(say("new.cancelled_by", column=flag))
    return {"status": flag}


def draft_signs(proposal: Proposal, guess: Guess, money: dict[str, Any], settings: dict[str, Any]) -> None:
    """Put into the settings which rows are deducted or do not count, by the kind of document or by its number."""
    if not money:
        return
    if guess.has("kind") and _signs_by_kind(proposal, guess, settings):
        return
    _signs_by_number(proposal, guess, money, settings)


def _signs_by_kind(proposal: Proposal, guess: Guess, settings: dict[str, Any]) -> bool:
    heading = guess.columns["kind"]
    signs = signs_of(proposal, heading, guess.content(heading).words)
    settings |= signs
    return bool(signs)


def signs_of(proposal: Proposal, heading: str, words: Sequence[str]) -> dict[str, Any]:
    """Return the settings by which kinds of documents are deducted or do not count; nothing where none is known."""
    groups = {word: group_of(word, "kinds") for word in words}
    if not any(groups.values()):
        return {}
    invoices, orders = word_groups()["document_kinds"]["invoices"], word_groups()["document_kinds"]["orders"]
    has_invoices = any(folded(word) in invoices for word in words)
    rule: dict[str, Any] = {"column": heading}
    for word, group in groups.items():
        if has_invoices and folded(word) in orders:
            rule[word] = 0
        elif folded(word) in word_groups()["document_kinds"]["ahead"]:
            rule[word] = asked_sign(proposal, word)
        else:
            rule[word] = "negative" if group == "minus" else _SIGNS[group] if group else asked_sign(proposal, word)
    deducted = [word for word, sign in rule.items() if sign == "negative"]
    left_out = [word for word, sign in rule.items() if sign == 0]
    if deducted:
        proposal.tell(say("new.deducted", words=", ".join(deducted)))
    if left_out:
        proposal.tell(say("new.not_counted", words=", ".join(left_out)))
    return {"sign": rule}


def _signs_by_number(proposal: Proposal, guess: Guess, money: dict[str, Any], settings: dict[str, Any]) -> None:
    """Deduct documents whose numbers begin as those of credit notes do, unless they are below zero anyway."""
    if not guess.has("order_id"):
        return
    heading = guess.columns["order_id"]
    numbered = [word for word in guess.content(heading).words if any(map(str.isdigit, word))]
    matches = [_PREFIX.match(word) for word in numbered]
    counts = Counter(f"{found['letters']}{found['between']}" if found else "" for found in matches)
    # What most documents begin with is the invoices' own beginning.
    starts = [start for start, count in counts.items() if 2 * count <= len(numbered)]
    credited = [start for start in starts if folded(start) in word_groups()["document_kinds"]["credit_prefixes"]]
    doubtful = [start for start in starts if folded(start) in _DOUBTFUL]
    amounts = [str(column) for column in money.values()]
    rule: dict[str, Any] = {"column": heading}
    for start in (*credited, *doubtful):
        if _are_above_zero(guess.sheet, heading, start, amounts):
            rule[f"{start}*"] = "negative" if start in credited else asked_sign(proposal, f"{start}*")
    if len(rule) > 1:
        settings["sign"] = {**rule, "*": 1}
        proposal.tell(say("new.deducted", words=", ".join(word for word in rule if word != "column")))


def _are_above_zero(sheet: Sheet, heading: str, start: str, amounts: Sequence[str]) -> bool:
    texts = sheet.cells(heading).texts.tolist()[:_ROWS]
    rows = [row for row, text in enumerate(texts) if text.strip().startswith(start)]
    named = [amount for amount in amounts if amount in sheet.header]
    return not any(_is_negative(sheet.cells(amount)[row]) for amount in named for row in rows)


def _is_negative(text: str) -> bool:
    return text.strip().startswith(("-", "−", "(")) or text.strip().endswith("-")


def asked_sign(proposal: Proposal, word: str) -> int | str:
    """Return how rows of a kind of document count, by the answer given, else "?"."""
    answer = proposal.ask(f"orders.sign.{word}", say("new.which_sign", word=word), ["1", "-1", "0"])
    return int(answer) if answer in {"1", "-1", "0"} else GAP


def credit_files(sheets: Iterable[Sheet], amounts: Sequence[str]) -> list[Sheet]:
    """Return the tables that hold credit notes alone, by their file's or sheet's name, written above zero."""
    found = []
    for sheet in sheets:
        named = [amount for amount in amounts if amount in sheet.header]
        if not _CREDITED_FILE.search(sheet.shown_as) or not named:
            continue
        values = np.array([number_of(text, ".") is not None for text in sheet.cells(named[0]).words.tolist()])
        negative = [_is_negative(text) for text in sheet.cells(named[0]).words.tolist() if text.strip()]
        if values.any() and not any(negative):
            found.append(sheet)
    return found


def draft_credit_files(proposal: Proposal, sheets: Sequence[Sheet], money: Iterable[object]) -> dict[str, Any]:
    """Return the settings by which files of credit notes among several of orders are deducted."""
    if len(sheets) < 2:  # noqa: PLR2004 - a single file is what it is
        return {}
    amounts = [part for text in money for part in re.split(r"\s+[+-]\s+", str(text))]
    found = credit_files(sheets, [amount.strip("[]") for amount in amounts])
    if not found or len(found) == len(sheets):
        return {}
    proposal.tell(say("new.deducted", words=", ".join(sheet.shown_as for sheet in found)))
    is_one_book = len({sheet.file for sheet in sheets}) == 1
    names = [f"{sheet.file} [{sheet.sheet}]" if is_one_book else sheet.file for sheet in found]
    return {"deducted_files": [_pattern(name) for name in names]}


def _pattern(name: str) -> str:
    """Return a pattern that matches the name, and next quarter's of other digits."""
    return re.sub(r"[0-9]+", "*", name.replace("[", "[[]"))
