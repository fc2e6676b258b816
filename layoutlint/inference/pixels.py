"""Values of images: between which numbers they lie, and in which order the colours come.

Told by what made an array, and followed through whatever places, scales or shifts the values. What computes
anything else ends the way.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Final, TypeGuard

from msgspec import Struct, field

from layoutlint.model.graph import Call, Pixels, Slot, Tensor
from layoutlint.operations.indexing import by_axis

PLACING: Final = frozenset(
    [
        "reshape",
        "expand_dims",
        "squeeze",
        "transpose",
        "swapaxes",
        "moveaxis",
        "rollaxis",
        "array",
        "permutation",
        "copy",
        "convert_to_tensor",
        "concatenate",
        "stack",
        "repeat",
        "tile",
        "pad",
        "rot90",
        "join",
    ]
)
"""Operations whose values are those of their inputs."""
UNCHANGED: Final = frozenset(
    [
        "numpy",
        "eval",
        "value",
        "read_value",
        "identity",
        "get_value",
        "ensure_shape",
        "linear",
        "fliplr",
        "flipud",
        "flip_left_right",
        "flip_up_down",
        "random_flip_left_right",
        "random_flip_up_down",
    ]
)
"""Functions that are written down as an operation that keeps the shape, and keep the values too."""
FLOATING: Final = frozenset(["to_float", "to_double", "cast_to_floatx"])
"""Functions that are written down so too, and make floats of the same values."""
PREPARING: Final = frozenset(
    [
        "Resizing",
        "CenterCrop",
        "RandomCrop",
        "RandomFlip",
        "RandomRotation",
        "RandomTranslation",
        "RandomZoom",
    ]
)
"""Layers that choose pixels or place them anew, and keep their values."""
FILLED: Final = frozenset(["zeros", "empty", "ndarray", "zeros_like", "empty_like"])
"""Operations that make an array whose items the program sets."""
TURNED: Final = {"RGB": "BGR", "BGR": "RGB"}
BYTES: Final = 255
PREPARED: Final = "preprocess_input"
"""The operation that stands in the graph for ``preprocess_input`` of an application."""
_SAME, _AROUND_ZERO, _WITHOUT_MEAN = (0, BYTES, False), (-1, 1, False), (-123.68, 151.061, True)
MODES: Final[dict[str, tuple[float, float, bool]]] = {
    **dict.fromkeys(
        ("efficientnet", "efficientnet_v2", "convnext", "mobilenet_v3", "regnet", "resnet_rs"), _SAME
    ),
    **dict.fromkeys(("mobilenet", "mobilenet_v2", "inception_v3", "xception", "resnet_v2"), _AROUND_ZERO),
    **dict.fromkeys(("inception_resnet_v2", "nasnet"), _AROUND_ZERO),
    **dict.fromkeys(("vgg16", "vgg19", "resnet", "resnet50", "imagenet_utils"), _WITHOUT_MEAN),
}
"""The lowest and highest value behind ``preprocess_input``, and whether it turns the colours, by module.

