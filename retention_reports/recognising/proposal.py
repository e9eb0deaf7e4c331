"""What `client.toml` will say: settings by table, what was not known and how to answer it, what is good to know."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from retention_reports.messages import say
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.messages import Message

GAP = "?"
"""Stands in `client.toml` where an answer is missing; no reader takes it for a value."""


@record
class Gap:
    """A question that the files leave open: the key of its answer, what is asked, and what may be answered."""

    key: str
    message: Message
    choices: tuple[str, ...]

    @property
    def option(self) -> str:
        """How the answer is given on the command line."""
        answers = "|".join(f"'{choice}'" if " " in choice else choice for choice in self.choices)
        key = f"'{self.key}'" if " " in self.key else self.key
        return f"--answer {key}={answers}"


@record
class Proposal:
    """What is proposed for a client. `paths` tells where each file goes below the client's folder."""

    answers: Mapping[str, str]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    top: dict[str, Any] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)

    def ask(self, key: str, message: Message, choices: Sequence[str]) -> str:
        """Return the answer to a question, or "?" where there is none yet, which leaves a gap."""
        if self.answers.get(key):
            self.asked[key] = self.answers[key]
            return self.answers[key]
        if all(gap.key != key for gap in self.gaps):
            self.gaps.append(Gap(key, message, tuple(choices)))
        return GAP

    def tell(self, message: Message) -> None:
        """Note what is good to know."""
        if message not in self.notes:
            self.notes.append(message)

    def unused_answers(self) -> list[str]:
        """Return the keys that were answered and never asked for."""
        return sorted(set(self.answers) - set(self.asked))


def ask_which(proposal: Proposal, table: str, column: str, header: Sequence[str]) -> str:
    """Return which column of a file is a standard column, by the answer given, else "?"."""
    message = say("new.which_column", column=f"{table}.{column}", columns=", ".join(header))
    return proposal.ask(f"{table}.{column}", message, ["COLUMN"])
