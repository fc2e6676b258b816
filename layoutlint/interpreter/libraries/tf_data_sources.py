"""New ``tf.data`` data sets: from tensors, generators and files.

Sources: "tf.data.Dataset", https://www.tensorflow.org/api_docs/python/tf/data/Dataset; Keras's "Image data
loading" and "Timeseries data loading", https://keras.io/api/data_loading/.
"""

from __future__ import annotations

from typing import Final

from layoutlint.inference.pixels import BYTES
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.narrowing import known_length, known_shape, sequence
from layoutlint.interpreter.core.plain import Yielded
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Unknown, Value, as_size, one_of, text_of
from layoutlint.interpreter.libraries.keras_generators import SHUFFLE, image_axes
from layoutlint.interpreter.libraries.pillow_opencv import layout
from layoutlint.interpreter.libraries.tf_data_elements import (
    DATASET,
    SPEC,
    dataset,
    is_dataset,
    itself,
    of_one_step,
    of_sizes,
    over,
    tensors,
    unknown_dataset,
    with_first,
    without_first,
)
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Call, Labels, Layer, Pixels, Tensor
from layoutlint.model.sizes import unknown_size


def _from_slices(site: Site, arguments: Arguments) -> Value:
    return dataset(site, over(without_first, tensors(arguments.get(0, "tensors"))))


def _from_tensors(site: Site, arguments: Arguments) -> Value:
    return dataset(site, tensors(arguments.get(0, "tensors")))


def _scalars(site: Site, arguments: Arguments) -> Value:
    return dataset(site, Tensor(Shape(), None, site.origin))


def _from_generator(site: Site, arguments: Arguments) -> Value:
    """Return ``from_generator(f, output_signature=…)``: what the signature or ``output_shapes`` says."""
    signature = arguments.get(4, "output_signature")
    if signature is not None:
        return dataset(site, _told_by(_yielded(site, arguments), over(itself, tensors(signature))))
    types, shapes = arguments.get(1, "output_types"), arguments.get(2, "output_shapes")
    if not is_small(types) or (shapes is None and not isinstance(types, tuple | dict)):
        return unknown_dataset(site)
    return dataset(site, _told_by(_yielded(site, arguments), _of_types(types, shapes)))


def _yielded(site: Site, arguments: Arguments) -> Value:
    """Return one of the elements that a generator of the program yields; None where it is not followed."""
    given = sequence(arguments.get(3, "args", ()))
    made = site.call(arguments.get(0, "generator"), Arguments(tuple(given or ())))
    return tensors(one_of(made[-1])) if isinstance(made, Yielded) and made else None


def _told_by(yielded: Value, declared: Value) -> Value:
    """Return an element of the declared shape, with the meaning that its axes have where it is yielded."""
    match yielded, declared:
        case tuple(), tuple() if len(yielded) == len(declared):
            return tuple(_told_by(*pair) for pair in zip(yielded, declared, strict=True))
        case dict(), dict():
            return {key: _told_by(yielded.get(key), value) for key, value in declared.items()}
        case Tensor(), Tensor() if yielded.shape is not None and declared.shape is not None:
            if yielded.shape.rank != declared.shape.rank:
                return declared
            axes = (a.sized(b.size) for a, b in zip(yielded.shape, declared.shape, strict=True))
            return Tensor(Shape(axes), None, declared.origin, labels=yielded.labels, pixels=yielded.pixels)
        case _:
            return declared


def _of_types(types: Value, shapes: Value) -> Value:
    """Return the arrays of the structure that the types have, with these shapes where they are given."""
    if isinstance(types, tuple):
        given = shapes if isinstance(shapes, tuple | list) and len(shapes) == len(types) else None
        return tuple(
            _of_types(each, given[place] if given is not None else None) for place, each in enumerate(types)
        )
    if isinstance(types, dict):
        known = shapes if isinstance(shapes, dict) else {}
        return {name: _of_types(each, known.get(name)) for name, each in types.items()}
    if isinstance(shapes, tuple | list) and any(isinstance(each, tuple | list) for each in shapes):
        # the types are not known, and the shapes are nested
        return tuple(_of_types(types, each) for each in shapes)
    return Tensor(None) if shapes is None else of_sizes(shapes)


def _spec(site: Site, arguments: Arguments) -> Value:
    """Return ``tf.TensorSpec(shape, dtype)``."""
    array = of_sizes(arguments.get(0, "shape"))
    return LibraryObject(SPEC, site.origin, site.journal.born({"array": array}))


