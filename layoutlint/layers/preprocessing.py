"""Preprocessing layers for numbers, categories and text, and layers of other frameworks.

Shapes from ``keras/src/layers/preprocessing``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from layoutlint.layers.activation import unchanged
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.graph import Layer, flatten
from layoutlint.model.sizes import Expression, Size, add, equal, subtract, unknown_size

# Numbers --------------------------------------------------------------------------------------------


def _normalization(arguments: LayerArguments, shape: Shape) -> Shape:
    for axis in _normalized_axes(arguments, shape):
        if shape[axis].size is None:
            message = f"Normalization: all axis values to be kept must be defined, got {shape}"
            raise ShapeError(ErrorKind.UNDEFINED, message)
    return shape


def _normalized_axes(arguments: LayerArguments, shape: Shape) -> list[int]:
    axes = arguments.known("axis")
    axes = () if axes is None else axes if isinstance(axes, list | tuple) else (axes,)
    for axis in axes:
        if isinstance(axis, Expression):
            raise UndeterminedError(f"axis is {axis}")
        if not isinstance(axis, int):
            raise ShapeError(ErrorKind.ARGUMENT, f"Normalization: axis={axis!r} is not a whole number")
        if not -shape.rank <= axis < shape.rank:
            message = f"Normalization: axis={axis} is out of range for ndim={shape.rank}"
            raise ShapeError(ErrorKind.AXIS, message)
    return sorted(axis % shape.rank for axis in axes)


def _normalization_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    if arguments["mean"] is not None:
        return {}
    sizes = tuple(shape[axis].size for axis in _normalized_axes(arguments, shape))
    return {"mean": sizes, "variance": sizes, "count": ()}


def _check_normalization(arguments: LayerArguments) -> None:
    if (arguments["mean"] is None) != (arguments["variance"] is None):
        message = "Normalization: both mean and variance must be set, or neither"
        raise ShapeError(ErrorKind.ARGUMENT, message)


# Categories -----------------------------------------------------------------------------------------

_LEGACY_MODES = {"binary": "multi_hot", "tf-idf": "tf_idf"}


def _mode(arguments: LayerArguments, modes: Sequence[str]) -> str:
    value = arguments.known("output_mode")
    mode = _LEGACY_MODES.get(value, value) if isinstance(value, str) else value
    if mode not in modes:
        message = f"{arguments.class_name}: output_mode={value!r} is not one of {', '.join(modes)}"
        raise ShapeError(ErrorKind.ARGUMENT, message)
    return str(mode)


_HOT = ("one_hot", "multi_hot", "count")
_INT_OR_HOT = ("int", *_HOT)
_LOOKUP_MODES = (*_INT_OR_HOT, "tf_idf")


def _is_one(shape: Shape) -> bool:
    answer = equal(shape[-1].size, 1)
    if answer is None and shape[-1].size is not None:
        raise UndeterminedError(f"the rank depends on whether {shape[-1].size} is 1")
    return bool(answer)


def _one_hot(shape: Shape, depth: Size) -> Shape:
    """Return an axis of its own for every element, in place of a last axis of size 1."""
    if shape.rank > 1 and _is_one(shape):
        return _many_hot(shape, depth)
    return Shape((*shape, Axis(depth, "features")))


def _many_hot(shape: Shape, depth: Size) -> Shape:
    """Return the counts of a sample's elements: its last axis becomes ``depth`` bins."""
    return Shape((*shape[:-1], Axis(depth, "features")))


def _category_encoding(arguments: LayerArguments, shape: Shape) -> Shape:
    depth = arguments.size("num_tokens")
    return _one_hot(shape, depth) if _mode(arguments, _HOT) == "one_hot" else _many_hot(shape, depth)


def _check_category_encoding(arguments: LayerArguments) -> None:
    _mode(arguments, _HOT)
    tokens = arguments["num_tokens"]
    if tokens is None or (isinstance(tokens, int) and tokens < 1):
        message = f"CategoryEncoding: num_tokens must be set and >= 1, got {tokens}"
        raise ShapeError(ErrorKind.ARGUMENT, message)


