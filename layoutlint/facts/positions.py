"""Facts about positions that are added to a sequence: whether they count its steps, or the samples.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.batch_axis import has_batch
from layoutlint.facts.broadcasts import PAIRING
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor
from layoutlint.model.sizes import Expression, Size, holds_batch

COUNTED: Final = frozenset(["arange", "linspace"])
WAVES: Final = frozenset(["sin", "cos"])
ADDING: Final = PAIRING | {"Add"}
MAX_WAY: Final = 64


def _is_of_positions(tensor: Tensor) -> bool:
    """Tell whether an array is made of counted numbers alone, by sines and cosines or by an Embedding."""
    queue = [tensor]
    counts = codes = False
    for place, current in enumerate(queue):
        made = current.producer
        if made is None or place >= MAX_WAY or made.layer.kind in ("input", "model"):
            return False
        name = made.layer.class_name
        if made.layer.kind == "layer" and name != "Embedding":
            return False
        counts |= name in COUNTED
        codes |= name in WAVES or name == "Embedding"
        if not made.input_tensors and not made.filled and name not in COUNTED and not _is_constant(made):
            return False
        queue += [*made.input_tensors, *made.filled]
    return counts and codes


def _is_constant(call: Call) -> bool:
    return call.layer.class_name in ("zeros", "ones", "empty", "log", "array")


def _along_batch(view: LayerView) -> Tensor | None:
    """Return positions that lie along the batch of what they are added to, one for all steps of a sample."""
    tensors = view.call.input_tensors
    if view.layer.class_name not in ADDING or len(tensors) != 2:
        return None
    for values, positions in (tensors, reversed(tensors)):
        one, other = values.shape, positions.shape
        if one is None or other is None or one.rank != other.rank or one.rank < 3 or one[0].size is not None:
            continue
        if other[1].size != 1 or one[1].size == 1 or not _counts_samples(other[0].size):
            continue
        if has_batch(view.index, values) and _is_of_positions(positions):
            return positions
    return None


def _counts_samples(size: Size) -> bool:
    """Tell whether a size is the batch, cut from it, or a number that the batch must be."""
    if isinstance(size, Expression):
        return holds_batch(size)
    return size is None or size > 1


@TABLE.fact(
    Type.TEXT,
    "positions that are added to a batch of sequences along its axis 0, the samples, with one value for all "
    "steps of a sample: their shape, `(batch, 1, 32)`; the empty text for all else",
    of_class=lambda view: view.layer.class_name in ADDING,
)
def positions_of_samples(view: LayerView) -> Value:
    found = _along_batch(view)
    return "" if found is None else str(found.shape)


@TABLE.fact(Type.TEXT, "the shape of what the positions of `positions_of_samples` are added to")
def shape_with_positions(view: LayerView) -> Value:
    found = _along_batch(view)
    shapes = [t.shape for t in view.call.input_tensors if t is not found and isinstance(t.shape, Shape)]
    return UNKNOWN if found is None or not shapes else str(shapes[0])
