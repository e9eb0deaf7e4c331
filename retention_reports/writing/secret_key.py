"""The secret key of codes in place of names: given by the environment, or kept outside of every repository."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say
from retention_reports.model.codes import KEY_BYTES
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retention_reports.messages import Message

VARIABLE = "RETENTION_REPORTS_KEY"
FILE = "pseudonyms.key"
_NEW_KEY_BYTES = 32


@record
class SecretKey:
    """A key, and whether it was made just now."""

    key: bytes
    is_new: bool = False

    def __repr__(self) -> str:
        """Tell nothing of the key: traces and logs show it."""
        return "SecretKey(…)"


def pseudonym_key(environment: Mapping[str, str], folder: Path) -> SecretKey:
    """Return the key that the environment gives, else the one kept in the user's folder, else a new one kept there.

    A pipeline's machine forgets what it keeps, so that a key made there would give other codes the next time: none is
    made where the environment names itself CI.

    Raises:
        RetentionReportsError: the key is no key, or none can be kept.
    """
    given = environment.get(VARIABLE, "")
    if given:
        return SecretKey(_read(given, say("secret.unusable_variable", variable=VARIABLE)))
    path = folder / FILE
    try:
        return _kept(path)
    except FileNotFoundError:
        if environment.get("CI"):
            raise RetentionReportsError(say("secret.none_in_pipeline", variable=VARIABLE)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RetentionReportsError(say("secret.unreadable", path=path.as_posix(), reason=str(error))) from error
    try:
        return _made(path)
    except OSError as error:
        message = say("secret.not_kept", path=path.as_posix(), reason=error.strerror or "", variable=VARIABLE)
        raise RetentionReportsError(message) from error


def _kept(path: Path) -> SecretKey:
    text = path.read_text(encoding="ascii")
    return SecretKey(_read(text, say("secret.unusable_file", path=path.as_posix())))


def _made(path: Path) -> SecretKey:
    """Keep a new key that nobody else may read; whoever comes second at the same moment takes the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(_NEW_KEY_BYTES)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _kept(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key.hex()}\n")
    return SecretKey(key, is_new=True)


def _read(text: str, message: Message) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES:
        raise RetentionReportsError(message)
    return key
