"""Keras's older generators of batches: ImageDataGenerator and TimeseriesGenerator.

Source: ``keras/src/legacy/preprocessing/image.py`` and ``sequence.py``. A generator keeps under
``element`` what one batch holds.
"""

from __future__ import annotations

import ast

from layoutlint.inference.labels import labels_of
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.arrays import array_of
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value, as_size
from layoutlint.interpreter.libraries.pillow_opencv import pair
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, unknown_size

IMAGES = "keras.preprocessing.image.ImageDataGenerator"
BATCHES = "keras.preprocessing.image.Iterator"
CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}
FLOW = ("x", "y", "batch_size", "shuffle", "sample_weight")
FROM_DIRECTORY = ("directory", "target_size", "color_mode", "classes", "class_mode", "batch_size")
FROM_FRAME = (
    "dataframe",
    "directory",
    "x_col",
    "y_col",
    "weight_col",
    "target_size",
    "color_mode",
    "classes",
    "class_mode",
    "batch_size",
)


def batches(ev: Evaluator, origin: Origin, element: Value, **known: Value) -> LibraryObject:
    """A generator whose every batch is ``element``."""
    return LibraryObject(BATCHES, origin, ev.journal.born({"element": element, **known}))


def _batch() -> Axis:
    """The samples of a batch: the last one may have fewer than ``batch_size``."""
    return Axis(unknown_size(), "batch")


def _new(site: Site, arguments: Arguments) -> Value:
    written = arguments.keywords.get("data_format")
    layout = site.evaluator.data_format if written is None and not arguments.open else written
    return LibraryObject(IMAGES, site.origin, site.journal.born({"data_format": layout}))


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name == "fit":
        return None
    if name == "flow":
        return _flow(site, made, arguments)
    if name in ("flow_from_directory", "flow_from_dataframe"):
        names = FROM_DIRECTORY if name == "flow_from_directory" else FROM_FRAME
        return _from_files(site, made, dict(zip(names, arguments.positional, strict=False)), arguments)
    if name in ("random_transform", "standardize", "apply_transform"):
        return arguments.get(0, "x")
    return site.lost(f"{name} of an ImageDataGenerator")


def _flow(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """``flow(x, y)``: the arrays in batches."""
    given = dict(zip(FLOW, arguments.positional, strict=False)) | dict(arguments.keywords)
    origin = site.origin
    images = _in_batches(given.get("x"), origin)
    if isinstance(given.get("x"), tuple | list) or given.get("sample_weight") is not None or arguments.open:
        return site.lost("a flow of several arrays")
    if given.get("y") is None:
        return batches(site.evaluator, origin, images)
    return batches(site.evaluator, origin, (images, _in_batches(given["y"], origin)))


def _in_batches(value: Value, origin: Origin) -> Tensor:
    array = array_of(value)
    if array is None or array.shape is None:
        return Tensor(None, None, origin)
    return Tensor(Shape((_batch(), *array.shape[1:])), None, origin, labels=labels_of(array))


def _from_files(
    site: Site,
    made: LibraryObject,
    positional: dict[str, Value],
    arguments: Arguments,
) -> Value:
    """``flow_from_directory(…, target_size=(height, width))``."""
    given = {"target_size": (256, 256), "color_mode": "rgb", "class_mode": "categorical"}
    given |= positional | dict(arguments.keywords)
    origin = site.origin
    size, layout, mode = pair(given["target_size"]), made.state.get("data_format"), given["color_mode"]
    if arguments.open or layout not in ("channels_last", "channels_first"):
        return site.lost("a flow of pictures with unknown arguments")
    height, width = size if size is not None else (unknown_size(), unknown_size())
    channels: Size = CHANNELS[mode] if isinstance(mode, str) and mode in CHANNELS else unknown_size()
    evidence = (Evidence("target_size is (height, width)", origin),)
    axes = [Axis(height, "height", evidence), Axis(width, "width", evidence)]
    axes.insert(2 if layout == "channels_last" else 0, Axis(channels, "channels", evidence))
    images = Tensor(Shape((_batch(), *axes)), None, origin)
    kind = given["class_mode"]
    shape = Shape(axes).sizes
    if kind is None:
        return batches(site.evaluator, origin, images, image_shape=shape)
    labels = Tensor(None, None, origin)
    classes = given.get("classes")
    known = isinstance(classes, list | tuple) and not any(isinstance(c, Rest) for c in classes)
    count = len(classes) if known and classes is not None else None
    if kind in ("binary", "sparse"):
        values = Labels(2 if kind == "binary" else count)
        labels = Tensor(Shape((_batch(),)), None, origin, labels=values)
    elif kind == "categorical":
        wide = unknown_size() if count is None else count
        labels = Tensor(Shape((_batch(), Axis(wide, "labels"))), None, origin)
    elif kind == "input":
        labels = images
    return batches(site.evaluator, origin, (images, labels), image_shape=shape)


def _timeseries(site: Site, arguments: Arguments) -> Value:
    """``TimeseriesGenerator(data, targets, length)``: windows of ``length / sampling_rate`` steps."""
    data, targets = array_of(arguments.get(0, "data")), array_of(arguments.get(1, "targets"))
    length, rate = as_size(arguments.get(2, "length")), as_size(arguments.get(3, "sampling_rate", 1))
    origin = site.origin
    steps = sizes.ceil_divide(length, rate) if length is not None and rate is not None else unknown_size()
    evidence = (Evidence("TimeseriesGenerator makes windows of steps", origin),)
    windows = Tensor(None, None, origin)
    if data is not None and data.shape is not None:
        windows = Tensor(Shape((_batch(), Axis(steps, "steps", evidence), *data.shape[1:])), None, origin)
    wanted = Tensor(None, None, origin)
    if targets is not None and targets.shape is not None:
        wanted = Tensor(Shape((_batch(), *targets.shape[1:])), None, origin)
    return batches(site.evaluator, origin, (windows, wanted))


def _batches_method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name in ("next", "__next__"):
        return made.state["element"]
    return None if name == "reset" else site.lost(f"{name} of a generator")


def _batches_attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name in ("image_shape", "target_size") and "image_shape" in made.state:
        shape = made.state["image_shape"]
        return shape if name == "image_shape" else Unknown("target_size", site.origin)
    if name in (
        "samples",
        "n",
        "num_classes",
        "class_indices",
        "classes",
        "filenames",
        "labels",
        "batch_size",
    ):
        return Unknown(ast.unparse(site.node)[:60], site.origin, "what the generator finds")
    return None


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
            item=lambda site, made, key: made.state["element"],
            items=lambda ev, made: [Rest(made.state["element"])],
        ),
    },
)
