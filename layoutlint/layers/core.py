"""The basic layers: inputs, dense and embedding tables, masks, and layers of the user's own.

Facts from ``keras/src/layers/core``.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.layers.activation import elementwise, unchanged
from layoutlint.layers.checks import check_defined, check_positive, is_size, refused, stated_sizes
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer, whole
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, equal

# --- Dense


def _check_dense(arguments: LayerArguments) -> None:
    check_positive(arguments, "units")


def _dense(arguments: LayerArguments, shape: Shape) -> Shape:
    check_defined(arguments, shape[-1].size, "the last axis of the input", shape)
    return Shape((*shape[:-1], Axis(arguments.size("units"), "features")))


def _dense_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    units = arguments.size("units")
    weights: Weights = {"kernel": (shape[-1].size, units)}
    if arguments.flag("use_bias"):
        weights["bias"] = (units,)
    return weights


# --- EinsumDense

_EQUATIONS = (
    # the equations that Keras knows, an ellipsis written as 0, and whether it stands on the left
    (r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)", False),
    (r"0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)", True),
    (r"([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0", False),
)


class _Equation(Struct, frozen=True):
    """``input,kernel->output``, a letter for each axis; ``left`` says that leading axes are left out."""

    input: str
    kernel: str
    output: str
    left: bool


def _equation(arguments: LayerArguments) -> _Equation:
    text = arguments.known("equation")
    if isinstance(text, str):
        for pattern, left in _EQUATIONS:
            if found := re.match(pattern, text.replace("...", "0")):
                return _Equation(found[1], found[2], found[3], left)
    raise refused(arguments, "equation", "[X],[Y]->[Z], ...[X],[Y]->...[Z] or [X]...,[Y]->[Z]...")


class _Einsum(Struct, frozen=True):
    """An equation applied to an input: the sizes of the output by place, and of the kernel and bias."""

    output: tuple[Size, ...]
    places: dict[str, int]
    kernel: tuple[Size, ...]
    bias: tuple[Size, ...] | None


def _analyse(arguments: LayerArguments, equation: _Equation, shape: Shape) -> _Einsum:
    """Return what ``keras/src/layers/core/einsum_dense.py``, ``_analyze_split_string``, makes of
    an input.

    Followed to the letter, for its answers are not those of an einsum: an axis that ``output_shape`` leaves
    None stays None, and several axes behind a leading ellipsis come out in reverse order.
    """
    sizes = shape.sizes
    elided = len(sizes) - len(equation.input)
    if elided < 0:
        raise ShapeError(
            ErrorKind.RANK,
            f"EinsumDense: {arguments['equation']!r} reads {len(equation.input)} axes, "
            f"found ndim={len(sizes)}",
        )
    output = [sizes[0], *stated_sizes(arguments, "output_shape")]
    if equation.left:
        for index in range(1, elided):
            output.insert(1, sizes[index])
    else:
        output.extend(sizes[len(sizes) - elided :])
    skipped = elided if equation.left else 0
    sources = {label: sizes[skipped + index] for index, label in enumerate(equation.input)}
    places = {label: skipped + index for index, label in enumerate(equation.output)}
    if places and max(places.values()) >= len(output):
        raise refused(arguments, "output_shape", f"a size for each axis of {equation.output!r}")
    for label, size in sources.items():
        if label in places and _differ(output[places[label]], size):
            raise ShapeError(
                ErrorKind.SIZE,
                "Input shape and output shape do not match at shared dimension "
                f"'{label}'. Input shape is {size}, and output shape is {output[places[label]]}.",
            )
    if set(equation.output) - set(equation.input) - set(equation.kernel):
        raise refused(arguments, "equation", "without an output axis that neither input nor kernel has")
    if set(equation.kernel) - set(equation.output) - set(equation.input):
        raise refused(arguments, "equation", "without a kernel axis that neither input nor output has")
    kernel = tuple(output[places[label]] if label in places else sources[label] for label in equation.kernel)
    return _Einsum(tuple(output), places, kernel, _einsum_bias(arguments, equation, output, places, elided))


def _differ(stated: Size, found: Size) -> bool:
    """Tell whether Keras finds a stated size unlike the input's, where a free size is unlike every number."""
    if stated is None:
        return False
    if found is None:
        return isinstance(stated, int)
    return equal(stated, found) is False


def _einsum_bias(
    arguments: LayerArguments, equation: _Equation, output: list[Size], places: dict[str, int], elided: int
) -> tuple[Size, ...] | None:
    axes = arguments.known("bias_axes")
    if axes is None:
        return None
    if not axes or not isinstance(axes, str) or set(axes) - set(equation.output):
        raise refused(arguments, "bias_axes", f"axes of the output {equation.output!r}")
    first = min(equation.output.find(label) for label in axes)
    bias: list[Size] = [output[places[label]] if label in axes else 1 for label in equation.output[first:]]
    return tuple(bias if equation.left else bias + [1] * elided)