def _discretization(arguments: LayerArguments, shape: Shape) -> Shape:
    mode = _mode(arguments, _INT_OR_HOT)
    if mode == "int":
        return shape
    boundaries = arguments.known("bin_boundaries")
    depth: Size = len(boundaries) + 1 if boundaries is not None else arguments.size("num_bins")
    if mode == "one_hot":
        return _one_hot(shape, depth)
    # Keras drops the second axis here and appends the bins
    kept = (shape[0], *shape[2:]) if shape.rank >= 2 else ()
    return Shape((*kept, Axis(depth, "features")))


def _check_discretization(arguments: LayerArguments) -> None:
    mode = _mode(arguments, _INT_OR_HOT)
    _check_sparse(arguments, mode)
    bins, boundaries = arguments["num_bins"], arguments["bin_boundaries"]
    if (bins is None) == (boundaries is None):
        message = "Discretization: set either num_bins or bin_boundaries"
        raise ShapeError(ErrorKind.ARGUMENT, message)
    if isinstance(bins, int) and bins < 0:
        raise ShapeError(ErrorKind.ARGUMENT, f"Discretization: num_bins must be >= 0, got {bins}")


def _check_sparse(arguments: LayerArguments, mode: str) -> None:
    if mode == "int" and arguments["sparse"] is True:
        message = f"{arguments.class_name}: sparse=True needs another output_mode than int"
        raise ShapeError(ErrorKind.ARGUMENT, message)


def _hashing(arguments: LayerArguments, shape: Shape) -> Shape:
    if _mode(arguments, _INT_OR_HOT) == "int":
        return shape
    return _many_hot(shape, arguments.size("num_bins"))


def _check_bins(arguments: LayerArguments) -> None:
    _check_sparse(arguments, _mode(arguments, _INT_OR_HOT))
    bins = arguments["num_bins"]
    if bins is None or (isinstance(bins, int) and bins <= 0):
        message = f"{arguments.class_name}: num_bins must be positive, got {bins}"
        raise ShapeError(ErrorKind.ARGUMENT, message)


def _check_crossing(arguments: LayerArguments) -> None:
    _check_sparse(arguments, _mode(arguments, ("int", "one_hot")))


def _hashed_crossing(arguments: LayerArguments, inputs: Shapes) -> Shape:
    if isinstance(inputs, Shape) or not isinstance(inputs, list | tuple) or len(inputs) != 2:
        count = len(list(flatten(inputs)))
        if inputs is None:
            raise UndeterminedError("its input is unknown")
        message = f"HashedCrossing: expected a list or tuple of 2 tensors, got {count}"
        raise ShapeError(ErrorKind.STRUCTURE, message)
    left, right = inputs
    if not isinstance(left, Shape) or not isinstance(right, Shape):
        raise UndeterminedError("an input is a structure or unknown")
    if left.rank == 0 or right.rank == 0:
        raise UndeterminedError("an input without axes")
    if (left[-1].size is None) != (right[-1].size is None) or equal(left[-1].size, right[-1].size) is False:
        message = f"HashedCrossing: expected two input tensors of identical shapes, got {left} and {right}"
        raise ShapeError(ErrorKind.MERGE, message)
    if _mode(arguments, ("int", "one_hot")) == "int":
        return Shape(left)
    bins = Axis(arguments.size("num_bins"), "features")
    return Shape((*left[:-1], bins)) if _is_one(left) else Shape((*left, bins))


def _lookup(arguments: LayerArguments, shape: Shape) -> Shape:
    mode = _mode(arguments, _LOOKUP_MODES)
    if mode == "int":
        return shape
    depth = _vocabulary_size(arguments)
    return _one_hot(shape, depth) if mode == "one_hot" else _many_hot(shape, depth)