def _tensor_shape(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "dims")
    return tuple(value) if isinstance(value, list) else value


def _zip(site: Site, arguments: Arguments) -> Value:
    given = sequence(arguments.get(0, "datasets")) if len(arguments.positional) == 1 else None
    parts = arguments.positional if given is None else given
    known = [part for part in parts if is_dataset(part)]
    if not known or len(known) < len(parts):
        return unknown_dataset(site)
    return dataset(
        site,
        tuple(part.state["element"] for part in known),
        traced=tuple(part.state["traced"] for part in known),
    )


_IMAGE_ARGUMENTS = (
    "directory",
    "labels",
    "label_mode",
    "class_names",
    "color_mode",
    "batch_size",
    "image_size",
    SHUFFLE,
)
_IMAGE_DEFAULTS: dict[str, Value] = {
    "labels": "inferred",
    "label_mode": "int",
    "color_mode": "rgb",
    "batch_size": 32,
    "image_size": (256, 256),
    SHUFFLE: True,
}


def _images(site: Site, arguments: Arguments) -> Value:
    """Return ``image_dataset_from_directory(…)``.

    Its elements are (batch, height, width, channels), with labels as ``label_mode`` says.
    """
    given = _IMAGE_DEFAULTS | dict(zip(_IMAGE_ARGUMENTS, arguments.positional, strict=False))
    given |= arguments.keywords
    order = layout(site, given.get("data_format"))
    if arguments.open or order is None:
        return unknown_dataset(site)
    if given.get("format", "tf") != "tf":
        return site.lost("a data set that is not of TensorFlow")
    says = "image_size is (height, width)"
    axes = image_axes(given["image_size"], given["color_mode"], order, says, site.origin)
    pixels = Pixels(0, BYTES, "RGB" if given["color_mode"] == "rgb" else "")
    return _from_directory(site, given, Tensor(Shape(axes), None, site.origin, pixels=pixels))


_TEXT_ARGUMENTS = ("directory", "labels", "label_mode", "class_names", "batch_size", "max_length", SHUFFLE)
_TEXT_DEFAULTS: dict[str, Value] = {
    "labels": "inferred",
    "label_mode": "int",
    "batch_size": 32,
    SHUFFLE: True,
}


def _texts(site: Site, arguments: Arguments) -> Value:
    """Return ``text_dataset_from_directory(…)``: one text a sample, with labels as ``label_mode`` says."""
    given = _TEXT_DEFAULTS | dict(zip(_TEXT_ARGUMENTS, arguments.positional, strict=False))
    given |= arguments.keywords
    if arguments.open:
        return unknown_dataset(site)
    if given.get("format", "tf") != "tf":
        return site.lost("a data set that is not of TensorFlow")
    return _from_directory(site, given, Tensor(Shape(), None, site.origin))


def _from_directory(site: Site, given: dict[str, Value], sample: Tensor) -> Value:
    """Return the data set of files in folders, or the two that ``subset="both"`` asks for."""
    element = _labelled(given, sample)
    if given["batch_size"] is not None:
        element = over(with_first(Axis(None, "batch")), element)
    found = dataset(site, element)
    found.state[SHUFFLE] = given[SHUFFLE]
    match given.get("subset"):
        case "both":
            # the validation data are never shuffled
            return found, dataset(site, element)
        case None | str():
            return found
        case _:
            return site.lost("one data set or two")


def _labelled(given: dict[str, Value], inputs: Tensor) -> Value:
    """Return samples with their labels, in a ``label_mode``."""
    if given["label_mode"] is None or given["labels"] is None:
        return inputs
    count = known_length(given.get("class_names"))
    match text_of(given["label_mode"]):
        case "int":
            labels = Tensor(Shape(), None, inputs.origin, labels=Labels(count))
        case "binary":
            labels = Tensor(Shape.of(1), None, inputs.origin, labels=Labels(2))
        case "categorical":
            classes = unknown_size() if count is None else count
            labels = Tensor(Shape((Axis(classes, "labels"),)), None, inputs.origin)
        case _:
            labels = Tensor(None, None, inputs.origin)
    return inputs, labels


WINDOWS: Final = "timeseries_dataset_from_array"
"""The operation that stands in the graph for windows whose targets are of the same series."""


