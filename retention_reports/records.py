"""Data classes that nobody changes, for a quarter of the standard library's time at every start.

The standard library writes six methods for each class. Here one is written, and the others are shared by all.
"""

from __future__ import annotations

from dataclasses import dataclass
from reprlib import recursive_repr
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def record(cls: type[_Class]) -> type[_Class]:
    """Make a class a data class whose objects are compared and hashed by their fields, as with `frozen=True`.

    Assignments to fields are refused by mypy, not while the program runs.
    """
    made = dataclass(repr=False, eq=False)(cls)
    for name, method in (("__repr__", _shown), ("__eq__", _is_equal), ("__hash__", _hashed)):
        if name not in vars(cls):
            setattr(made, name, method)
    return made


def _values(item: DataclassInstance) -> tuple[object, ...]:
    return tuple([getattr(item, name) for name in item.__dataclass_fields__])


@recursive_repr()
def _shown(self: DataclassInstance) -> str:
    values = zip(self.__dataclass_fields__, _values(self), strict=True)
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in values)})"


def _is_equal(self: DataclassInstance, other: object) -> bool:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hashed(self: DataclassInstance) -> int:
    return hash(_values(self))
