"""Data classes made in a fraction of the time are like those of the standard library."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from functools import cached_property

from retention_reports.records import record


@record
class Fast:
    """What the program uses."""

    name: str
    numbers: tuple[int, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    @cached_property
    def length(self) -> int:
        """Something computed later, which is no field."""
        return len(self.name)


@dataclass(frozen=True)
class Slow:
    """The same by the standard library."""

    name: str
    numbers: tuple[int, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


@record
class Own:
    """Says for itself how it is shown."""

    name: str

    def __repr__(self) -> str:
        """Return the name alone."""
        return self.name


@record
class Other:
    """Has the same fields as another class."""

    name: str


def test_objects_are_shown_as_the_standard_library_shows_them() -> None:
    assert repr(Fast("a", (1, 2))) == repr(Slow("a", (1, 2))).replace("Slow", "Fast")
    assert repr(Own("a")) == "a"


def test_objects_are_equal_where_class_and_fields_are() -> None:
    one, same = Fast("a", (1,)), Fast("a", (1,))
    assert one.length == 1

    assert one == same
    assert one != replace(one, name="b")
    assert Own("a").__eq__(Other("a")) is NotImplemented


def test_equal_objects_have_one_hash() -> None:
    assert len({Other("a"), Other("a"), Other("b")}) == 2
    assert hash(Other("a")) == hash(("a",))


def test_objects_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Fast("a", (1,), {"b": "c"}))) == Fast("a", (1,), {"b": "c"})  # noqa: S301 -- our own
