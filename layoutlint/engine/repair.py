"""What a fix needs to know, gathered while the graph is at hand: places and sizes, as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from layoutlint.facts.declaration import DeclarationView
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.layer import LayerView, _shaping
from layoutlint.facts.target import TargetView
from layoutlint.facts.trace import MOVING, SLICING, is_array
from layoutlint.model.axes import Shape
from layoutlint.model.findings import Passage, Repair, Sizes
from layoutlint.model.graph import Call, Declaration, Tensor
from layoutlint.model.sizes import Expression, Size

MAX_ARRAYS = 16


def of_call(view: LayerView, channel_axis: object = None, nearest_data_format: object = None) -> Repair:
    """For a finding about one use of a layer; ``channel_axis`` is where its input has the channels,
    ``nearest_data_format`` how the layers right before it work.
    """
    missing: int | None = None
    if view.call.error is not None:
        wanted, found = (view.call.error.facts.get(name) for name in ("expected", "found"))
        missing = wanted - found if isinstance(wanted, int) and isinstance(found, int) else None
    before = _shaping(view)
    nearest = nearest_data_format if isinstance(nearest_data_format, str) else None
    if "size_order" in view.call.layer.config:
        # the size that a function over images is told: the layer's own place is that of the argument
        return Repair(declared=Passage(view.call.layer.class_name, view.call.layer.origin.locate()))
    return Repair(
        layer=constructor(view.call),
        declared=None if view.declaration is None else _declared(view.declaration),
        argument=None if view.declaration is None else view.declaration.argument,
        way=() if view.trace is None else tuple(map(passage, view.trace.calls)),
        shaping=None if before is None else constructor(before),
        arrays=() if view.declaration is None else tuple(_arrays(view.index, view.declaration)),
        data_format=nearest if view.earlier is None else view.earlier[1],
        missing=missing,
        axis=channel_axis if isinstance(channel_axis, int) else None,
    )


def of_declaration(view: DeclarationView) -> Repair:
    """For a finding about a shape that was written down."""
    return Repair(
        layer=None if view.reader is None else constructor(view.reader),
        declared=_declared(view.declaration),
        argument=view.declaration.argument,
    )


def of_target(view: TargetView) -> Repair:
    """For a finding about a target: the last recurrent layer, and the loss."""
    loss, recurrent = view.loss, view.last_recurrent
    return Repair(
        shaping=None if recurrent is None else constructor(recurrent),
        loss=None if loss is None or loss.name is None else Passage(loss.name, loss.origin.locate()),
    )


def passage(call: Call) -> Passage:
    """One call as plain data; several inputs or outputs have no sizes of their own."""
    place = call.origin if call.layer.kind == "operation" else call.layer.origin
    return Passage(
        call.layer.class_name, place.locate(), _only(call.input_tensors), _only(call.output_tensors)
    )


def constructor(call: Call) -> Passage:
    """The innermost layer's constructor, with what the call reads and gives."""
    inner, _ = unwrapped(call.layer)
    place = call.origin if call.layer.kind == "operation" else inner.origin
    return Passage(inner.class_name, place.locate(), _only(call.input_tensors), _only(call.output_tensors))


def _declared(declaration: Declaration) -> Passage:
    return Passage(
        declaration.layer.class_name, declaration.origin.locate(), None, sizes_of(declaration.shape)
    )


def _arrays(index: Index, declaration: Declaration) -> Iterator[Passage]:
    """The operations on arrays whose samples have the declared shape, as far as sizes tell."""
    wanted = declaration.shape.sizes
    found = 0
    for call in index.graph.calls:
        if call.layer.kind != "operation" or call.layer.class_name not in MOVING | SLICING:
            continue
        outputs = [tensor for tensor in call.output_tensors if isinstance(tensor, Tensor)]
        shape = outputs[0].shape if len(outputs) == 1 else None
        if shape is None or shape.rank != len(wanted) + 1 or not is_array(call):
            continue
        before = _only(call.input_tensors)
        if before is not None and before[1:] == sizes_of(shape)[1:]:
            continue
        if not all(map(_may_equal, shape.sizes[1:], wanted)):
            continue
        yield passage(call)
        found += 1
        if found == MAX_ARRAYS:
            return


def _may_equal(one: Size, other: Size) -> bool:
    if isinstance(one, Expression) or isinstance(other, Expression):
        # a size that is written out as 1 is an axis that somebody added
        return 1 not in (one, other)
    return one == other


def _only(tensors: list[Tensor]) -> Sizes | None:
    shape = tensors[0].shape if len(tensors) == 1 and isinstance(tensors[0], Tensor) else None
    return None if shape is None else sizes_of(shape)


def sizes_of(shape: Shape) -> Sizes:
    """A shape as plain data."""
    return tuple(str(size) if isinstance(size, Expression) else size for size in shape.sizes)