def _einsum(arguments: LayerArguments, shape: Shape) -> Shape:
    equation = _equation(arguments)
    einsum = _analyse(arguments, equation, shape)
    for what, sizes in (("the kernel", einsum.kernel), ("the bias", einsum.bias or ())):
        for size in sizes:
            check_defined(arguments, size, f"every axis of {what}", shape)
    skipped = shape.rank - len(equation.input) if equation.left else 0
    sources = {label: shape[skipped + index] for index, label in enumerate(equation.input)}
    labels = {place: label for label, place in einsum.places.items()}
    axes = []
    for place, size in enumerate(einsum.output):
        label = labels.get(place)
        if label in sources:
            axes.append(sources[label].sized(size))
        else:
            axes.append(Axis(size, "features" if label else ""))
    return Shape(axes)


def _einsum_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    einsum = _analyse(arguments, _equation(arguments), shape)
    weights: Weights = {"kernel": einsum.kernel}
    if einsum.bias is not None:
        weights["bias"] = einsum.bias
    return weights


def _einsum_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    """Name the axes: those that the kernel sums away are the input_dim, the others keep their letter."""
    try:
        equation = _equation(arguments)
    except (ShapeError, UndeterminedError):
        return ("batch", "...")
    if shape.rank < len(equation.input):
        return ("batch", "...")
    summed = [label for label in equation.input if label not in equation.output]

    def name(label: str) -> str:
        if label not in summed:
            return f"axis {label}"
        return "input_dim" if len(summed) == 1 else f"input_dim {label}"

    names = [name(label) for label in equation.input]
    elided = [f"axis {index}" for index in range(shape.rank - len(names))]
    names = elided + names if equation.left else names + elided
    return tuple(names) if names[0].startswith("input_dim") else ("batch", *names[1:])


# --- Embeddings


def _check_embedding(arguments: LayerArguments) -> None:
    check_positive(arguments, "input_dim", "output_dim")
    for name in ("input_dim", "output_dim"):
        if isinstance(arguments[name], bool):
            raise refused(arguments, name, "a positive integer")


def _embedding(arguments: LayerArguments, shape: Shape) -> Shape:
    return Shape((*shape, Axis(arguments.size("output_dim"), "features")))


def _embedding_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    return {"embeddings": (arguments.size("input_dim"), arguments.size("output_dim"))}


def _embedding_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return ("batch",) if shape.rank == 1 else ("batch", "...", "tokens")


def _is_reverse(arguments: LayerArguments) -> bool:
    reverse = arguments.keywords.get("reverse", False)
    if isinstance(reverse, Expression):
        raise UndeterminedError(f"reverse is {reverse}")
    return bool(reverse)


def _reversible(arguments: LayerArguments, shape: Shape) -> Shape:
    if not _is_reverse(arguments):
        return _embedding(arguments, shape)
    if not shape:
        raise ShapeError(ErrorKind.RANK, "ReversibleEmbedding: a scalar has no features to project")
    return Shape((*shape[:-1], Axis(arguments.size("input_dim"), "features")))


def _reversible_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    weights = _embedding_weights(arguments, shape)
    if not arguments.flag("tie_weights"):
        weights["reverse_embeddings"] = (arguments.size("output_dim"), arguments.size("input_dim"))
    return weights


def _reversible_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    if arguments.keywords.get("reverse") is True:
        return ("batch", "...", "features") if shape.rank > 1 else ("batch",)
    return _embedding_reads(arguments, shape)


# --- Inputs, masks and layers of the user's own


def _check_input(arguments: LayerArguments) -> None:
    shape, batch_shape = arguments["shape"], arguments["batch_shape"]
    if arguments["input_tensor"] is not None:
        return
    if shape is not None and batch_shape is not None:
        raise refused(arguments, "shape", "left out where batch_shape is given")
    if arguments["batch_size"] is not None and batch_shape is not None:
        raise refused(arguments, "batch_size", "left out where batch_shape is given")
    if shape is None and batch_shape is None:
        raise refused(arguments, "shape", "given")
    name = "batch_shape" if shape is None else "shape"
    sizes = arguments[name]
    if isinstance(sizes, Expression):
        return
    if not isinstance(sizes, list | tuple):
        raise refused(arguments, name, "a tuple of sizes")
    for size in sizes:
        if not is_size(size):
            raise refused(arguments, name, "a tuple of sizes, each None or 0 or more")


