"""Trained weights beside the ones that a layer needs, and what they say about the layer's input.

A file names weights, or numbers them in Keras's order. What cannot be told apart is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.sizes import Expression, Size, unknown_size

Sizes: TypeAlias = tuple[Size, ...]
Stored: TypeAlias = Mapping[str, tuple[int, ...]]

STEPWISE: Final = "TimeDistributed"
WRAPPERS: Final = frozenset(["TimeDistributed", "Bidirectional"])


class Weight(Struct, frozen=True):
    """A weight of a layer: the shape that is stored, and the one that configuration and input need."""

    name: str
    stored: tuple[int, ...]
    needed: Sizes

    @property
    def fits(self) -> bool:
        """Whether the stored shape may be the needed one."""
        return all(
            not isinstance(needed, int) or needed == stored
            for stored, needed in zip(self.stored, self.needed, strict=True)
        )


def paired(stored: Stored, needed: Mapping[str, Sizes]) -> list[Weight] | None:
    """Return the stored weights beside the needed ones; None where they cannot be told apart."""
    found: list[Weight] = []
    have, want = _by_part(stored), _by_part(needed)
    for part, names in want.items():
        own = have.get(part, [])
        if len(own) != len(names):
            return None
        if all(name.isdigit() for name in own):
            numbered = dict(zip(names, sorted(own, key=int), strict=True))
        elif set(own) == set(names):
            numbered = {name: name for name in names}
        else:
            return None
        for name in names:
            weight = Weight(f"{part}{name}", stored[part + numbered[name]], needed[part + name])
            if len(weight.stored) != len(weight.needed):
                return None  # an arrangement that nobody here knows
            found.append(weight)
    return found


def _by_part(names: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names of the weights by the part of the layer that they are in: ``query/kernel``,
    ``kernel``.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for full in names:
        part, slash, name = full.rpartition("/")
        if not name.startswith("lora_"):  # an adapter is saved as part of the kernel
            found[part + slash].append(name)
    return found


def input_of(layer: Layer, known: Shape | None) -> Shape | None:
    """Return the input shape of a layer with the sizes that its trained weights say; None where they say
    nothing.

    ``known`` is what is known of the input without them. Sizes that are known, or free, stay.
    """
    inner = layer.config.get("layer")
    if layer.class_name in WRAPPERS and isinstance(inner, Layer):
        return _of_wrapped(layer.class_name, inner, known)
    spec = spec_of(layer) if layer.kind == "layer" and layer.network is None else None
    if spec is None or spec.many or not layer.stored:
        return None
    start = known if known is not None else None if spec.rank is None else Shape.unknown(spec.rank)
    if start is None or (spec.rank is not None and start.rank != spec.rank):
        return None
    batch, *rest = start
    asked = Shape((batch, *(axis.sized(unknown_size()) if _is_open(axis) else axis for axis in rest)))
    needed = spec.weights_for(LayerArguments(layer.class_name, layer.config), asked)
    weights = None if needed is None else paired(layer.stored, needed)
    if not weights or not all(weight.fits for weight in weights):
        return None
    said: dict[Size, set[int]] = defaultdict(set)
    for weight in weights:
        for size, trained in zip(weight.needed, weight.stored, strict=True):
            if isinstance(size, Expression):
                said[size].add(trained)
    told = {size: next(iter(found)) for size, found in said.items() if len(found) == 1}
    if not any(_is_open(axis) and axis.size in told for axis in asked[1:]):
        return None
    return Shape(axis.sized(told[axis.size]) if axis.size in told else axis for axis in asked)


def _of_wrapped(wrapper: str, inner: Layer, known: Shape | None) -> Shape | None:
    if wrapper != STEPWISE:
        return input_of(inner, known)
    step = None if known is None or known.rank < 2 else Shape((known[0], *known[2:]))
    found = input_of(inner, step)
    if found is None:
        return None
    time = Axis(unknown_size()) if known is None else known[1]
    return Shape((found[0], time, *found[1:]))


def _is_open(axis: Axis) -> bool:
    return isinstance(axis.size, Expression)
