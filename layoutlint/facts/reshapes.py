"""Facts about reshapes: which axes they keep, move, merge or cut, and in which order of values.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from layoutlint.facts.consumers import MAX_SEARCH, downstream
from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import keeps_axes, unwrapped
from layoutlint.facts.layer_errors import shaping_call
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.names import written_product
from layoutlint.facts.permutations import place_of_batch
from layoutlint.facts.positions import COUNTED
from layoutlint.facts.purpose import is_only_shown
from layoutlint.facts.rearrangement import Move, NamedMove, merged, move, named_move
from layoutlint.facts.roles import FEATURES, roles_of
from layoutlint.facts.spelled import transposed
from layoutlint.facts.trace import upstream
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.code import Code
from layoutlint.model.graph import Call, Tensor
from layoutlint.model.sizes import Expression, Size
from layoutlint.model.syntax_text import written

REFILL: Final = "refill"
"""``np.resize`` and ``x.resize``: the values in memory order, repeated or cut to the new number."""
LONGEST_LESSON: Final = 32
"""How many calls are looked at for whether all numbers are counted."""


AROUND_RESHAPE: Final = frozenset(
    [
        "reshape",
        "shape",
        "Reshape",
        "K",
        "backend",
        "keras",
        "tf_keras",
        "ops",
        "tf",
        "tensorflow",
        "np",
        "numpy",
    ]
)
"""Names in the code of a Lambda that does no more than a reshape, beside that of its argument."""


def _is_reshape(call: Call) -> bool:
    code = call.layer.config.get("function")
    if isinstance(code, Code) and call.layer.class_name == "Lambda":
        return "reshape" in code.names and len(code.names - AROUND_RESHAPE) <= 1
    return call.layer.class_name in ("Reshape", "reshape")


def _shape_of(tensors: Sequence[Tensor | None]) -> Shape | None:
    first = tensors[0] if tensors else None
    return first.shape if isinstance(first, Tensor) and isinstance(first.shape, Shape) else None


def _sizes_of(tensors: Sequence[Tensor | None]) -> tuple[Size, ...] | None:
    shape = _shape_of(tensors)
    return None if shape is None else shape.sizes


def _without_batch(shape: Shape) -> str:
    return (Shape(shape[1:]) if shape and shape[0].size is None else shape).words


def _written_target(view: LayerView) -> Sequence[object]:
    target = view.layer.config.get("shape")
    if isinstance(target, tuple) and len(target) == 1 and isinstance(target[0], list | tuple):
        target = target[0]  # the method: x.reshape((2, 3))
    return target if isinstance(target, list | tuple) else ()


def _move(view: LayerView) -> Move | NamedMove | None:
    """Return the move of axes that a reshape shows; None for other calls, and if it undoes another."""
    call = view.call
    if not (_is_reshape(call) or call.layer.class_name == REFILL) or call.error is not None:
        return None
    order = order_of(call)
    if order not in ("C", "F"):
        return None
    before, after = _sizes_of(view.inputs), _sizes_of(call.output_tensors)
    if before is None:
        return named_move(array_name(view), _written_target(view))
    earlier = _reshape_before(view.inputs[0])
    if after is None or (earlier is not None and _undoes(earlier, call, after)):
        return None
    if after[-2:] == before[:-3:-1] and _has_one_more_column(view.inputs[0]):
        return None
    if (
        call.layer.class_name == REFILL
        and sizes.equal(sizes.product(before), sizes.product(after)) is not True
    ):
        return None
    found = move(before, after, _channels_of(view), written_product(call))
    if found is not None and found.kind == "permutation" and _cuts_units(view, before, after):
        return None
    whole = None if earlier is None else _merged_by(earlier)
    if order == "F":
        # Fortran's order takes axes apart that C's order has merged, or changes their places
        is_torn = whole is not None and len(whole) > len(before) < len(_long(after))
        return (
            Move("moved axis", None) if is_torn else found if found and found.kind == "permutation" else None
        )
    return found if found is not None or whole is None else move(whole, after)


def _has_one_more_column(tensor: Tensor | None) -> bool:
    """Tell whether an array has just been given one more value on its last axis: a reshape that exchanges the
    last two then shifts each row by one more place, as scores of relative positions are shifted.

    Source: Dai et al., Transformer-XL, https://arxiv.org/abs/1901.02860, appendix B.
    """
    made = tensor.producer if tensor is not None else None
    if (
        tensor is None
        or made is None
        or made.layer.class_name not in ("pad", "concatenate")
        or not tensor.shape
    ):
        return False
    parts = [part.shape[-1].size for part in made.input_tensors if part.shape]
    return any(sizes.equal(sizes.add(part, 1), tensor.shape[-1].size) is True for part in parts)


def _cuts_units(view: LayerView, before: Sequence[Size], after: Sequence[Size]) -> bool:
    """Tell whether the last axis is made of the units of a Dense layer and is cut into whole rows: the units
    of each of 10 steps into 16 rows of 10. What they mean is learned.
    """
    made = shaping_call(view)
    if made is None or unwrapped(made.layer)[0].class_name != "Dense":
        return False
    old, new = _long(before)[-2:], _long(after)[-2:]
    row, units = new[-1], old[-1]
    is_cut = isinstance(row, int) and isinstance(units, int) and row < units and units % row == 0
    return is_cut and old == new[::-1]


def _long(shape: Sequence[Size]) -> list[Size]:
    """Return the sizes of a shape that are not 1."""
    return [size for size in shape if size != 1]


def _reshape_before(tensor: Tensor) -> Call | None:
    """Return the reshape or Flatten before a tensor, with nothing but layers that keep the axes between."""
    while tensor.producer is not None and len(tensor.producer.input_tensors) == 1:
        earlier = tensor.producer
        if _is_reshape(earlier) or earlier.layer.class_name == "Flatten":
            return earlier
        if not keeps_axes(earlier.layer):
            return None
        tensor = earlier.input_tensors[0]
    return None


def _is_counted(call: Call) -> bool:
    """Tell whether a call is on counted numbers alone, as in a lesson: their axes have no meaning to lose."""
    behind = list(upstream(call, LONGEST_LESSON))
    if len(behind) + 1 == LONGEST_LESSON or any(
        tensor.producer is None for each in (call, *behind) for tensor in each.input_tensors
    ):
        return False
    sources = [each.layer.class_name for each in behind if not each.input_tensors]
    return bool(sources) and all(name in COUNTED for name in sources)


def order_of(reshape: Call) -> object:
    return reshape.layer.config.get("order") or "C"


def _undoes(earlier: Call, call: Call, after: tuple[Size, ...]) -> bool:
    """Tell whether a reshape leads back to the shape that the one before it came from."""
    return _sizes_of(earlier.input_tensors) == after and order_of(earlier) == order_of(call)


def _merged_by(earlier: Call) -> tuple[Size, ...] | None:
    """Return the shape of the array whose neighbouring axes a reshape merges: ``x.reshape(n, -1)``; None for
    other reshapes.
    """
    before, after = _sizes_of(earlier.input_tensors), _sizes_of(earlier.output_tensors)
    if before is None or after is None or order_of(earlier) != "C":
        return None
    return before if merged(before, after) else None


def _channels_of(view: LayerView) -> set[int]:
    """Return the axes of a reshape's source that hold channels, by their role."""
    tensor = view.tensor
    if tensor is None or tensor.shape is None:
        return set()
    shape, told = tensor.shape, roles_of(view.index, tensor)
    return {
        place
        for place, (axis, role) in enumerate(zip(shape, told, strict=True))
        if (axis.role in FEATURES and place) or (role is not None and role.role in FEATURES)
    }


