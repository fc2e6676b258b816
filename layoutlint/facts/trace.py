"""Where a tensor came from: the way back through what leaves the axes' meaning to the author.

Activations, dropout and normalisations keep the axes; reshapes, permutations, padding and new axes move them
but compute nothing; so does ``RepeatVector(1)``. What computes (a convolution, a pooling, Dense, Embedding)
ends the way: behind it the sizes are the model's own business.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from layoutlint.facts.index import Index, keeps_axes
from layoutlint.model.code import Code
from layoutlint.model.graph import Call, Layer, Tensor
from layoutlint.model.sizes import Expression, equal

MOVING: Final = frozenset(
    [
        "Reshape",
        "Permute",
        "ZeroPadding1D",
        "ZeroPadding2D",
        "ZeroPadding3D",
        "Cropping1D",
        "Cropping2D",
        "Cropping3D",
        "reshape",
        "transpose",
        "permute_dims",
        "swapaxes",
        "moveaxis",
        "expand_dims",
        "squeeze",
        "pad",
        "newaxis",
        "cast",
        "astype",
        "convert_to_tensor",
        "array",
        "asarray",
        "ascontiguousarray",
        "copy",
        "identity",
        "stop_gradient",
        "float32",
        "float64",
        "atleast_3d",
    ]
)
"""Layers and operations that place the values anew and compute nothing."""

SLICING: Final = frozenset(["getitem"])

MIXING: Final = frozenset(
    ["matmul", "dot", "tensordot", "einsum", "inner", "outer", "conv", "convolve", "batch_dot"]
)
"""Operations that sum over an axis even where the result has the shape of an operand."""

MAX_WAY: Final = 200


class Trace(Struct, frozen=True):
    """The way back from a tensor: the calls passed (nearest first), the tensor it ends at, and what that is.

    ``end`` is ``input`` (of a model), ``data`` (an array that the program has), ``layer`` (the output of a
    layer that computes something) or ``unknown``.
    """

    calls: tuple[Call, ...]
    root: Tensor
    end: Literal["input", "data", "layer", "unknown"]

    @property
    def is_fed(self) -> bool:
        """Whether it ends at the author's data."""
        return self.end in ("input", "data")


def trace(tensor: Tensor) -> Trace:
    """Return the way back from a tensor to the input, the data or the layer that computed it."""
    passed: list[Call] = []
    are_new = False
    while len(passed) < MAX_WAY:
        producer = tensor.producer
        if producer is None:
            known = tensor.shape is not None or tensor.name is not None
            return Trace(tuple(passed), tensor, "data" if known else "unknown")
        if producer.layer.kind == "input":
            return Trace(tuple(passed), tensor, "input")
        if isinstance(producer.computed, Tensor):
            tensor = producer.computed  # through the function of a Lambda
            continue
        before = _flat(producer) if are_new else None
        before = before or _kept(producer)
        if before is None:
            return Trace(tuple(passed), tensor, "data" if is_array(producer) else "layer")
        passed.append(producer)
        are_new = are_new or _adds_axes(producer)
        tensor = before
    return Trace(tuple(passed), tensor, "unknown")


def traced(index: Index, tensor: Tensor) -> Trace:
    """Return the way back from a tensor, worked out once a graph."""
    found: Trace | None = index.traces.get(id(tensor))
    if found is None:
        found = index.traces[id(tensor)] = trace(tensor)
    return found


def _flat(call: Call) -> Tensor | None:
    """Return the input of a Flatten behind which the axes were made anew."""
    return (
        call.input_tensors[0] if call.layer.class_name == "Flatten" and len(call.input_tensors) == 1 else None
    )


def _adds_axes(call: Call) -> bool:
    before, after = call.input_tensors[0].shape, call.output_tensors[0].shape
    return before is not None and after is not None and after.rank > before.rank


def _kept(call: Call) -> Tensor | None:
    """Return the input whose axes a call keeps or moves; None if it computes something new."""
    inputs = [tensor for tensor in call.input_tensors if isinstance(tensor, Tensor)]
    if call.layer.kind == "model" or not inputs:
        return None
    if call.layer.kind == "operation" and call.layer.class_name not in MOVING | SLICING | MIXING:
        # X / 255, (X - mean) / std: the axes are those of the operand that has the result's shape
        outputs = call.output_tensors
        shape = outputs[0].shape if len(outputs) == 1 and isinstance(outputs[0], Tensor) else None
        same = (
            t for t in inputs if shape is not None and t.shape is not None and t.shape.sizes == shape.sizes
        )
        return next(same, None)
    return inputs[0] if len(inputs) == 1 and passes(call) else None


def is_array(call: Call) -> bool:
    """Tell whether no layer and no model's input takes part in a value: it is an array of the program."""
    return call.layer.kind == "operation" and all(
        before.layer.kind == "operation" for before in upstream(call)
    )


def passes(call: Call) -> bool:
    """Tell whether a call with one input only keeps or moves the axes."""
    layer = call.layer
    if layer.kind == "model":
        return False
    if layer.class_name in MOVING or adds_one_step(layer):
        return True
    if layer.class_name in SLICING:
        return _only_adds_axes(call)
    if layer.class_name == "Lambda":
        return _keeps_all_places(call)
    return keeps_axes(layer)


def adds_one_step(layer: Layer) -> bool:
    """Return whether a layer is ``RepeatVector(1)``: an axis of one step, and no value is repeated."""
    return layer.class_name == "RepeatVector" and layer.config.get("n") == 1


def _keeps_all_places(call: Call) -> bool:
    """Tell whether a stored Lambda only adds or drops axes of 1, as far as the names in its code tell."""
    code = call.layer.config.get("function")
    (before,), after = call.input_tensors, call.output_tensors
    if not isinstance(code, Code) or code.names & MIXING or len(after) != 1:
        return False
    shapes = before.shape, after[0].shape
    if any(shape is None or any(isinstance(size, Expression) for size in shape.sizes) for shape in shapes):
        return False
    longer = [[size for size in shape.sizes if size != 1] for shape in shapes if shape is not None]
    return longer[0] == longer[1]


def _only_adds_axes(call: Call) -> bool:
    """``x[..., None]`` or ``X[:1000]``, and not ``x[:, -1:]``: a slice that leaves one step is meant."""
    (before,) = call.input_tensors
    outputs = call.output_tensors
    if len(outputs) != 1 or before.shape is None or outputs[0].shape is None:
        return False
    after = outputs[0].shape
    if after.rank > before.shape.rank:
        return True
    return after.rank == before.shape.rank and all(
        equal(a.size, b.size) is not False for a, b in zip(after[1:], before.shape[1:], strict=True)
    )


def upstream(call: Call, limit: int = MAX_WAY) -> Iterator[Call]:
    """Yield the calls before a call, nearest first, all branches; each once."""
    seen: set[int] = {id(call)}
    queue = [call]
    for current in queue:
        for tensor in current.input_tensors:
            producer = tensor.producer
            if producer is not None and id(producer) not in seen and len(seen) < limit:
                seen.add(id(producer))
                queue.append(producer)
                yield producer
