"""Every sentence is said: some line of the program or of a template builds its key.

What can be built is read off the program itself. A key stands there whole, or in an f-string whose places are filled
by words that stand elsewhere in the program (the name of a section, a member of an enumeration, a field), or below a
table that is handed to a template as one (`wording.group`).
"""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import retention_reports
from retention_reports.messages import KINDS
from retention_reports.presentation.wording import load_wording
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(retention_reports.__file__).parent
FORMS = re.compile(r"\.(zero|one|other)$")
NAMES = re.compile(r"[a-z0-9_. ]+")
HOLE = "\0"
MOST_NESTED = 3
"""How deep an f-string may fill another: `f"{key}.title"`, with `key = f"{section}.{name}"`."""


class Program(ast.NodeVisitor):
    """What the program can say: whole texts, f-strings (a hole for each place), tables said as one, and words."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.patterns: set[tuple[str, ...]] = set()
        self.tables: set[str] = set()
        self.words: set[str] = set()

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # else a docstring, which is never said
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.add(node.value)
            self.words.update(node.value.split() if NAMES.fullmatch(node.value) else [node.value])
            # Names of formats are written with hyphens in client.toml, and with underscores in keys.
            self.words.add(node.value.replace("-", "_"))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        pieces = [str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values]
        self.patterns.add(tuple(pieces))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for line in node.body:
            targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
            self.words.update(target.id.casefold() for target in targets if isinstance(target, ast.Name))
            self.words.update([line.name] if isinstance(line, ast.FunctionDef) else [])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        asked = node.args[0] if node.args else None
        if getattr(node.func, "attr", "") == "group" and isinstance(asked, ast.Constant):
            self.tables.add(str(asked.value))
        self.generic_visit(node)

    def says(self, key: str) -> bool:
        """Tell whether the key may be built, whole or without the form that a count chooses."""
        table, _, name = key.rpartition(".")
        as_one = table in self.tables and name in self.words
        return as_one or self._says(key, 0) or self._says(FORMS.sub("", key), 0)

    def names_kind(self, kind: str) -> bool:
        """Tell whether a problem may be of the kind."""
        return kind in self.texts or any(
            all(piece in self.words for piece in pieces)
            for pattern in self.patterns
            if pattern[0] != HOLE and kind.startswith(pattern[0])
            for pieces in _fillings(pattern, kind)
        )

    @cache  # noqa: B019 -- there is one program
    def _says(self, text: str, depth: int) -> bool:
        if text in self.texts:
            return True
        if depth == MOST_NESTED or "." not in text:
            return False
        file = text.partition(".")[0]
        return any(
            self._fills(pattern, pieces, depth)
            for pattern in self.patterns
            if pattern[0].startswith(f"{file}.") or (pattern[0] == HOLE and _tells_enough(pattern))
            for pieces in _fillings(pattern, text)
        )

    def _fills(self, pattern: tuple[str, ...], pieces: tuple[str, ...], depth: int) -> bool:
        first, *others = pieces
        if pattern[0] == HOLE and not (self._says(first, depth + 1) or first in self.words):
            return False
        named = others if pattern[0] == HOLE else pieces
        return all(self._is_word(piece) for piece in named)

    def _is_word(self, piece: str) -> bool:
        return all(word in self.words or word.isdigit() or self._is_joined(word) for word in piece.split("."))

    @cache  # noqa: B019 -- there is one program
    def _is_joined(self, word: str) -> bool:
        return any(
            all(piece in self.words for piece in pieces)
            for pattern in self.patterns
            if "_" in "".join(pattern) and not {".", " "} & set("".join(pattern))
            for pieces in _fillings(pattern, word)
        )


def _tells_enough(pattern: tuple[str, ...]) -> bool:
    """Tell whether what begins with a hole adds words of its own: `f"{first}.{second}"` would say all keys."""
    return len(pattern) > 1 and pattern[1].startswith((".", "_")) and any(piece.strip(f".{HOLE}") for piece in pattern)


def _fillings(pattern: tuple[str, ...], text: str) -> Iterator[tuple[str, ...]]:
    """Yield what may stand in a pattern's holes so that it becomes the text; each hole holds something."""
    if not pattern:
        yield from [] if text else [()]
    elif pattern[0] != HOLE:
        if text.startswith(pattern[0]):
            yield from _fillings(pattern[1:], text.removeprefix(pattern[0]))
    else:
        for end in range(1, len(text) + 1):
            for rest in _fillings(pattern[1:], text[end:]):
                yield (text[:end], *rest)


@cache
def program() -> Program:
    found = Program()
    for file in PACKAGE.rglob("*.py"):
        found.visit(ast.parse(file.read_text(encoding="utf-8")))
    for file in Path(str(templates_folder())).rglob("*.j2"):
        found.words.update(re.findall(r"\.(\w+)", file.read_text(encoding="utf-8")))
    # The ids of the questionnaire; what keys of figures.json mean says nothing in a report.
    for file in (file for file in PACKAGE.rglob("*.toml") if file.parent.name != "dictionary"):
        found.words.update(re.findall(r"[\w]+", file.read_text(encoding="utf-8")))
    return found


def problems() -> tuple[set[str], set[str]]:
    """Return the keys of all messages and the names of all kinds of problems."""
    keys: set[str] = set()
    kinds: set[str] = set()
    for file in Path(str(templates_folder())).glob("wording/en/problems/*.toml"):
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name == KINDS:
                kinds.update(entry)
            else:
                forms = [f".{form}" for form in entry] if isinstance(entry, dict) else [""]
                keys.update(f"{file.stem}.{name}{form}" for form in forms)
    return keys, kinds


def test_every_sentence_of_the_reports_is_said() -> None:
    keys = load_wording(templates_folder() / "wording", "en").sentences

    assert [key for key in keys if not program().says(key)] == []


def test_every_message_is_said() -> None:
    keys, _ = problems()

    assert sorted(key for key in keys if not program().says(key)) == []


def test_every_kind_of_problem_is_told() -> None:
    _, kinds = problems()

    assert sorted(kind for kind in kinds if not program().names_kind(kind)) == []


@pytest.mark.parametrize(
    "key", ["offers.never_said", "appendix.left_out.unheard_of", "report.words.unheard_of", "rows.unheard_of"]
)
def test_what_nobody_says_is_noticed(key: str) -> None:
    assert not program().says(key)
