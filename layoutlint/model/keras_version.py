"""The version of Keras that code is written for: 1, 2 or 3, as far as anything says so."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import Struct

Version: TypeAlias = Literal[1, 2, 3]

VERSIONS: Final[tuple[Version, ...]] = (1, 2, 3)
LATEST: Final[Version] = 3
BEFORE_3: Final[frozenset[Version]] = frozenset([1, 2])
ONLY_3: Final[frozenset[Version]] = frozenset([3])


class KerasVersion(Struct, frozen=True):
    """A version with the reason for it; None where nothing says which one it is."""

    number: Version | None = None
    reason: str = "the version of Keras is unknown"

    def __str__(self) -> str:
        return f"Keras {self.number or 'of an unknown version'}: {self.reason}"


OPEN: Final = KerasVersion()


def refuses(versions: frozenset[Version]) -> str:
    """``Keras 3 refuses``, ``Keras 1 and 2 refuse``: the subject and verb of a message."""
    if versions == BEFORE_3:
        return "Keras 2 refuses"
    names = " and ".join(map(str, sorted(versions)))
    return f"Keras {names} refuse{'s' if len(versions) == 1 else ''}"
