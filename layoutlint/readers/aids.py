"""What a reader may ask for where a file does not say enough, each only where the user allows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from layoutlint.architecture.config_values import Json
    from layoutlint.model.graph import Graph

Infer: TypeAlias = Callable[[bytes], bytes]
"""From the bytes of a GraphDef, of a SavedModel or of the JSON of a GraphDef to those with all shapes; raises
UnreadableError with the reason (:mod:`layoutlint.readers.tensorflow_shapes`)."""

Build: TypeAlias = "Callable[[Mapping[str, Json]], Graph | None]"
"""From a class and the arguments of its constructor to the model that it builds; None for a class that is in
none of the packages that are followed (:mod:`layoutlint.readers.stored_class`)."""


class Aids(Struct, frozen=True):
    """What may be asked: None for what may not."""

    infer: Infer | None = None
    build: Build | None = None


NO_AIDS: Final = Aids()
