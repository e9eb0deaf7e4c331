"""The JSON Schema of `figures.json` (draft 7), made of the data dictionary."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.model.dictionary import HEAD, section_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retention_reports.model.dictionary import KeyEntry, SectionEntries

Schema: TypeAlias = "dict[str, object]"

UNITS: Mapping[str, tuple[Schema, str]] = {
    "money": ({"type": "number"}, "currency units with two decimals, rounded half up"),
    "count": ({"type": "integer"}, "a whole number"),
    "number": ({"type": "number"}, "any other number"),
    "share": (
        {"type": "number", "minimum": 0, "maximum": 1},
        "k of n with six decimals, 0 to 1; beside it `<key>_k` and `<key>_n`, both counts",
    ),
    "money share": (
        {"type": "number"},
        "the same of amounts: `<key>_k` and `<key>_n` are money, and credit notes may lead below 0 and above 1",
    ),
    "ratio": ({"type": "number"}, "k ÷ n, which may be more than 1; beside it `<key>_k` and `<key>_n`, both counts"),
    "fraction": ({"type": "number"}, "a part of one whole without its base: 0.25 is 25 %"),
    "points": ({"type": "number"}, "a difference of two shares or rates: 0.05 is five points"),
    "mean": ({"type": "number"}, "a mean with six decimals; beside it `<key>_n`, of how many"),
    "score": ({"type": "number", "minimum": 0, "maximum": 10}, "0 to 10"),
    "days": ({"type": "number"}, "days"),
    "months": ({"type": "integer"}, "calendar months"),
    "years": ({"type": "number"}, "years"),
    "day": ({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, "ISO 8601, `2026-09-30`"),
    "month": ({"type": "string", "pattern": r"^\d{4}-\d{2}$"}, "ISO 8601, `2026-09`"),
    "quarter": (
        {"type": "string", "pattern": r"^\d{4}-Q[1-4]$"},
        "`2026-Q3`, after the calendar year that its fiscal year starts in",
    ),
    "id": ({"type": "string"}, "a text that names one thing, as in the client's files or as we name it"),
    "name": ({"type": "string"}, "a word of the client's own"),
    "text": ({"type": "string"}, "a text to read"),
    "word": ({"type": "string"}, "a fixed word of ours, which a program may rely on"),
    "flag": ({"type": "boolean"}, "true or false"),
    "object": ({"type": "object"}, "figures by name"),
    "list": ({"type": "array"}, "objects, each with the keys below it, written `list[].key`"),
}
"""By name: what JSON Schema says of the unit, and what a reader is told. Each may be null where it is not known."""

_LIST_OF = "list of "
_BASES: Mapping[str, Mapping[str, str]] = {
    "share": {"_k": "count", "_n": "count"},
    "money share": {"_k": "money", "_n": "money"},
    "mean": {"_n": "count"},
    "ratio": {"_k": "count", "_n": "count"},
}
"""What stands beside a key of such a unit: the ending, and its own unit."""

_WITHOUT_MISSING = ("recommendations", "restated")
_MAY_BE_ABSENT = ("restated",)
_MISSING: Schema = {
    "description": "what is null, and why",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"key": {"type": "string"}, "reason": {"type": "string"}},
        "required": ["key", "reason"],
        "additionalProperties": False,
    },
}


def schema_json(sections: Iterable[str]) -> str:
    """Return the schema of `figures.json` with these sections as JSON with a final line break."""
    properties = dict(_Parts(section_entries(HEAD)).below(""))
    for name in sections:
        properties[name] = _section(name)
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "figures.json",
        "description": "every figure of a report; generated from the data dictionary of retention-reports",
        **_object(properties, [name for name in properties if name not in _MAY_BE_ABSENT]),
        "definitions": _definitions(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _section(name: str) -> Schema:
    section = section_entries(name)
    parts = _Parts(section)
    properties = parts.below("")
    required = parts.required("")
    if name not in _WITHOUT_MISSING:
        properties, required = {**properties, "missing": _MISSING}, [*required, "missing"]
    described: Schema = {"description": section.about}
    if section.is_list:
        return {**described, "type": "array", "items": _object(properties, required)}
    return {**described, **_object(properties, required)}


def _object(properties: Mapping[str, Schema], required: Sequence[str]) -> Schema:
    if "*" in properties:
        return {"type": "object", "additionalProperties": properties["*"]}
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


class _Parts:
    """The entries of a section by the key of the whole that they are part of."""

    def __init__(self, section: SectionEntries) -> None:
        self._parts: dict[str, list[KeyEntry]] = {}
        for entry in section.entries:
            self._parts.setdefault(entry.key.rpartition(".")[0], []).append(entry)

    def below(self, whole: str) -> dict[str, Schema]:
        """Return the schemas of all that stands in an object, by their names there."""
        found: dict[str, Schema] = {}
        for entry in self._parts.get(whole, ()):
            found[entry.name] = self._schema(entry)
            for ending, unit in _BASES.get(entry.unit, {}).items():
                found[entry.name + ending] = _of(unit)
        return found

    def required(self, whole: str) -> list[str]:
        """Return the names of what every such object has."""
        entries = [entry for entry in self._parts.get(whole, ()) if not entry.may_be_absent]
        return [entry.name + ending for entry in entries for ending in ("", *_BASES.get(entry.unit, ()))]

    def _schema(self, entry: KeyEntry) -> Schema:
        if entry.unit.startswith(_LIST_OF):
            items = _of(entry.unit.removeprefix(_LIST_OF))
            return {"description": entry.definition, "type": ["array", "null"], "items": items}
        described: Schema = {"description": entry.definition}
        if entry.unit not in ("list", "object"):
            return {**described, **_of(entry.unit)}
        whole = _object(self.below(entry.key), self.required(entry.key))
        if entry.unit == "list":
            return {**described, "type": ["array", "null"], "items": whole}
        return {**described, **whole, "type": ["object", "null"]}


def _of(unit: str) -> Schema:
    return {"$ref": f"#/definitions/{unit}"}


def _definitions() -> Schema:
    told = ((name, schema, said) for name, (schema, said) in UNITS.items() if name not in ("list", "object"))
    return {name: {"description": said, **schema, "type": [schema["type"], "null"]} for name, schema, said in told}