def _vocabulary_size(arguments: LayerArguments) -> Size:
    """Return the number of columns of a lookup that encodes: padded, or what the vocabulary says."""
    if arguments.flag("pad_to_max_tokens"):
        return arguments.size("max_tokens")
    vocabulary = arguments["vocabulary"]
    if not isinstance(vocabulary, list | tuple):
        return unknown_size()  # learnt from data by adapt(), or read from a file
    special = (arguments.known("mask_token"), arguments.known("oov_token"))
    if any(isinstance(token, Expression) or token in special for token in vocabulary):
        return unknown_size()  # a vocabulary may begin with the special tokens, which then count once
    return add(len(vocabulary), arguments.size("num_oov_indices"))


def _check_lookup(arguments: LayerArguments) -> None:
    mode = _mode(arguments, _LOOKUP_MODES)
    _check_sparse(arguments, mode)
    tokens = arguments["max_tokens"]
    if isinstance(tokens, int) and tokens <= 1:
        message = f"{arguments.class_name}: max_tokens must be greater than 1, got {tokens}"
        raise ShapeError(ErrorKind.ARGUMENT, message)
    if tokens is None and arguments["pad_to_max_tokens"] is True:
        message = f"{arguments.class_name}: pad_to_max_tokens=True needs max_tokens"
        raise ShapeError(ErrorKind.ARGUMENT, message)
    if arguments["invert"] is True and mode != "int":
        message = f"{arguments.class_name}: invert=True needs output_mode='int'"
        raise ShapeError(ErrorKind.ARGUMENT, message)


_TEXT_LOOKUP = {"mask_token": "", "oov_token": "[UNK]", "num_oov_indices": 1}
"""What TextVectorization asks of the StringLookup inside."""


def _text(arguments: LayerArguments, shape: Shape) -> Shape:
    mode = _mode(arguments, _LOOKUP_MODES)
    if mode == "int":
        free = arguments["output_sequence_length"] is None
        # a single text is one sample without a batch
        return Shape((*shape[:1], Axis(None if free else arguments.size("output_sequence_length"), "tokens")))
    depth = _vocabulary_size(replace(arguments, values=_TEXT_LOOKUP | dict(arguments.values)))
    if arguments["split"] is not None and shape.rank > 1 and _is_one(shape):
        raise UndeterminedError("texts with a last axis of 1 lose it, but not where Keras only traces them")
    words = shape if arguments["split"] is None else Shape((*shape, Axis(None)))
    if arguments["split"] is None and shape.rank <= 1:
        words = Shape((*shape, Axis(1)))
    return _one_hot(words, depth) if mode == "one_hot" else _many_hot(words, depth)


def _check_text(arguments: LayerArguments) -> None:
    _check_lookup(arguments)
    if _mode(arguments, _LOOKUP_MODES) != "int" and arguments["output_sequence_length"] is not None:
        message = "TextVectorization: output_sequence_length needs output_mode='int'"
        raise ShapeError(ErrorKind.ARGUMENT, message)


# The ids that layers output --------------------------------------------------------------------------


def _highest_of_vocabulary(arguments: LayerArguments) -> Size:
    """Return the id of the last word of a written vocabulary, behind the mask and the unknown words."""
    masked = 0 if arguments["mask_token"] is None else 1
    return add(_vocabulary_size(arguments), masked - 1)


def _highest_of_text(arguments: LayerArguments) -> Size:
    return _highest_of_vocabulary(replace(arguments, values=_TEXT_LOOKUP | dict(arguments.values)))


def _highest_bin(arguments: LayerArguments) -> Size:
    return subtract(arguments.size("num_bins"), 1)


HIGHEST: Final[Mapping[str, Callable[[LayerArguments], Size]]] = {
    "StringLookup": _highest_of_vocabulary,
    "IntegerLookup": _highest_of_vocabulary,
    "TextVectorization": _highest_of_text,
    "Hashing": _highest_bin,
}
"""The highest id that a layer outputs, by its class."""


# Pipelines ------------------------------------------------------------------------------------------