def _input(arguments: LayerArguments, inputs: Shapes) -> Shape:
    """Return the shape that an InputLayer states; it takes no input, so ``inputs`` is empty."""
    if arguments["input_tensor"] is not None:
        tensor = arguments["input_tensor"]
        if isinstance(tensor, Shape):
            return tensor
        raise UndeterminedError("the shape of input_tensor is unknown")
    if arguments["batch_shape"] is not None:
        return _with_batch_role(arguments.known("batch_shape"))
    return _with_batch_role((arguments["batch_size"], *arguments.known("shape")))


def _with_batch_role(sizes: Any) -> Shape:
    return Shape(Axis(size, "" if index else "batch") for index, size in enumerate(sizes))


def _masking_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    if shape.rank < 3:
        return ("batch", "features")[: shape.rank]
    return ("batch", "steps", "...", "features")


_LAMBDA_WHY = "only the function of the Lambda knows its output"


def _lambda(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    """Return what ``output_shape`` says, with the batch of the first input in front of each shape."""
    stated = arguments.known("output_shape")
    is_function = isinstance(stated, dict) and "class_name" in stated
    if is_function or not isinstance(stated, int | list | tuple | dict):
        raise UndeterminedError(_LAMBDA_WHY)
    if isinstance(stated, int):
        raise refused(arguments, "output_shape", "a tuple of sizes")
    first = _first(inputs)
    if first is None:
        raise UndeterminedError("the batch of its input is unknown")
    return _lambda_output(first[0], stated)


def _first(inputs: Shapes) -> Shape | None:
    """Return the first shape of a structure, in Keras's order: dictionaries by key."""
    while not isinstance(inputs, Shape) and inputs:
        inputs = inputs[min(inputs, key=str)] if isinstance(inputs, dict) else inputs[0]
    return inputs or None


def _lambda_output(batch: Axis, stated: Any) -> Shapes:
    if isinstance(stated, dict):
        return {key: _lambda_output(batch, item) for key, item in stated.items()}
    if not isinstance(stated, list | tuple):
        raise UndeterminedError(_LAMBDA_WHY)
    if all(map(is_size, stated)):
        if len(stated) > 1 and (stated[0] is None or isinstance(stated[0], Expression)):
            raise UndeterminedError("output_shape seems to name the batch, which Keras 2 does not look at")
        return Shape((batch, *map(Axis, stated)))
    return type(stated)(_lambda_output(batch, item) for item in stated)


_EMBEDDING = (
    "embeddings_initializer='uniform', embeddings_regularizer=None, embeddings_constraint=None, "
    "mask_zero=False, "
)
_BIASED = (
    "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
    "bias_regularizer=None, "
)

_DENSE = layer(
    "Dense",
    f"units, activation=None, use_bias=True, {_BIASED}activity_regularizer=None, kernel_constraint=None, "
    "bias_constraint=None, lora_rank=None, lora_alpha=None, quantization_config=None",
    _dense,
    reads=("batch", "...", "input_dim"),
    min_rank=2,
    weights=_dense_weights,
    check=_check_dense,
)

LAYERS: tuple[LayerSpec, ...] = (
    _DENSE,
    layer(
        "EinsumDense",
        f"equation, output_shape, activation=None, bias_axes=None, {_BIASED}kernel_constraint=None, "
        "bias_constraint=None, lora_rank=None, lora_alpha=None, gptq_unpacked_column_size=None, "
        "quantization_config=None",
        _einsum,
        reads=_einsum_reads,
        weights=_einsum_weights,
    ),
    layer(
        "Embedding",
        f"input_dim, output_dim, {_EMBEDDING}weights=None, lora_rank=None, lora_alpha=None, "
        "quantization_config=None",
        _embedding,
        reads=_embedding_reads,
        weights=_embedding_weights,
        check=_check_embedding,
    ),
    layer(
        "ReversibleEmbedding",
        f"input_dim, output_dim, tie_weights=True, {_EMBEDDING}reverse_dtype=None, logit_soft_cap=None",
        _reversible,
        reads=_reversible_reads,
        weights=_reversible_weights,
        check=_check_embedding,
        accepts=("lora_rank", "lora_alpha", "quantization_config"),
    ),
    layer("Masking", "mask_value=0.0", unchanged, reads=_masking_reads, keeps_axes=True),
    elementwise("Identity", ""),
    layer(
        "InputLayer",
        "shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, "
        "input_tensor=None, optional=False, name=None",
        _input,
        many=True,
        check=_check_input,
    ),
    layer(
        "Lambda",
        "function, output_shape=None, mask=None, arguments=None",
        _lambda,
        many=True,
        why=_LAMBDA_WHY,
    ),
    layer(
        "Layer",
        "*args",
        None,
        many=True,
        why="the base class of all layers: its subclasses do the work",
    ),
)

KERAS_2: tuple[LayerSpec, ...] = (replace(_DENSE, converts={"units": whole}),)