Source: ``keras/src/applications/imagenet_utils.py`` (``_preprocess_numpy_input``).
"""
PRETRAINED: Final = {
    **dict.fromkeys(("ResNet50", "ResNet101", "ResNet152"), "resnet"),
    **dict.fromkeys(("ResNet50V2", "ResNet101V2", "ResNet152V2"), "resnet_v2"),
    **dict.fromkeys(("NASNetLarge", "NASNetMobile"), "nasnet"),
    "VGG16": "vgg16",
    "VGG19": "vgg19",
    "MobileNet": "mobilenet",
    "MobileNetV2": "mobilenet_v2",
    "InceptionV3": "inception_v3",
    "InceptionResNetV2": "inception_resnet_v2",
    "Xception": "xception",
}
"""Networks of keras.applications that leave the preparation of their images to the program, by module."""
NORMS: Final = frozenset(["normalize", "l2_normalize"])
"""Operations that divide by a norm; ``normalize`` stands for layer normalisation as well."""
WRITTEN: Final = frozenset(["reshape", "getitem", "expand_dims", "cast", "array", "identity"])
"""Operations that an array of written numbers may pass before it is used."""
MAX_DEPTH: Final = 60
MAX_PARTS: Final = 8


class _Way(Struct):
    """A way back through what made an array: what has been found on it, by the id of each tensor.

    ``inside`` made the array whose channels are being looked at, which were changed one by one.
    """

    inside: Call | None = None
    found: dict[int, Pixels | None] = field(default_factory=dict)


def pixels_of(tensor: Tensor) -> Pixels | None:
    """Return what is known of the values of images; None for what is not known to be images."""
    return _pixels(tensor, MAX_DEPTH, _Way())


def pixels_at_first(tensor: Tensor) -> Pixels | None:
    """Return what is known of the values of images as they were made, before their channels were changed one
    by one.
    """
    return _pixels(tensor, MAX_DEPTH, _Way(tensor.producer))


def _pixels(tensor: Tensor, depth: int, way: _Way) -> Pixels | None:
    """Return what is known of the values; a tensor that several ways lead to is looked at once."""
    if tensor.pixels is not None:
        return tensor.pixels
    if tensor.producer is None or depth <= 0:
        return None
    if id(tensor) not in way.found:
        way.found[id(tensor)] = _made_by(tensor.producer, tensor, depth, way)
    return way.found[id(tensor)]


def _made_by(made: Call, tensor: Tensor, depth: int, way: _Way) -> Pixels | None:
    name = made.layer.class_name
    if made.layer.kind == "layer":
        if name in PREPARING:
            return _common(made.input_tensors, depth - 1, way)
        return _rescaled(made, _common(made.input_tensors, depth - 1, way)) if name == "Rescaling" else None
    if made.layer.kind != "operation":
        return None
    if name in FILLED:
        return _common(made.filled, depth - 1, way)
    if made.filled and made is not way.inside:
        return None if way.inside is not None else _of_channels(tensor, made, depth - 1)
    if name in PLACING:
        found = _common(made.input_tensors, depth - 1, way)
        return found if found is None or made.layer.config.get("dtype") is None else _cast(made, found)
    return _changed(made, depth, way)


def _changed(made: Call, depth: int, way: _Way) -> Pixels | None:
    """Return the values behind an operation that changes those of one array."""
    name, tensors = made.layer.class_name, made.input_tensors
    if name not in CHANGES or not 0 < len(tensors) < 3:
        return None
    numbers = numbers_in(tensors[1]) if len(tensors) == 2 and name in WITH_NUMBER else ()
    before = _pixels(tensors[0], depth - 1, way) if numbers or len(tensors) == 1 else None
    if before is None:
        return None
    return _with_numbers(name, before, numbers) if numbers else CHANGES[name](made, before)


def _of_channels(tensor: Tensor, made: Call, depth: int) -> Pixels | None:
    """Return the values of an image whose channels the program has changed one by one, in place."""
    channels = tensor.shape[-1].size if tensor.shape else None
    way = _Way(made)
    parts = [_pixels(part, depth, way) for part in made.filled]
    if not isinstance(channels, int) or not channels <= len(parts) <= MAX_PARTS or None in parts:
        return None
    return _hull([part for part in parts if part is not None])


def _hull(parts: Sequence[Pixels]) -> Pixels:
    """Return the range that holds all of several."""
    return Pixels(min(part.lowest for part in parts), max(part.highest for part in parts), parts[0].colours)


def numbers_in(tensor: Tensor) -> tuple[float, ...]:
    """Return the numbers of an array that is written down, such as the means of the colours; else none."""
    for _ in range(MAX_PARTS):
        made = tensor.producer
        if made is None or made.layer.kind != "operation":
            return ()
        if not made.input_tensors:
            given = made.layer.config.get("x")
            return _flat(given) if made.layer.class_name == "array" else ()
        if made.layer.class_name not in WRITTEN or len(made.input_tensors) != 1:
            return ()
        tensor = made.input_tensors[0]
    return ()


def _flat(given: object) -> tuple[float, ...]:
    items = given if isinstance(given, list | tuple) else ()
    nested = [_flat(item) if isinstance(item, list | tuple) else (item,) for item in items]
    found = tuple(number for row in nested for number in row)
    known = tuple(number for number in found if _is_number(number))
    return known if len(known) == len(found) <= MAX_PARTS else ()


def through(call: Call, before: Pixels) -> Pixels | None:
    """Return the values behind a layer or an operation of a model, of such values in front of it."""
    name = call.layer.class_name
    if name in PREPARING or name in PLACING or name == "Dropout":
        return floating(before)
    if name == "Rescaling":
        return _rescaled(call, before)
    change = CHANGES.get(name)
    return change(call, before) if change is not None else None


def _common(tensors: Sequence[Tensor], depth: int, way: _Way) -> Pixels | None:
    """Return what holds of all tensors."""
    if not 0 < len(tensors) <= MAX_PARTS:
        return None
    first, *others = (_pixels(tensor, depth, way) for tensor in tensors)
    if first is None or not all(other is not None and is_alike(first, other) for other in others):
        return None
    return first if all(other == first for other in others) else floating(first)


def is_alike(one: Pixels, other: Pixels) -> bool:
    """Return whether two have the same range and the same order of colours."""
    return (one.lowest, one.highest, one.colours) == (other.lowest, other.highest, other.colours)


def floating(pixels: Pixels) -> Pixels:
    """Return the same values as numbers of any kind."""
    return Pixels(pixels.lowest, pixels.highest, pixels.colours)


def _rescaled(call: Call, before: Pixels | None) -> Pixels | None:
    scale, offset = call.layer.config.get("scale"), call.layer.config.get("offset", 0.0)
    if before is None or not _is_number(scale) or not _is_number(offset):
        return None
    return mapped(before, lambda value: value * scale + offset)


def mapped(pixels: Pixels, change: Callable[[float], float]) -> Pixels | None:
    """Return the values after a change that keeps their order."""
    lowest, highest = change(pixels.lowest), change(pixels.highest)
    return Pixels(lowest, highest, pixels.colours) if lowest < highest else None


def _mapped_by(pixels: Pixels, change: Callable[[float, float], float], number: float) -> Pixels | None:
    return mapped(pixels, lambda value: change(value, number))


def turned(pixels: Pixels) -> Pixels:
    """Return the same values with the colours in reverse order."""
    return Pixels(pixels.lowest, pixels.highest, TURNED.get(pixels.colours, ""), pixels.whole)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _arithmetic(change: Callable[[float, float], float]) -> _Change:
    """Return what an operation with one number does, which may come first in a sum or a product."""

    def run(call: Call, before: Pixels) -> Pixels | None:
        one, other = call.layer.config.get("x1"), call.layer.config.get("x2")
        if change in (operator.add, operator.mul) and not isinstance(one, Slot):
            one, other = other, one
        if not isinstance(one, Slot) or not _is_number(other):
            return None
        try:
            return _mapped_by(before, change, other)
        except (ArithmeticError, ValueError):
            return None

    return run


def _with_numbers(name: str, before: Pixels, numbers: Sequence[float]) -> Pixels | None:
    """Return the values behind an operation with an array of written numbers, one for each channel."""
    change = WITH_NUMBER[name]
    try:
        parts = [_mapped_by(before, change, number) for number in numbers]
    except (ArithmeticError, ValueError):
        return None
    return _hull([part for part in parts if part is not None]) if None not in parts else None


def _cast(call: Call, before: Pixels) -> Pixels | None:
    whole = "int" in str(call.layer.config.get("dtype"))
    if not whole:
        return floating(before)
    return before if before.highest > 2 else None


def _same_shape(call: Call, before: Pixels) -> Pixels | None:
    """Return the values behind a function that is written down as one that keeps the shape."""
    name = (call.layer.name or "").rpartition(".")[2]
    if name in UNCHANGED:
        return before
    if name in FLOATING:
        return floating(before)
    if name == "convert_image_dtype" and "float" in str(call.layer.config.get("dtype")):
        # bytes are scaled to 0 … 1, floats are left as they are
        return mapped(before, lambda value: value / BYTES) if before.whole else None
    return None


def _resized(call: Call, before: Pixels) -> Pixels:
    return floating(before)


def _inverted(call: Call, before: Pixels) -> Pixels | None:
    """Return the values of ``np.invert``: of bytes, 255 less the value."""
    return before if before.whole and (before.lowest, before.highest) == (0, BYTES) else None


def _normed(call: Call, before: Pixels) -> Pixels | None:
    """Return the values behind a division by a norm."""
    is_norm = call.layer.class_name == "l2_normalize" or "order" in call.layer.config
    return Pixels(0, 1, before.colours) if is_norm and before.lowest >= 0 else None


def _flipped(call: Call, before: Pixels) -> Pixels | None:
    axis = call.layer.config.get("axis")
    axes = axis if isinstance(axis, list | tuple) else (axis,)
    if not all(isinstance(each, int) for each in axes):
        return None
    return turned(before) if any(_holds_colours(call.input_tensors[0], each) for each in axes) else before


def _picked(call: Call, before: Pixels) -> Pixels | None:
    """Return the values of ``x[key]``: a reversed last axis has the colours in the other order."""
    tensor = call.input_tensors[0]
    if tensor.shape is None:
        return before
    for axis, part in by_axis(call.layer.config.get("key"), tensor.shape.rank):
        if not _holds_colours(tensor, axis):
            continue
        if part in (slice(None, None, -1), [2, 1, 0], (2, 1, 0)):
            return turned(before)
        if part != slice(None):
            return Pixels(before.lowest, before.highest, "", before.whole)
    return before


def prepared(module: str, before: Pixels) -> Pixels | None:
    """Return the values behind the ``preprocess_input`` of a module of keras.applications."""
    mode = MODES.get(module)
    if mode is None or before.highest != BYTES:
        return None
    lowest, highest, turns = mode
    return Pixels(lowest, highest, (turned(before) if turns else before).colours)


def _prepared(call: Call, before: Pixels) -> Pixels | None:
    return prepared(str(call.layer.config.get("of")), before)


def _holds_colours(tensor: Tensor, axis: int) -> bool:
    shape = tensor.shape
    if shape is None or not -shape.rank <= axis < shape.rank:
        return False
    found = shape[axis]
    return found.role == "channels" or (found.size == 3 and axis % shape.rank == shape.rank - 1)


_Change = Callable[[Call, Pixels], Pixels | None]

WITH_NUMBER: Final[dict[str, Callable[[float, float], float]]] = {
    "divide": operator.truediv,
    "multiply": operator.mul,
    "add": operator.add,
    "subtract": operator.sub,
}
"""Operations of an array of images with a number, or with one for each channel."""

CHANGES: Final[dict[str, _Change]] = {
    **{name: _arithmetic(change) for name, change in WITH_NUMBER.items()},
    "cast": _cast,
    "identity": _same_shape,
    "resize": _resized,
    "invert": _inverted,
    **dict.fromkeys(NORMS, _normed),
    "flip": _flipped,
    "getitem": _picked,
    PREPARED: _prepared,
}
"""Operations that change the values of one array in a way that is known."""