def array_name(view: LayerView) -> str | None:
    """Return what the program calls the array of unknown shape that an operation is given."""
    if view.tensor is not None:
        return view.tensor.name
    node = getattr(view.call.origin, "node", None)
    first = node.args[0] if isinstance(node, ast.Call) and node.args else None
    return written(first) if isinstance(first, ast.Name | ast.Attribute | ast.Subscript) else None


@TABLE.fact(
    Type.TEXT,
    "for a reshape whose target has the sizes of a transpose: `permutation` (the source's own axes in "
    "another order), `moved axis` (one axis in another position, the others merged or split), `moved "
    "pair` (height and width in another position, with a third axis split around them), `blocks` (pixels "
    "made of channels), `patches` (runs of pixels as long as square patches), `tiles` (an image and its "
    "tiles), `names` (by the names of the sizes), `like names` (of an array with a similar name); else the "
    "empty text, and for one whose result is only looked at",
    ("", "permutation", "moved axis", "moved pair", "blocks", "patches", "tiles", "names", "like names"),
)
def reshape_moves(view: LayerView) -> Value:
    found = _move(view)
    if found is None or (_is_reshape(view.call) and is_only_shown(view.call)):
        return ""
    if isinstance(found, NamedMove):
        if found.order is None:
            return "moved axis"
        return "names" if found.is_own else "like names"
    return "" if _is_counted(view.call) else found.kind


def _parts_of_batch(sizes_before: tuple[Size, ...], merged: Size) -> tuple[Size, Size] | None:
    """Return the first two sizes, where one is the free batch and a first size is their product."""
    if len(sizes_before) < 2 or not isinstance(merged, Expression):
        return None
    first, second = sizes_before[:2]
    factor = second if first is None else first if second is None else None
    whole = sizes.multiply(sizes.FREE_BATCH, factor) if isinstance(factor, int) and factor > 1 else None
    return (first, second) if whole is not None and sizes.equal(whole, merged) is True else None


