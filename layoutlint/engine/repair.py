"""What a fix needs to know, gathered while the graph is at hand: places and sizes, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from layoutlint.facts.declaration import DeclarationView
from layoutlint.facts.feed import FeedView
from layoutlint.facts.given_weights import Misfit, misfit
from layoutlint.facts.index import Index, keeps_axes, unwrapped
from layoutlint.facts.layer_errors import shaping_call
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.registry import Facts
from layoutlint.facts.target import TargetView
from layoutlint.facts.trace import MOVING, SLICING, is_array
from layoutlint.inference import labels
from layoutlint.inference.losses import Wants
from layoutlint.model.axes import Shape
from layoutlint.model.findings import ANSWERING, Passage, Repair, Sizes
from layoutlint.model.graph import Call, Declaration, Tensor
from layoutlint.model.sizes import Expression, Size

MAX_ARRAYS = 16
BINARY = ("binary_crossentropy", "binary_focal_crossentropy")
"""Losses of one value that says yes or no."""


def of_call(facts: Facts) -> Repair:
    """Gather what a fix needs for a finding about one use of a layer."""
    view: LayerView = facts.view
    channel_axis, nearest_data_format = facts["channel_axis"], facts["nearest_data_format"]
    suited, wrong = facts["suited_class"], misfit(view)
    missing: int | None = None
    if view.call.error is not None:
        wanted, found = (view.call.error.facts.get(name) for name in ("expected", "found"))
        missing = wanted - found if isinstance(wanted, int) and isinstance(found, int) else None
    elif isinstance(facts["lacking_rows"], int):
        missing = facts["lacking_rows"]
    before = shaping_call(view)
    nearest = nearest_data_format if isinstance(nearest_data_format, str) else None
    if "size_order" in view.call.layer.config:
        # the size that a function over images is told: the layer's own place is that of the argument
        return Repair(declared=Passage(view.call.layer.class_name, view.call.layer.origin.locate()))
    return Repair(
        layer=constructor(view.call if wrong is None else wrong.owner),
        declared=None if view.declaration is None else _declared(view.declaration),
        argument=None if view.declaration is None else view.declaration.argument,
        way=() if view.trace is None else tuple(map(passage, view.trace.calls)),
        shaping=None if before is None else constructor(before),
        arrays=() if view.declaration is None else tuple(_arrays(view.index, view.declaration)),
        data_format=nearest if view.earlier is None else view.earlier[1],
        missing=missing,
        axis=channel_axis if isinstance(channel_axis, int) else None,
        head=_head(view.tensor, view.call),
        sizes=_of_table(facts, wrong),
        suited=suited if isinstance(suited, str) else None,
    )


def _of_table(facts: Facts, wrong: Misfit | None) -> tuple[tuple[str, int], ...]:
    """Return the sizes of an Embedding, as its matrix or the ids that it looks up have them."""
    rows, columns = facts["matrix_rows"], facts["matrix_columns"]
    if wrong is not None and unwrapped(wrong.owner.layer)[0].class_name == "Embedding":
        rows, columns = wrong.given.sizes if wrong.given.rank == 2 else (None, None)
    size, lacking = facts["vocabulary_size"], facts["lacking_rows"]
    if isinstance(size, int) and isinstance(lacking, int) and lacking > 0:
        rows = size + lacking
    return _whole({"input_dim": rows, "output_dim": columns})


def of_declaration(view: DeclarationView) -> Repair:
    """Gather what a fix needs for a finding about a shape that was written down."""
    return Repair(
        layer=None if view.reader is None else constructor(view.reader),
        declared=_declared(view.declaration),
        argument=view.declaration.argument,
    )


def of_target(view: TargetView) -> Repair:
    """Gather what a fix needs for a finding about a target: the last layers of the model, and the loss."""
    loss, recurrent, answer = view.loss, view.last_recurrent, _answer(view.model_side)
    return Repair(
        layer=None if answer is None else constructor(answer),
        shaping=None if recurrent is None else constructor(recurrent),
        loss=None if loss is None or loss.name is None else Passage(loss.name, loss.origin.locate()),
        head=None if answer is None else _head(answer.input_tensors[0], answer),
        sizes=_whole({"units": _values(view)}),
        labels=_labels(view),
    )


def _values(view: TargetView) -> Size:
    """Return how many values the output must have for the target; None where nobody can say."""
    if view.array is None or view.target is None or not view.target.rank:
        return None
    classes = labels.classes_of(view.array)
    last = view.target[-1].size if view.target.rank > 1 else 1
    if view.wants is Wants.LABELS or not isinstance(last, int):
        return classes
    if last != 1 or view.loss is None or view.loss.name not in BINARY:
        return last
    return classes if classes is not None and classes > 2 else 1


def _labels(view: TargetView) -> Literal["one-hot", "numbers"] | None:
    if view.array is None:
        return None
    if labels.is_one_hot(view.array):
        return "one-hot"
    return None if labels.labels_of(view.array) is None else "numbers"


def of_feed(view: FeedView) -> Repair:
    """Gather what a fix needs for a finding about an array that a model is fed."""
    declaration = None if view.model_side is None else view.index.declaration(view.model_side)
    difference = view.difference
    targets = view.feed.target_origin
    return Repair(
        declared=None if declaration is None else _declared(declaration),
        argument=None if declaration is None else declaration.argument,
        fed=None if view.given is None else sizes_of(view.given)[1:],
        remedy=None if difference is None or view.feed.in_batches else difference.remedy,
        others=() if targets is None else (targets.locate(),),
        sizes=_whole({"data": _count(view.arrays), "targets": _count(view.targets)}),
    )


def _count(tensors: list[Tensor]) -> Size:
    """Return how many samples an array has, if it is the only one."""
    shape = tensors[0].shape if len(tensors) == 1 else None
    return None if shape is None or not shape.rank else shape[0].size


def _answer(tensor: Tensor | None) -> Call | None:
    """Return the last layer that computes an output, if only layers that keep every axis stand behind it."""
    while tensor is not None and tensor.producer is not None:
        call = tensor.producer
        if unwrapped(call.layer)[0].class_name in ANSWERING:
            return call
        if call.layer.kind != "layer" or not keeps_axes(call.layer) or len(call.input_tensors) != 1:
            return None
        tensor = call.input_tensors[0]
    return None


def _head(tensor: Tensor | None, call: Call) -> Passage | None:
    """Return the first of the Dense layers in a row of which a call is the last; None for other calls."""
    first = call
    while tensor is not None and tensor.producer is not None:
        before = tensor.producer
        is_dense = before.layer.class_name == "Dense"
        if not is_dense and (before.layer.kind != "layer" or not keeps_axes(before.layer)):
            break
        if len(before.input_tensors) != 1:
            break
        first = before if is_dense else first
        tensor = before.input_tensors[0]
    return passage(first) if first.layer.class_name == "Dense" else None


def _whole(wanted: Mapping[str, object]) -> tuple[tuple[str, int], ...]:
    """Return the sizes that are known as numbers."""
    return tuple((name, size) for name, size in wanted.items() if isinstance(size, int))


def passage(call: Call) -> Passage:
    """Return one call as plain data; several inputs or outputs have no sizes of their own."""
    place = call.origin if call.layer.kind == "operation" else call.layer.origin
    return Passage(
        call.layer.class_name, place.locate(), _only(call.input_tensors), _only(call.output_tensors)
    )


def constructor(call: Call) -> Passage:
    """Return the innermost layer's constructor, with what the call reads and gives."""
    inner, _ = unwrapped(call.layer)
    place = call.origin if call.layer.kind == "operation" else inner.origin
    return Passage(inner.class_name, place.locate(), _only(call.input_tensors), _only(call.output_tensors))


def _declared(declaration: Declaration) -> Passage:
    return Passage(
        declaration.layer.class_name, declaration.origin.locate(), None, sizes_of(declaration.shape)
    )


def _arrays(index: Index, declaration: Declaration) -> Iterator[Passage]:
    """Yield the operations on arrays whose samples have the declared shape, as far as sizes tell."""
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
    """Return a shape as plain data."""
    return tuple(str(size) if isinstance(size, Expression) else size for size in shape.sizes)
