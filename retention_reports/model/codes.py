"""Codes in the place of names and ids: nobody without the key can find out what a code stands for, nor guess it.

A code is the beginning of an HMAC-SHA-256 (RFC 2104) of the client's folder name and the text under a secret key, so
that trying all likely texts, such as rising customer numbers, tells nothing without the key.
"""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self, SupportsIndex

KEY_BYTES = 16
"""Bytes of a key at least: 128 bits."""

LONG, SHORT = 8, 4
"""Letters of a code for one of very many texts (ids, people), and for one of a few (segments, categories)."""

HIDDEN = "…"
"""Stands where something was said that is not shown."""


class Coded(str):
    """What stands in the place of a text and is put in order as that text would be.

    So lists stand in the same order, equal ones of a rank are told apart alike, and every figure stays as it was. Only
    the code is ever shown, compared for being equal, or written.
    """

    __slots__ = ("_ordered_as",)
    _ordered_as: str

    def __new__(cls, shown: str, ordered_as: str) -> Self:
        """Take what is shown, and the text whose order it keeps."""
        made = super().__new__(cls, shown)
        made._ordered_as = ordered_as
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """Return what another process makes it of."""
        return str(self), self._ordered_as

    def __lt__(self, other: str) -> bool:
        """Tell whether the text stands before another one, or another's text."""
        return self._ordered_as < ordered_as(other)

    def __gt__(self, other: str) -> bool:
        """Tell whether the text stands behind another one, or another's text."""
        return self._ordered_as > ordered_as(other)

    def __le__(self, other: str) -> bool:
        """Tell whether the text stands before another one or is the same."""
        return not self > other

    def __ge__(self, other: str) -> bool:
        """Tell whether the text stands behind another one or is the same."""
        return not self < other

    def strip(self, characters: str | None = None, /) -> Self:  # noqa: ARG002 -- as texts have it
        """Return it as it is: a code has no blanks around it."""
        return self

    def split(self, separator: str | None = None, limit: SupportsIndex = -1) -> list[str]:
        """Return the parts of a list, each in the order of its own text; else what any text returns."""
        parts, texts = super().split(separator, limit), self._ordered_as.split(separator, limit)
        if separator is None or len(parts) != len(texts):
            return parts
        return [Coded(shown, text.strip()) for shown, text in zip(parts, texts, strict=True)]


def ordered_as(text: str) -> str:
    """Return the text by whose order another is put in order."""
    return text._ordered_as if isinstance(text, Coded) else text  # noqa: SLF001 -- the class's own


class Codes:
    """The codes of one client. Two texts never share one: where the beginnings are alike, the later one is longer."""

    def __init__(self, key: bytes, client: str, words: Mapping[str, str]) -> None:
        """Take the secret key, the client's folder name, and by what a code is for the word that stands before it.

        Raises:
            ValueError: the key is shorter than 128 bits (keys are checked where they are read).
        """
        if len(key) < KEY_BYTES:
            message = "a key of at least 128 bits is needed"
            raise ValueError(message)
        self._key = key
        self._client = client
        self._words = words
        self._code_of: dict[str, str] = {}
        self._text_of: dict[str, str] = {}
        self._shown: dict[str, str] = {}

    def of(self, text: str, length: int = LONG) -> str:
        """Return the code of a text, of at least so many letters and digits; "" for no text."""
        if not text:
            return ""
        if text not in self._code_of:
            digest = hmac.digest(self._key, f"{self._client}\0{text}".encode(), "sha256")
            letters = base64.b32encode(digest).decode("ascii")
            while self._text_of.get(letters[:length], text) != text:
                length += 1
            self._code_of[text] = letters[:length]
            self._text_of[letters[:length]] = text
        return self._code_of[text]

    def shown(self, what: str, text: str, length: int = SHORT) -> str:
        """Return what stands for a text that names something, such as a `person`: its code, after the word for it.

        Where there is no word it is the code alone, as long as codes of ids are.
        """
        if not text:
            return ""
        word = self._words.get(what)
        said = f"{word} {self.of(text, length)}" if word else self.of(text)
        self._shown.setdefault(text, said)
        return said

    def subject(self, text: str) -> str:
        """Return what stands for whom or what a recommendation is about: a cell coded before, or several by `/`."""
        if text in self._shown or "/" not in text:
            return self._shown.get(text) or self.of(text)
        return "/".join(self._shown.get(part) or self.of(part) for part in text.split("/"))
