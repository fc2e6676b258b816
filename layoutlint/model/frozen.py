"""Dataclasses that the type checker keeps from changing, at the price of ones that may change.

A frozen dataclass sets every field through ``object.__setattr__``, which doubles what it costs to make one,
and the evaluation of a program makes little else. Here ``frozen=True`` is what mypy holds the code to; at run
time the class has the same equality and the same hash, and plain assignments in its ``__init__``.

A ``msgspec.Struct`` is made faster still, but for a class with a metaclass ``isinstance`` takes twice as long
to say no: what ladders tell apart at every step is a dataclass, nearly all else a struct.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, eq: bool = True, slots: bool = False) -> Any:
        """As ``dataclasses.dataclass``; of ``frozen=True`` nothing but equality's hash is left."""

        def decorate(cls: type) -> type:
            hashed = frozen and eq and "__hash__" not in vars(cls)
            return dataclasses.dataclass(cls, eq=eq, slots=slots, unsafe_hash=hashed)

        return decorate
