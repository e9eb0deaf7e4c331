"""What the library that checks settings finds wrong, as messages of our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.messages import Message, say
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LIMITS = {
    "greater_than_equal": ("settings.at_least", "ge"),
    "greater_than": ("settings.more_than", "gt"),
    "less_than_equal": ("settings.at_most", "le"),
    "less_than": ("settings.less_than", "lt"),
    "string_too_long": ("settings.too_long", "max_length"),
}
_TYPES = {
    "string_type": "settings.no_text",
    "int_type": "settings.no_whole_number",
    "int_from_float": "settings.no_whole_number",
    "float_type": "settings.no_number",
    "finite_number": "settings.no_number",
    "bool_type": "settings.no_truth",
    "date_type": "settings.no_day",
    "list_type": "settings.no_list",
    "dict_type": "settings.no_table",
    "model_type": "settings.no_table",
    "string_pattern_mismatch": "settings.no_id",
}
_QUOTED = re.compile(r"'([^']*)'")


def reason_of(fault: ErrorDetails) -> Message:
    """Return what is wrong with a value, and what to write instead."""
    kind, details = fault["type"], fault.get("ctx", {})
    given = _given(fault["input"])
    if kind in _LIMITS:
        key, limit = _LIMITS[kind]
        return say(key, given=given, limit=str(details[limit]))
    if kind in _TYPES:
        return say(_TYPES[kind], given=given)
    if kind == "literal_error":
        words = [shown(word) for word in _QUOTED.findall(str(details["expected"])) if word]
        return say("settings.none_of", given=given, known=", ".join(words))
    if kind == "missing":
        return say("settings.missing")
    error = details.get("error")
    reason = error.args[0] if isinstance(error, ValueError) else fault["msg"]
    return _with_value(reason if isinstance(reason, Message) else say("settings.as_said", reason=str(reason)), fault)


def _given(value: object) -> str | Message:
    if isinstance(value, str | int | float):
        return shown(str(value))
    return say("settings.the_value")


def _with_value(reason: Message, fault: ErrorDetails) -> Message:
    value = fault["input"]
    if isinstance(value, str | int | float) and str(value) not in str(reason):
        return say("settings.at", key=shown(str(value)), reason=reason)
    return reason