def _merged_as(view: LayerView) -> tuple[Size, Size] | None:
    """Return how earlier reshapes merged the batch and an axis that this one takes apart in another order."""
    call = view.call
    before, after = _sizes_of(view.inputs), _sizes_of(call.output_tensors)
    if not _is_reshape(call) or not before or after is None:
        return None
    parts = _parts_of_batch(after, before[0])
    if parts is None:
        return None
    found = set()
    for earlier in upstream(call, MAX_SEARCH):
        given, made = _sizes_of(earlier.input_tensors), _sizes_of(earlier.output_tensors)
        if _is_reshape(earlier) and given is not None and made and made[0] == before[0]:
            found.add(_parts_of_batch(given, made[0]))
    return parts[::-1] if found == {parts[::-1]} else None


@TABLE.fact(
    Type.TEXT,
    "for a reshape that takes samples and another axis apart, `(heads, batch)`, which reshapes before it had "
    "merged in the other order: that order; the empty text for all else",
)
def merged_in_order(view: LayerView) -> Value:
    found = _merged_as(view)
    return "" if found is None else shown(tuple("batch" if size is None else size for size in found))


@TABLE.fact(Type.TEXT, "for a reshape: the shape that it is given, without a free batch")
def reshape_source(view: LayerView) -> Value:
    before = _shape_of(view.inputs)
    if before is None:
        name = array_name(view)
        return UNKNOWN if name is None else f"the axes of {name}"
    return _without_batch(before)


@TABLE.fact(Type.TEXT, "for a reshape: the shape that it makes, without a free batch")
def reshape_target(view: LayerView) -> Value:
    after = _shape_of(view.call.output_tensors)
    return UNKNOWN if after is None else _without_batch(after)


@TABLE.fact(Type.TEXT, "for a reshape used as a transpose: the transpose that gives the same shape, as code")
def transpose_instead(view: LayerView) -> Value:
    found = _move(view)
    if found is None or found.order is None:
        return UNKNOWN
    if view.layer.class_name == "Reshape":
        return f"Permute({shown(found.order[1:])})" if found.order[0] == 0 else UNKNOWN
    return transposed(view.call, shown(found.order))


def _may_have_rows(view: LayerView) -> bool:
    return view.layer.class_name == "reshape"


@TABLE.fact(
    Type.TRUTH,
    "a reshape of a model's tensors, whose batch a transpose has moved away from axis 0, puts values of "
    "several samples into each row",
    of_class=_may_have_rows,
)
def rows_mix_samples(view: LayerView) -> Value:
    if view.layer.class_name != "reshape" or view.shape is None:
        return False
    place = place_of_batch(view)
    if not place:
        return False
    kept = _values_of_a_row(view)
    target = _written_target(view)
    if kept is None and len(target) == 2 and target[1] == -1:
        kept = sizes.product([size for at, size in enumerate(view.shape.sizes) if at != place])
    of_a_sample = sizes.product(view.shape.sizes[place + 1 :])
    return isinstance(kept, int) and isinstance(of_a_sample, int) and kept > of_a_sample


@TABLE.fact(Type.TRUTH, "another reshape comes somewhere after this call")
def reshaped_later(view: LayerView) -> Value:
    return any(map(_is_reshape, downstream(view)))


@TABLE.fact(
    Type.SIZE,
    "for a reshape of a model's tensors whose first size is -1: into how many rows it cuts each sample (1 if "
    "the samples stay whole)",
    of_class=_may_have_rows,
)
def rows_of_a_sample(view: LayerView) -> Value:
    whole, kept = _values_of_a_sample(view), _values_of_a_row(view)
    if whole is None or kept is None or sizes.modulo(whole, kept) != 0:
        return UNKNOWN
    return sizes.floor_divide(whole, kept)


def _values_of_a_sample(view: LayerView) -> Size:
    return sizes.product(view.shape.sizes[1:]) if view.shape else None


def _values_of_a_row(view: LayerView) -> Size:
    """Return how many values a reshape with -1 in front puts into each row."""
    target = _written_target(view) if view.layer.class_name == "reshape" else ()
    if len(target) < 2 or target[0] != -1:
        return None
    kept: list[Size] = [size for size in target[1:] if isinstance(size, int | Expression)]
    return sizes.product(kept) if len(kept) == len(target) - 1 else None


@TABLE.fact(Type.SIZE, "the number of values of one sample of the input")
def sample_values(view: LayerView) -> Value:
    whole = _values_of_a_sample(view)
    return UNKNOWN if whole is None else whole


@TABLE.fact(
    Type.SIZE,
    "for a reshape whose first size is -1: the number of values of a row, after that axis",
    of_class=_may_have_rows,
)
def row_values(view: LayerView) -> Value:
    kept = _values_of_a_row(view)
    return UNKNOWN if kept is None else kept


@TABLE.fact(
    Type.TRUTH,
    "neither `row_values` goes into `sample_values` nor the other way round",
    of_class=_may_have_rows,
)
def uneven_rows(view: LayerView) -> Value:
    whole, kept = _values_of_a_sample(view), _values_of_a_row(view)
    if not isinstance(whole, int) or not isinstance(kept, int) or not whole or not kept:
        return UNKNOWN
    return whole % kept != 0 and kept % whole != 0
