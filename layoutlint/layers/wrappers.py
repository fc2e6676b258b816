"""Wrappers: layers around another layer.

``config["layer"]`` is the wrapped :class:`~layoutlint.model.graph.Layer`, a model included. Shapes from
``keras/src/layers/rnn/bidirectional.py`` and ``time_distributed.py``.
"""

from __future__ import annotations

import re
from typing import Any

from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.graph import Layer
from layoutlint.model.sizes import equal, multiply

_MERGE_MODES = ("sum", "mul", "ave", "concat", None)
_SHARED = ("stateful", "return_sequences", "return_state")
"""What the two layers of a Bidirectional must have in common."""


def _wrapped(arguments: LayerArguments, name: str = "layer") -> Layer:
    inner = arguments[name]
    if not isinstance(inner, Layer):
        raise UndeterminedError("the wrapped layer is unknown")
    return inner


def _outputs(arguments: LayerArguments, inner: Layer, shape: Shape | None) -> Shapes:
    if arguments.infer is None:
        raise UndeterminedError("the wrapped layer was not looked into")
    return arguments.infer(inner, shape)


def _names_inside(inner: Any, shape: Shape) -> tuple[str, ...]:
    """Return the names under which the wrapped layer reads the axes of the shape that it is given."""
    spec = spec_of(inner) if isinstance(inner, Layer) and inner.kind == "layer" else None
    if spec is None or not isinstance(inner, Layer):
        return ("batch", "...")
    arguments = LayerArguments(inner.class_name, inner.config)
    names = spec.reads(arguments, shape) if callable(spec.reads) else spec.reads
    fixed = len(names) - names.count("...")
    fits = fixed <= shape.rank if "..." in names else fixed == shape.rank
    return names if fits else ("batch", "...")


def _weights_inside(inner: Layer, shape: Shape) -> Weights:
    spec = spec_of(inner) if inner.kind == "layer" else None
    if spec is None or spec.weights is None:
        return {}
    return spec.weights(LayerArguments(inner.class_name, inner.config), shape)


# Bidirectional ------------------------------------------------------------------------------------


def _is_true(inner: Layer, name: str) -> bool | None:
    """Tell whether a switch of the wrapped layer is on; None where nobody can say."""
    value = inner.config.get(name, False)
    return value if isinstance(value, bool) else None


def _check_bidirectional(arguments: LayerArguments) -> None:
    if arguments.known("merge_mode") not in _MERGE_MODES:
        message = (
            f"Bidirectional: merge_mode={arguments['merge_mode']!r} is not one of sum, mul, ave, concat, None"
        )
        raise ShapeError(ErrorKind.ARGUMENT, message)
    forward, backward = arguments["layer"], arguments["backward_layer"]
    for inner in (forward, backward):
        if not isinstance(inner, Layer):
            continue
        spec = spec_of(inner)
        if inner.kind == "layer" and spec is not None and "go_backwards" not in spec.parameters.names:
            message = f"Bidirectional: {inner.class_name} is no recurrent layer"
            raise ShapeError(ErrorKind.ARGUMENT, message)
    if isinstance(forward, Layer) and backward is None and _is_true(forward, "go_backwards"):
        raise ShapeError(ErrorKind.ARGUMENT, "Bidirectional: the layer already goes backwards")
    if isinstance(forward, Layer) and isinstance(backward, Layer):
        _check_pair(forward, backward)


def _check_pair(forward: Layer, backward: Layer) -> None:
    direction = _is_true(forward, "go_backwards"), _is_true(backward, "go_backwards")
    if None not in direction and direction[0] == direction[1]:
        message = "Bidirectional: forward layer and backward layer should have different go_backwards"
        raise ShapeError(ErrorKind.ARGUMENT, message)
    for name in _SHARED:
        values = _is_true(forward, name), _is_true(backward, name)
        if None not in values and values[0] != values[1]:
            message = f"Bidirectional: forward layer and backward layer differ in {name}"
            raise ShapeError(ErrorKind.ARGUMENT, message)


