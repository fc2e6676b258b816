"""``X[i] = image``: an array that is stored in a place of another array, as loaders do it.

A value that does not fit goes into the graph as an operation of its own, with what numpy would say; a value
that fits leaves no trace. Source: "Assigning values to indexed arrays" and "Broadcasting",
https://numpy.org/doc/stable/user/basics.indexing.html.
"""

from __future__ import annotations

import ast
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from layoutlint.inference.pixels import MAX_PARTS
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import Scope, Value
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.graph import Call, Layer, Tensor
from layoutlint.model.sizes import Expression

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator

STORE: Final = "store"
"""The class name of the operation."""


def note(
    ev: Evaluator, container: Tensor, key: Value, value: Value, target: ast.Subscript, scope: Scope
) -> None:
    """Put ``container[key] = value`` into the graph if numpy refuses it."""
    array = array_of(value)
    made = container.producer
    if made is not None and len(made.filled) <= MAX_PARTS:
        made.filled.append(array or Tensor(None))
    if array is None or array.shape is None or container.shape is None or container.shape.rank < 2:
        return
    if isinstance(key, bool) or not isinstance(key, int | Expression):
        return  # what is not known may choose several places, as np.tril_indices does
    slot = Shape(container.shape[1:])
    rows = container.shape[0].size
    if isinstance(key, int) and isinstance(rows, int) and not -rows <= key < rows:
        said = f"index {key} is out of bounds for axis 0 with size {rows}"
        _refuse(ev, array, target, scope, ShapeError(ErrorKind.SIZE, said, index=key, rows=rows), slot)
        return
    if _fits(array.shape, slot):
        return
    said = f"could not broadcast input array from shape {array.shape} into shape {slot}"
    _refuse(ev, array, target, scope, ShapeError(ErrorKind.MERGE, said), slot)


def _refuse(
    ev: Evaluator, array: Tensor, target: ast.Subscript, scope: Scope, error: ShapeError, slot: Shape
) -> None:
    origin = ev.origin(target, scope)
    layer = Layer(STORE, {"slot": slot.sizes}, origin, None, "operation")
    ev.record(Call(layer, array, {}, origin, error=error, conditions=tuple(ev.conditions)))


def _fits(given: Shape, slot: Shape) -> bool:
    """Tell whether one can be stretched to the other, as far as sizes are known."""
    pairs = zip_longest(reversed(given.sizes), reversed(slot.sizes), fillvalue=1)
    return all(
        one == 1 or one == other for one, other in pairs if isinstance(one, int) and isinstance(other, int)
    )