def _pipeline(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    layers = arguments["layers"]
    if not isinstance(layers, list | tuple) or arguments.infer is None:
        raise UndeterminedError("the layers of the pipeline are unknown")
    for inner in layers:
        if not isinstance(inner, Layer):
            raise UndeterminedError("a layer of the pipeline is unknown")
        inputs = arguments.infer(inner, inputs)
    return inputs


_VOCABULARY = "the size of a vocabulary that is learned from data or read from a file"
_OTHER_FRAMEWORK = "the shape is made by a program of another framework"


def _crossing(parameters: str) -> LayerSpec:
    return layer("HashedCrossing", parameters, _hashed_crossing, many=True, check=_check_crossing)


LAYERS: tuple[LayerSpec, ...] = (
    layer("Rescaling", "scale, offset=0.0", unchanged, many=True, keeps_axes=True),
    layer(
        "Normalization",
        "axis=-1, mean=None, variance=None, invert=False",
        _normalization,
        keeps_axes=True,
        weights=_normalization_weights,
        check=_check_normalization,
    ),
    layer(
        "CategoryEncoding",
        "num_tokens=None, output_mode='multi_hot', sparse=False",
        _category_encoding,
        check=_check_category_encoding,
    ),
    layer(
        "Discretization",
        "bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode='int', sparse=False, dtype=None, "
        "name=None",
        _discretization,
        check=_check_discretization,
    ),
    layer(
        "Hashing",
        "num_bins, mask_value=None, salt=None, output_mode='int', sparse=False",
        _hashing,
        check=_check_bins,
    ),
    _crossing("num_bins, output_mode='int', sparse=False, name=None, dtype=None, **further"),
    layer(
        "StringLookup",
        "max_tokens=None, num_oov_indices=1, mask_token=None, oov_token='[UNK]', vocabulary=None, "
        "idf_weights=None, invert=False, output_mode='int', pad_to_max_tokens=False, sparse=False, "
        "encoding='utf-8', name=None, salt=None",
        _lookup,
        check=_check_lookup,
        why=_VOCABULARY,
        accepts=("vocabulary_size", "has_input_vocabulary", "vocabulary_dtype", "oov_method"),
    ),
    layer(
        "IntegerLookup",
        "max_tokens=None, num_oov_indices=1, mask_token=None, oov_token=-1, vocabulary=None, "
        "vocabulary_dtype='int64', idf_weights=None, invert=False, output_mode='int', sparse=False, "
        "pad_to_max_tokens=False, oov_method='floormod', salt=None, name=None",
        _lookup,
        check=_check_lookup,
        why=_VOCABULARY,
        accepts=("vocabulary_size", "has_input_vocabulary"),
    ),
    layer(
        "TextVectorization",
        "max_tokens=None, standardize='lower_and_strip_punctuation', split='whitespace', ngrams=None, "
        "output_mode='int', output_sequence_length=None, pad_to_max_tokens=False, vocabulary=None, "
        "idf_weights=None, sparse=False, ragged=False, encoding='utf-8', name=None",
        _text,
        check=_check_text,
        why=_VOCABULARY,
        accepts=("vocabulary_size", "has_input_vocabulary"),
    ),
    layer("Pipeline", "layers, name=None", _pipeline, many=True),
    layer(
        "TFSMLayer",
        "filepath, call_endpoint='serve', call_training_endpoint=None, trainable=True, name=None, dtype=None",
        None,
        why="its shape is in a SavedModel that only TensorFlow can run",
        many=True,
    ),
    layer(
        "JaxLayer",
        "call_fn, init_fn=None, params=None, state=None, seed=None, native_serialization_platforms=None",
        None,
        why=_OTHER_FRAMEWORK,
        many=True,
    ),
    layer("FlaxLayer", "module, method=None, variables=None", None, why=_OTHER_FRAMEWORK, many=True),
    layer(
        "TorchModuleWrapper", "module, name=None, output_shape=None", None, why=_OTHER_FRAMEWORK, many=True
    ),
)

KERAS_2: tuple[LayerSpec, ...] = (
    _crossing("num_bins, output_mode='int', sparse=False, name=None, dtype=None"),
)
