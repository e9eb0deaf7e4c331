"""A version of the data for wider circulation: nobody's name, id or words, and every figure as it was or null.

What becomes of a column stands in the schema (`Privacy`). Texts are replaced and never emptied, since a figure that
counts them would tell "no" then; what cannot be replaced is withheld, and figures that need it are null.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.errors import Location, Problem
from retention_reports.messages import KINDS, Message, say
from retention_reports.model.codes import HIDDEN, LONG, Coded
from retention_reports.model.email_addresses import are_addresses
from retention_reports.model.loss_reasons import DEPARTMENTS, is_declared, is_standard_word, standard_reason
from retention_reports.model.occasions import BUSINESS_WORDS, is_business
from retention_reports.model.schema import TABLE_BY_NAME, Privacy
from retention_reports.model.spellings import in_capitals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from retention_reports.model.amendments import Amendments
    from retention_reports.model.client import Client
    from retention_reports.model.codes import Codes
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.questionnaire import Question, Questionnaire

SEPARATOR = ";"
"""Parts the words of a cell that lists several."""

_NAMED = {
    "products.name": "product",
    "measures.title": "measure",
    "offers.wishes": "wish",
    "offers.guarantees": "guarantee",
    "offers.lost_reason": "reason",
    "enquiries.criteria": "criterion",
    "answers.question_id": "question",
}
"""What the words of a column name, where the column is not called so."""

_REASONS = (("losses", "reason"), ("offers", "lost_reason"), ("follow_up", "reason"))
_OCCASION = BUSINESS_WORDS[0].capitalize()


def pseudonymised(folder: ClientFolder, codes: Codes) -> ClientFolder:
    """Return the folder with codes for everybody and for every word of the client's, and without the notes.

    The same key and client give the same codes, so that two quarters can be compared.
    """
    tables = {name: _coded(folder, codes, name, table) for name, table in folder.tables.items()}
    withheld = {
        f"{table.name}.{column.name}"
        for table in TABLE_BY_NAME.values()
        for column in table.columns
        if column.privacy is Privacy.WITHHELD
    }
    return replace(
        folder,
        client=_client(folder, codes),
        tables=tables,
        questionnaire=_questions(folder.questionnaire, codes),
        notes={},
        amendments={quarter: _without_words(said, codes) for quarter, said in folder.amendments.items()},
        warnings=tuple(_without_place(one, codes) for one in folder.warnings),
        remarks=(),
        files=tuple(replace(file, path=codes.shown("file", file.path)) for file in folder.files),
        outside_git=(),
        withheld=frozenset(withheld),
    )


def _client(folder: ClientFolder, codes: Codes) -> Client:
    """Return the client with its rules by code where they name words of the data."""
    client = folder.client
    spoken = {text for table, column in _REASONS if table in folder.tables for text in folder.tables[table][column]}
    declared = {word for word in spoken if is_declared(client, word)}
    return replace(
        client,
        segment_lapse_months={codes.shown("segment", word): n for word, n in client.segment_lapse_months.items()},
        loss_reasons={codes.shown("reason", word): standard_reason(client, word).key for word in declared},
        excluded_customers=tuple(map(codes.of, client.excluded_customers)),
        pseudonymised=True,
    )


def _coded(folder: ClientFolder, codes: Codes, name: str, table: pd.DataFrame) -> pd.DataFrame:
    changed = {}
    for column in TABLE_BY_NAME[name].columns:
        if column.name not in table or column.privacy is Privacy.PLAIN:
            continue
        values = table[column.name]
        if column.privacy is Privacy.WITHHELD:
            changed[column.name] = pd.Series(pd.NaT, index=table.index, dtype=values.dtype)
        elif column.privacy is Privacy.NAME:
            changed[column.name] = _texts(_names(codes, values, table["customer_id"]), table)
        else:
            rule = _rules(folder, codes)[column.privacy]
            what = _NAMED.get(f"{name}.{column.name}", column.name)
            said = {text: Coded(text and rule(what, text), text) for text in values.unique()}
            changed[column.name] = _texts(map(said.__getitem__, values), table)
    return table.assign(**changed)


def _texts(cells: Iterable[str], table: pd.DataFrame) -> pd.Series:
    """Return a column of texts as they are: a column of pandas' own texts would lose in which order they stand."""
    return pd.Series(list(cells), index=table.index, dtype=object)


