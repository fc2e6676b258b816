"""Keras's older generators of batches: ImageDataGenerator and TimeseriesGenerator.

Source: ``keras/src/legacy/preprocessing/image.py`` and ``sequence.py``. A generator keeps under
``element`` what one batch holds.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from layoutlint.inference.fractions import SCALED
from layoutlint.inference.labels import labels_of
from layoutlint.inference.pixels import BYTES, mapped, pixels_of, prepared
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import known_length, known_shape, sequence
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import (
    External,
    LibraryObject,
    Rest,
    Unknown,
    Value,
    as_size,
    text_of,
)
from layoutlint.interpreter.libraries.pillow_opencv import layout, pair_or_unknown
from layoutlint.interpreter.libraries.tf_data_elements import of_one_step
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Call, Labels, Layer, Pixels, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, unknown_size
from layoutlint.model.syntax_text import written

IMAGES = "keras.preprocessing.image.ImageDataGenerator"
BATCHES = "keras.preprocessing.image.Iterator"
CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}
SHUFFLE, PART = "shuffle", "part"
"""The state of a source of batches that says whether they come in another order each time."""
FLOW = ("x", "y", "batch_size", SHUFFLE, "sample_weight")
_CHANGING = re.compile("featurewise|samplewise|zca|channel_shift|brightness")
"""Arguments of an ImageDataGenerator that change the values of images in a way that nobody knows."""
FUNCTION = "preprocessing_function"
FROM_DIRECTORY = ("directory", "target_size", "color_mode", "classes", "class_mode", "batch_size", SHUFFLE)
FROM_FRAME = ("dataframe", "directory", "x_col", "y_col", "weight_col", *FROM_DIRECTORY[1:])


def channels_of(color_mode: Value) -> Size:
    """Return the number of channels of an image that is read in a ``color_mode``."""
    return CHANNELS.get(text_of(color_mode) or "", unknown_size())


def image_axes(size: Value, color_mode: Value, order: str, says: str, origin: Origin) -> list[Axis]:
    """Return the axes of images that are read in a size of (height, width), in the order of the layout."""
    height, width = pair_or_unknown(size)
    evidence = (Evidence(says, origin),)
    axes = [Axis(height, "height", evidence), Axis(width, "width", evidence)]
    channels = Axis(channels_of(color_mode), "channels", evidence)
    axes.insert(2 if order == "channels_last" else 0, channels)
    return axes


def _batches(site: Site, element: Value, **known: Value) -> LibraryObject:
    """Return a generator whose every batch is ``element``."""
    return LibraryObject(BATCHES, site.origin, site.journal.born({"element": element, **known}))


def _batch(size: Value = None) -> Axis:
    """Return the axis of the samples in a batch: the last one may have fewer than ``batch_size``, but not
    than 1.
    """
    return Axis(1 if size == 1 else unknown_size(), "batch")


def _new(site: Site, arguments: Arguments) -> Value:
    written = arguments.keywords.get("data_format")
    order = None if arguments.open and written is None else layout(site, written)
    known: dict[str, Value] = {"data_format": order, "scale": _scale(arguments)}
    known |= {"prepared": arguments.keywords.get(FUNCTION), "statistic": _statistic(arguments)}
    return LibraryObject(IMAGES, site.origin, site.journal.born(known))


def _scale(arguments: Arguments) -> float | None:
    """Return the factor of the values; None where more may be done to them."""
    if arguments.open or arguments.positional or any(map(_CHANGING.match, arguments.keywords)):
        return None
    scale = arguments.keywords.get("rescale", 1)
    return scale if isinstance(scale, int | float) else None


def _statistic(arguments: Arguments) -> str:
    """Return the argument that asks for a statistic of the training data; the empty text for none."""
    asked = (name for name, value in arguments.keywords.items() if "featurewise" in name and value is True)
    return next((f"ImageDataGenerator({name}=True)" for name in asked), "")


def _scaled(made: LibraryObject, pixels: Pixels | None) -> Pixels | None:
    """Return the values of the images that a generator makes of such ones: its function is called first."""
    scale, function = made.state.get("scale"), made.state.get("prepared")
    if pixels is not None and isinstance(function, External) and function.name.endswith(".preprocess_input"):
        pixels = prepared(function.name.rsplit(".", 2)[1], pixels)
    elif function is not None:
        return None
    if pixels is None or not isinstance(scale, int | float):
        return None
    return mapped(pixels, lambda value: value * scale)


def _standardised(site: Site, made: LibraryObject, images: Tensor, array: Tensor | None) -> Tensor:
    """Return the images as the generator makes them of an array, with the statistic that they depend on."""
    by = made.state.get("statistic")
    if not by or array is None:
        return images
    call = Call(Layer(SCALED, {"by": by}, site.origin, kind="operation"), [array], {}, site.origin)
    call.outputs = replace(images, producer=call)
    return call.outputs


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    match name:
        case "fit":
            return None
        case "flow":
            return _flow(site, made, arguments)
        case "flow_from_directory":
            return _from_files(site, made, _given(FROM_DIRECTORY, arguments))
        case "flow_from_dataframe":
            return _from_files(site, made, _given(FROM_FRAME, arguments))
        case "random_transform" | "apply_transform":
            return arguments.get(0, "x")
        case "standardize":
            array = array_of(arguments.get(0, "x"))
            if array is None:
                return site.lost("an image that is not known")
            images = Tensor(array.shape, None, site.origin, pixels=_scaled(made, pixels_of(array)))
            return _standardised(site, made, images, array)
        case _:
            return site.lost(f"{name} of an ImageDataGenerator")


def _given(names: tuple[str, ...], arguments: Arguments) -> dict[str, Value] | None:
    """Return the arguments by their names; None where there may be more."""
    if arguments.open:
        return None
    return dict(zip(names, arguments.positional, strict=False)) | dict(arguments.keywords)


def _flow(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``flow(x, y)``: the arrays in batches."""
    given, origin = _given(FLOW, arguments), site.origin
    if given is None or sequence(given.get("x")) is not None or given.get("sample_weight") is not None:
        return site.lost("a flow of several arrays")
    size = given.get("batch_size", 32)
    images = _in_batches(given.get("x"), size, origin)
    images = replace(images, pixels=_scaled(made, images.pixels))
    images = _standardised(site, made, images, array_of(given.get("x")))
    shuffle = given.get(SHUFFLE, True)
    if given.get("y") is None:
        return _batches(site, images, shuffle=shuffle)
    return _batches(site, (images, _in_batches(given["y"], size, origin)), shuffle=shuffle)