def _windows(site: Site, arguments: Arguments) -> Value:
    """Return ``timeseries_dataset_from_array(…)``: (batch, sequence_length, …) of (time, …)."""
    shape, targets = known_shape(arguments.get(0, "data")), arguments.get(1, "targets")
    origin = site.origin
    evidence = (Evidence("timeseries_dataset_from_array makes windows of sequence_length steps", origin),)
    element: Value = Tensor(None, None, origin)
    traced: Value = element
    if shape is not None and not arguments.open:
        steps = Axis(as_size(arguments.get(2, "sequence_length")), "steps", evidence)
        tail = of_one_step(shape[1:], origin)
        element = Tensor(Shape((steps, *tail)), None, origin)
        traced = Tensor(Shape((steps.sized(None), *tail)), None, origin)
    if targets is not None:
        known = known_shape(targets)
        wanted = Tensor(Shape(known[1:]) if known is not None else None, None, origin)
        element, traced = (element, wanted), (traced, wanted)
        _note_shift(site, arguments, targets)
    if arguments.get(5, "batch_size", 128) is not None:
        first = with_first(Axis(None, "batch"))
        element, traced = over(first, element), over(first, traced)
    return dataset(site, element, traced=traced)


def _note_shift(site: Site, arguments: Arguments, targets: Value) -> None:
    """Put into the graph how many steps behind the first one of its window a target of the same series is."""
    series, first = _start(arguments.get(0, "data"))
    # a window of all columns holds those that the targets are of
    other, start = _start(targets, of_columns=True)
    length, rate = arguments.get(2, "sequence_length"), arguments.get(4, "sampling_rate", 1)
    if not isinstance(length, int) or not isinstance(rate, int) or first is None or start is None:
        return
    if not _is_same(series, other):
        return
    config = {"shift": start - first, "last": (length - 1) * rate}
    layer = Layer(WINDOWS, config, site.origin, WINDOWS, "operation")
    site.evaluator.record(Call(layer, [], {}, site.origin, conditions=tuple(site.evaluator.conditions)))


def _is_same(one: Value, other: Value, depth: int = 8) -> bool:
    """Return whether two values are the same array, or the same part or form of one."""
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        return (one.serial, one.path) == (other.serial, other.path)
    if one is other:
        return isinstance(one, Tensor | LibraryObject)
    if not isinstance(one, Tensor) or not isinstance(other, Tensor) or depth == 0:
        return False
    first, second = one.producer, other.producer
    if first is None or second is None or not first.input_tensors or first.layer.kind != "operation":
        return False
    pairs = zip(first.input_tensors, second.input_tensors, strict=False)
    return (
        (first.layer.name, first.layer.config) == (second.layer.name, second.layer.config)
        and len(first.input_tensors) == len(second.input_tensors)
        and all(_is_same(a, b, depth - 1) for a, b in pairs)
    )


def _start(value: Value, *, of_columns: bool = False) -> tuple[Value, int | None]:
    """Return the series of which an array is a part, and with which item the part begins; None if unknown.

    The part may be ``of_columns``: what stands in some of them.
    """
    first = 0
    while isinstance(value, Tensor) and value.producer is not None:
        made = value.producer
        key = made.layer.config.get("key")
        match key:
            case (slice() as rows, int() | slice()) if of_columns:
                key = rows
        if made.layer.class_name != "getitem" or len(made.input_tensors) != 1 or not isinstance(key, slice):
            break
        start = 0 if key.start is None else key.start
        if key.step not in (None, 1) or not isinstance(start, int) or start < 0:
            return value, None
        first += start
        value = made.input_tensors[0]
    return value, first


FUNCTIONS: dict[str, Handler] = {
    f"{DATASET}.from_tensor_slices": _from_slices,
    f"{DATASET}.from_tensors": _from_tensors,
    f"{DATASET}.from_generator": _from_generator,
    f"{DATASET}.range": _scalars,
    f"{DATASET}.list_files": _scalars,
    f"{DATASET}.zip": _zip,
    "tensorflow.data.TextLineDataset": _scalars,
    "tensorflow.data.TFRecordDataset": _scalars,
    SPEC: _spec,
    "tensorflow.TensorShape": _tensor_shape,
    "keras.utils.image_dataset_from_directory": _images,
    "keras.preprocessing.image_dataset_from_directory": _images,
    "keras.utils.text_dataset_from_directory": _texts,
    "keras.preprocessing.text_dataset_from_directory": _texts,
    "keras.utils.timeseries_dataset_from_array": _windows,
    "keras.preprocessing.timeseries_dataset_from_array": _windows,
}