def _names(codes: Codes, names: pd.Series, identifiers: pd.Series) -> list[Coded]:
    """Return a name for each customer that tells its code; a customer without one stays without."""
    found = []
    for name, identifier in zip(names.tolist(), identifiers.tolist(), strict=True):
        said = codes.shown("customer", identifier, LONG)
        shown = codes.of(identifier) if name == identifier else said.upper() if in_capitals(name) else said
        found.append(Coded(shown if name else "", name))
    return found


def _rules(folder: ClientFolder, codes: Codes) -> Mapping[Privacy, Callable[[str, str], str]]:
    """Return what stands for a cell, by its column's rule; "" stands for "" everywhere."""
    own_questions = folder.questionnaire.own

    def standard(what: str, text: str) -> str:
        if what == "question":
            return codes.shown(what, text) if text in own_questions else text
        if what == "department":
            return text if text in DEPARTMENTS else codes.shown(what, text)
        plain = is_standard_word(text) and not is_declared(folder.client, text)
        return text if plain else codes.shown(what, text)

    return {
        Privacy.CODED: codes.shown,
        Privacy.PERSON: lambda _, text: codes.shown("person", text),
        Privacy.LISTED: lambda what, text: SEPARATOR.join(
            codes.shown(what, part.strip()) for part in text.split(SEPARATOR)
        ),
        Privacy.ADDRESS: lambda _, text: f"{codes.of(text)}@pseudonym.example" if are_addresses([text]) else HIDDEN,
        Privacy.OCCASION: lambda what, text: (
            f"{_OCCASION} {codes.of(text)}" if is_business(text) else codes.shown(what, text)
        ),
        Privacy.STANDARD: standard,
        Privacy.RECOMMENDATION: lambda _, text: _recommendation(text, codes),
        Privacy.SAID: lambda *_: HIDDEN,
    }


def _recommendation(identifier: str, codes: Codes) -> str:
    kind, colon, subject = identifier.partition(":")
    return f"{kind}{colon}{codes.subject(subject)}" if colon else identifier


def _questions(questionnaire: Questionnaire, codes: Codes) -> Questionnaire:
    """Return the questionnaire with the client's own questions and topics by code."""
    own = questionnaire.own

    def coded(question: Question) -> Question:
        if question.identifier not in own:
            return question
        name = codes.shown("question", question.identifier)
        topic = codes.shown("topic", question.topic) if question.topic in questionnaire.own_topics else question.topic
        said = dict.fromkeys(question.text, name)
        return replace(question, identifier=name, topic=topic, text=said, potential={}, action={})

    topics = {
        (codes.shown("topic", topic) if topic in questionnaire.own_topics else topic): (
            dict.fromkeys(titles, codes.shown("topic", topic)) if topic in questionnaire.own_topics else titles
        )
        for topic, titles in questionnaire.topics.items()
    }
    return replace(
        questionnaire,
        questions=tuple(map(coded, questionnaire.questions)),
        topics=topics,
        own=frozenset(codes.shown("question", name) for name in own),
        own_topics=frozenset(codes.shown("topic", topic) for topic in questionnaire.own_topics),
    )


def _without_words(said: Amendments, codes: Codes) -> Amendments:
    """Return what is decided of decisions, without the consultant's words and names."""
    entries = (
        replace(
            one,
            identifier=_recommendation(one.identifier, codes),
            title="",
            text="",
            owner=codes.shown("person", one.owner),
        )
        for one in said.entries
    )
    return replace(said, entries=tuple(entries))


def _without_place(warning: Problem, codes: Codes) -> Problem:
    """Return a warning by its kind and line; what it says may hold words of the client's."""
    kind = Message(f"{KINDS}.{warning.kind}")
    hidden = say("pseudonyms.hidden", kind=kind)
    place = Location(codes.shown("file", warning.location.path), warning.location.line)
    return Problem(place, warning.kind, hidden, warning.severity, hidden if warning.on_first_page else None)