def _in_batches(value: Value, size: Value, origin: Origin) -> Tensor:
    array = array_of(value)
    if array is None or array.shape is None:
        return Tensor(None, None, origin)
    return Tensor(
        Shape((_batch(size), *array.shape[1:])),
        None,
        origin,
        labels=labels_of(array),
        pixels=pixels_of(array),
    )


def _from_files(site: Site, made: LibraryObject, given: dict[str, Value] | None) -> Value:
    """Return ``flow_from_directory(…, target_size=(height, width))``."""
    order, origin = text_of(made.state.get("data_format")), site.origin
    if given is None or order is None:
        return site.lost("a flow of images with unknown arguments")
    size, mode = given.get("target_size", (256, 256)), given.get("color_mode", "rgb")
    axes = image_axes(size, mode, order, "target_size is (height, width)", origin)
    pixels = _scaled(made, Pixels(0, BYTES, "RGB" if mode == "rgb" else ""))
    images = Tensor(Shape((_batch(), *axes)), None, origin, pixels=pixels)
    image_shape = Shape(axes).sizes
    kind = given.get("class_mode", "categorical")
    known: dict[str, Value] = {"image_shape": image_shape, SHUFFLE: given.get(SHUFFLE, True)}
    known["has_classes"] = kind in (None, "binary", "sparse", "categorical")
    if kind is None:
        return _batches(site, images, **known)
    return _batches(site, (images, _labels(kind, known_length(given.get("classes")), images)), **known)


def _labels(kind: Value, count: int | None, images: Tensor) -> Tensor:
    """Return the labels of a batch in a ``class_mode``, of ``count`` classes if that is known."""
    origin = images.origin
    match kind:
        case "binary":
            # the numbers of the classes, however many there are
            return Tensor(Shape((_batch(),)), None, origin, labels=Labels(count or 2))
        case "sparse":
            return Tensor(Shape((_batch(),)), None, origin, labels=Labels(count))
        case "categorical":
            wide = unknown_size() if count is None else count
            return Tensor(Shape((_batch(), Axis(wide, "labels"))), None, origin)
        case "input":
            return images
        case _:
            return Tensor(None, None, origin)


def _timeseries(site: Site, arguments: Arguments) -> Value:
    """Return ``TimeseriesGenerator(data, targets, length)``: windows of ``length / sampling_rate`` steps."""
    data, targets = known_shape(arguments.get(0, "data")), known_shape(arguments.get(1, "targets"))
    length, rate = as_size(arguments.get(2, "length")), as_size(arguments.get(3, "sampling_rate", 1))
    origin = site.origin
    steps = sizes.ceil_divide(length, rate) if length is not None and rate is not None else unknown_size()
    evidence = (Evidence("TimeseriesGenerator makes windows of steps", origin),)
    windows = None
    if data is not None:
        windows = Shape((_batch(), Axis(steps, "steps", evidence), *of_one_step(data[1:], origin)))
    wanted = Shape((_batch(), *targets[1:])) if targets is not None else None
    return _batches(site, (Tensor(windows, None, origin), Tensor(wanted, None, origin)))


def _batches_method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name in ("next", "__next__"):
        return made.state["element"]
    return None if name == "reset" else site.lost(f"{name} of a generator")


_FOUND = ("samples", "n", "num_classes", "class_indices", "classes", "filenames", "labels", "batch_size")
"""Attributes that say what a generator found in its folder."""


OF_ALL_FILES = ("classes", "labels")
"""Attributes that hold a value for each file, in the order in which the files are listed."""


def _batches_attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "image_shape":
        return made.state.get("image_shape")
    if name == "target_size" and "image_shape" in made.state:
        return Unknown("target_size", site.origin)
    if name in OF_ALL_FILES and made.state.get("has_classes") is True:
        return Tensor(Shape((Axis(unknown_size(), "samples"),)), None, site.origin)
    if name in _FOUND:
        return Unknown(written(site.node)[:60], site.origin, "what the generator finds")
    return None


def _batches_item(site: Site, made: LibraryObject, key: Value) -> Value:
    return made.state["element"]


def _batches_items(ev: Evaluator, made: LibraryObject) -> list[Value]:
    return [Rest(made.state["element"])]


_FUNCTIONS: dict[str, Handler] = {
    IMAGES: _new,
    "keras.legacy.preprocessing.image.ImageDataGenerator": _new,
    "keras.preprocessing.sequence.TimeseriesGenerator": _timeseries,
    "keras.legacy.preprocessing.sequence.TimeseriesGenerator": _timeseries,
}


LIBRARY = Library(
    "keras_generators",
    functions=_FUNCTIONS,
    kinds={
        IMAGES: Kind(method=_method),
        BATCHES: Kind(
            method=_batches_method,
            attribute=_batches_attribute,
            item=_batches_item,
            items=_batches_items,
        ),
    },
)