def _bidirectional(arguments: LayerArguments, shape: Shape | None) -> Shapes:
    inner = _wrapped(arguments)
    found = _outputs(arguments, inner, shape)
    output, states = (found, ()) if isinstance(found, Shape) else (found[0], tuple(found[1:]))
    if not isinstance(output, Shape):
        raise UndeterminedError("the output of the wrapped layer is unknown")
    _check_same_features(arguments, output, shape)
    mode = arguments.known("merge_mode")
    if mode is None:
        return (output, output, *states, *states)
    if mode == "concat":
        output = output.replaced(-1, multiply(output[-1].size, 2))
    return (output, *states, *states) if states else output


def _check_same_features(arguments: LayerArguments, output: Shape, shape: Shape | None) -> None:
    """Keras's symbolic shape looks at the forward layer alone; what it computes depends on both."""
    if arguments["backward_layer"] is None:
        return
    found = _outputs(arguments, _wrapped(arguments, "backward_layer"), shape)
    backward = found if isinstance(found, Shape) else found[0]
    if not isinstance(backward, Shape) or equal(output[-1].size, backward[-1].size) is not True:
        raise UndeterminedError("the two directions may differ in their number of features")


def _bidirectional_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    forward = _wrapped(arguments)
    backward = arguments["backward_layer"]
    pair = {"forward": forward, "backward": backward if isinstance(backward, Layer) else forward}
    return {
        f"{direction}/{name}": sizes
        for direction, inner in pair.items()
        for name, sizes in _weights_inside(inner, shape).items()
    }


# TimeDistributed ----------------------------------------------------------------------------------


_RANK_IS_CHECKED = re.compile(r"(Depthwise|Separable)?Conv\dD$")
"""Keras passes by the InputSpec inside; only these, and models, look at the rank when they compute their
output.
"""


def _step_shape(shape: Shape) -> Shape:
    return Shape((shape[0], *shape[2:]))


def _time_distributed(arguments: LayerArguments, shape: Shape) -> Shapes:
    if shape.rank < 3:
        message = (
            f"TimeDistributed: expected min_ndim=3, found ndim={shape.rank}. Full shape received: {shape}"
        )
        raise ShapeError(ErrorKind.RANK, message, expected=3, found=shape.rank)
    inner = _wrapped(arguments)
    try:
        found = _outputs(arguments, inner, _step_shape(shape))
    except ShapeError as error:
        is_checked = inner.network is not None or _RANK_IS_CHECKED.match(inner.class_name)
        if error.kind is ErrorKind.RANK and not is_checked:
            raise UndeterminedError("Keras does not check the rank inside a TimeDistributed") from error
        raise
    if not isinstance(found, Shape):
        raise UndeterminedError("the wrapped layer has several outputs or an unknown one")
    return Shape((found[0], shape[1], *found[1:]))


def _time_distributed_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    if shape.rank < 3:
        return ("batch", "...")
    _, *rest = _names_inside(arguments["layer"], _step_shape(shape))
    return ("batch", "time", *rest)


LAYERS: tuple[LayerSpec, ...] = (
    layer(
        "Bidirectional",
        "layer, merge_mode='concat', weights=None, backward_layer=None",
        _bidirectional,
        reads=lambda arguments, shape: _names_inside(arguments["layer"], shape),
        first=True,
        takes_unknown=True,
        weights=_bidirectional_weights,
        why="two directions of different width, for which Keras's symbolic shape is wrong",
        check=_check_bidirectional,
    ),
    layer(
        "TimeDistributed",
        "layer",
        _time_distributed,
        reads=_time_distributed_reads,
        why="a layer inside with several outputs, or whose rank Keras does not check there",
        weights=lambda arguments, shape: _weights_inside(_wrapped(arguments), _step_shape(shape)),
    ),
    layer("Wrapper", "layer", None, why="an abstract base class: each subclass differs"),
)
