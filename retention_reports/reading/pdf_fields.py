"""What stands in the fields of a PDF form. The file comes from outside: it is never trusted to be a sound PDF."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PdfReader

_MOST_FIELDS = 2_000


def filled_fields(data: bytes) -> dict[str, str]:
    """Return the text of each field by its full name, in the order of the form; "" where nothing was filled in.

    Raises:
        UnreadableFileError: it is no PDF, has a password, or holds no fields.
    """
    from pypdf import PdfReader  # noqa: PLC0415 -- only a returned PDF needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends in a file is no news for the user
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted
        fields = {} if locked else _fields(reader)
    except Exception as problem:
        # A broken file makes the library raise nearly anything; none of it says more than this to the user.
        raise UnreadableFileError("not a PDF", say("returned.no_pdf")) from problem
    if locked:
        raise UnreadableFileError("locked PDF", say("returned.locked"))
    if not fields:
        raise UnreadableFileError("no form", say("returned.no_fields"))
    if len(fields) > _MOST_FIELDS:
        message = say("returned.too_many_fields", count=len(fields), limit=_MOST_FIELDS)
        raise UnreadableFileError("too many fields", message)
    return fields


def _fields(reader: PdfReader) -> dict[str, str]:
    found = reader.get_fields() or {}
    return {str(name): _text(field) for name, field in found.items()}


def _text(field: Mapping[str, object]) -> str:
    value = field.get("/V")
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else ""
