"""Facts about weights that a program puts into a layer with ``set_weights``.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from msgspec import Struct

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.layer_view import TABLE, LayerView, spoken
from layoutlint.facts.stored_weights import needed_weights
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Layer, Tensor
from layoutlint.model.sizes import Size, equal


class Misfit(Struct, frozen=True):
    """A weight that is given in another shape than the layer has it."""

    owner: Call
    name: str
    given: Shape
    needed: Shape


def misfit(view: LayerView) -> Misfit | None:
    """Return the first of the given weights that the layer cannot take."""
    owner = view.layer.config.get("owner") if view.layer.class_name == "set_weights" else None
    uses = view.index.calls_of.get(id(owner), []) if isinstance(owner, Layer) else []
    if not uses:
        return None
    used = LayerView(view.index, uses[0])
    needed = needed_weights(used, used.shape)
    given = [tensor.shape for tensor in view.call.input_tensors if isinstance(tensor, Tensor)]
    if needed is None or len(given) != len(needed):
        return None
    for (name, sizes), shape in zip(needed.items(), given, strict=True):
        if shape is not None and not _may_be(shape, sizes):
            return Misfit(uses[0], name, shape, Shape.of(*sizes))
    return None


def _may_be(shape: Shape, sizes: tuple[Size, ...]) -> bool:
    return shape.rank == len(sizes) and all(
        equal(axis.size, size) is not False for axis, size in zip(shape, sizes, strict=True)
    )


@TABLE.fact(Type.TEXT, "for `set_weights`: the name of the first weight that has another shape in the layer")
def misfit_weight(view: LayerView) -> Value:
    found = misfit(view)
    return "" if found is None else found.name


@TABLE.fact(Type.TEXT, "the layer that `misfit_weight` is of")
def misfit_owner(view: LayerView) -> Value:
    found = misfit(view)
    return UNKNOWN if found is None else spoken(found.owner)


@TABLE.fact(Type.TEXT, "the shape in which `misfit_weight` is given")
def misfit_given(view: LayerView) -> Value:
    found = misfit(view)
    return UNKNOWN if found is None else found.given.words


@TABLE.fact(Type.TEXT, "the shape that `misfit_weight` has in the layer")
def misfit_needed(view: LayerView) -> Value:
    found = misfit(view)
    return UNKNOWN if found is None else found.needed.words


@TABLE.fact(Type.TRUTH, "the given shape is the needed one with its axes the other way round")
def misfit_is_turned(view: LayerView) -> Value:
    found = misfit(view)
    return found is not None and _may_be(Shape(reversed(found.given)), found.needed.sizes)


@TABLE.fact(
    Type.TEXT,
    "for `misfit_is_turned`: the order of axes that makes a kernel of Keras (the outputs last) of one of "
    "PyTorch (the outputs first), as code",
)
def misfit_order(view: LayerView) -> Value:
    found = misfit(view)
    return UNKNOWN if found is None else shown((*range(2, found.given.rank), 1, 0))
