"""``tf.data``: what an element of a data set is, from slices through batches and maps.

Source: "tf.data.Dataset", https://www.tensorflow.org/api_docs/python/tf/data/Dataset. An axis of batches is
free (None) while a function is mapped over it, as TensorFlow traces it, and a number when the program takes
elements.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from layoutlint.inference.labels import labels_of
from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.arrays import array_of
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    LibraryObject,
    NativeMethod,
    Rest,
    Unknown,
    Value,
    as_size,
)
from layoutlint.interpreter.libraries.keras_generators import CHANNELS
from layoutlint.interpreter.libraries.pillow_opencv import pair
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Expression, Size, unknown_size

DATASET = "tensorflow.data.Dataset"
SPEC = "tensorflow.TensorSpec"


def dataset(ev: Evaluator, origin: Origin, element: Value, *, traced: Value = None) -> LibraryObject:
    """A data set of such elements; ``traced`` is what a mapped function sees where that is less."""
    state = {"element": element, "traced": element if traced is None else traced}
    return LibraryObject(DATASET, origin, ev.journal.born(state))


def _over(change: Callable[[Tensor], Tensor], element: Value) -> Value:
    """The same nest of tensors, each changed; what is no tensor becomes one of unknown shape."""
    if isinstance(element, tuple):
        return tuple(_over(change, part) for part in element)
    if isinstance(element, dict):
        return {key: _over(change, part) for key, part in element.items()}
    if isinstance(element, LibraryObject) and element.kind == DATASET:
        return element  # windows are data sets themselves
    return change(element) if isinstance(element, Tensor) else Tensor(None)


def _without_first(tensor: Tensor) -> Tensor:
    shape = tensor.shape
    inner = Shape(shape[1:]) if shape is not None and shape.rank else None
    return Tensor(inner, None, tensor.origin, labels=labels_of(tensor))


def _with_first(axis: Axis) -> Callable[[Tensor], Tensor]:
    def change(tensor: Tensor) -> Tensor:
        shape = tensor.shape
        outer = Shape((axis, *shape)) if shape is not None else None
        return Tensor(outer, None, tensor.origin, labels=labels_of(tensor))

    return change


def _of_some_values(tensor: Tensor) -> Tensor:
    """A tensor of which some values were chosen: a class may be left out."""
    return Tensor(tensor.shape, None, tensor.origin, tensor.name)


def _concrete(tensor: Tensor) -> Tensor:
    """A tensor as a loop over the data set gives it: every axis has a number, if not a known one."""
    shape = tensor.shape
    if shape is None:
        return tensor
    return Tensor(
        Shape(axis.sized(unknown_size()) if axis.size is None else axis for axis in shape),
        None,
        tensor.origin,
        labels=labels_of(tensor),
    )


def _tensors(value: Value) -> Value:
    """Nested data as nested tensors: a list is one tensor, a tuple or dict is a structure of them."""
    if isinstance(value, tuple):
        return tuple(_tensors(part) for part in value)
    if isinstance(value, dict):
        return {key: _tensors(part) for key, part in value.items()}
    if isinstance(value, list):
        if any(isinstance(item, Rest) for item in value):
            item = value[0].item if len(value) == 1 and isinstance(value[0], Rest) else None
            array = array_of(item)
            if array is not None and array.shape is not None:
                return Tensor(Shape((Axis(unknown_size()), *array.shape)))
            return Tensor(Shape.of(unknown_size())) if isinstance(item, str | int | float) else Tensor(None)
        made = arrays.to_tensors(value)
        if isinstance(made, Tensor):
            return made
        shapes = [array_of(item) for item in value]
        first = shapes[0] if shapes else None
        if first is not None and first.shape is not None:
            same = all(
                s is not None and s.shape is not None and s.shape.sizes == first.shape.sizes for s in shapes
            )
            return Tensor(Shape((Axis(len(value)), *first.shape))) if same else Tensor(None)
        return Tensor(None)
    if isinstance(value, LibraryObject):
        return value.array if value.array is not None else Tensor(None)
    return value if isinstance(value, Tensor) else arrays.to_tensors(value)


# ---------------------------------------------------------------------- sources


def _from_slices(site: Site, arguments: Arguments) -> Value:
    return dataset(site.evaluator, site.origin, _over(_without_first, _tensors(arguments.get(0, "tensors"))))


def _from_tensors(site: Site, arguments: Arguments) -> Value:
    return dataset(site.evaluator, site.origin, _tensors(arguments.get(0, "tensors")))


def _scalars(site: Site, arguments: Arguments) -> Value:
    return dataset(site.evaluator, site.origin, Tensor(Shape(), None, site.origin))


def _from_generator(site: Site, arguments: Arguments) -> Value:
    """``from_generator(f, output_signature=…)``: what the signature or ``output_shapes`` says."""
    origin = site.origin
    signature = arguments.get(4, "output_signature")
    shapes = arguments.get(2, "output_shapes")
    if signature is not None:
        return dataset(site.evaluator, origin, _over(lambda tensor: tensor, _tensors(signature)))
    types = arguments.get(1, "output_types")
    if shapes is None:
        return dataset(
            site.evaluator,
            origin,
            Tensor(None) if not isinstance(types, tuple) else (Tensor(None),) * len(types),
        )
    if isinstance(types, tuple) and isinstance(shapes, tuple) and len(types) == len(shapes):
        return dataset(site.evaluator, origin, tuple(_of_sizes(shape) for shape in shapes))
    return dataset(site.evaluator, origin, _of_sizes(shapes))


def _of_sizes(value: Value) -> Tensor:
    found = arrays.sizes_of(value)
    return Tensor(Shape.of(*found)) if found is not None and not isinstance(value, int) else Tensor(None)


def _spec(site: Site, arguments: Arguments) -> Value:
    """``tf.TensorSpec(shape, dtype)``."""
    array = _of_sizes(arguments.get(0, "shape"))
    return LibraryObject(SPEC, site.origin, site.journal.born({"array": array}))


def _tensor_shape(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "dims")
    return tuple(value) if isinstance(value, list) else value


def _zip(site: Site, arguments: Arguments) -> Value:
    given = arguments.positional
    if len(given) == 1 and isinstance(given[0], tuple | list):
        given = tuple(given[0])
    if not given or not all(isinstance(value, LibraryObject) and value.kind == DATASET for value in given):
        return dataset(site.evaluator, site.origin, Tensor(None))
    return dataset(
        site.evaluator,
        site.origin,
        tuple(value.state["element"] for value in given),
        traced=tuple(value.state["traced"] for value in given),
    )


def _batch_axis(value: Value, *, whole: bool) -> Axis:
    size: Size = as_size(value) if whole else None
    return Axis(size, "batch")


def _images(site: Site, arguments: Arguments) -> Value:
    """``image_dataset_from_directory``: (batch, height, width, channels), labels as ``label_mode`` says."""
    names = ("directory", "labels", "label_mode", "class_names", "color_mode", "batch_size", "image_size")
    given: dict[str, Value] = {
        "labels": "inferred",
        "label_mode": "int",
        "color_mode": "rgb",
        "batch_size": 32,
        "image_size": (256, 256),
    }
    given |= dict(zip(names, arguments.positional, strict=False)) | dict(arguments.keywords)
    origin = site.origin
    written, mode = given.get("data_format"), given["color_mode"]
    layout = site.evaluator.data_format if written is None else written
    size = pair(given["image_size"]) or (unknown_size(), unknown_size())
    if arguments.open or layout not in ("channels_last", "channels_first"):
        return dataset(site.evaluator, origin, Tensor(None))
    if given.get("format", "tf") != "tf":
        return site.lost("a data set that is not of TensorFlow")
    evidence = (Evidence("image_size is (height, width)", origin),)
    channels: Size = CHANNELS[mode] if isinstance(mode, str) and mode in CHANNELS else unknown_size()
    axes = [Axis(size[0], "height", evidence), Axis(size[1], "width", evidence)]
    axes.insert(2 if layout == "channels_last" else 0, Axis(channels, "channels", evidence))
    element = _labelled(given, Tensor(Shape(axes), None, origin))
    if given["batch_size"] is not None:
        element = _over(_with_first(Axis(None, "batch")), element)
    made = dataset(site.evaluator, origin, element)
    subset = given.get("subset")
    if subset is None or isinstance(subset, str):
        return (made, dataset(site.evaluator, origin, element)) if subset == "both" else made
    return site.lost("one data set or two")


def _labelled(given: dict[str, Value], inputs: Tensor) -> Value:
    mode, labels = given["label_mode"], given["labels"]
    if mode is None or labels is None:
        return inputs
    classes = given.get("class_names")
    count: Size = unknown_size()
    if isinstance(classes, list | tuple) and not any(isinstance(item, Rest) for item in classes):
        count = len(classes)
    wanted = {
        "int": Shape(),
        "binary": Shape.of(1),
        "categorical": Shape((Axis(count, "labels"),)),
    }.get(mode if isinstance(mode, str) else "")
    values = {"int": Labels(count if isinstance(count, int) else None), "binary": Labels(2)}
    return (inputs, Tensor(wanted, None, inputs.origin, labels=values.get(str(mode))))


def _windows(site: Site, arguments: Arguments) -> Value:
    """``timeseries_dataset_from_array``: (batch, sequence_length, …) of (time, …)."""
    array, targets = array_of(arguments.get(0, "data")), arguments.get(1, "targets")
    origin = site.origin
    batch = arguments.get(5, "batch_size", 128)
    evidence = (Evidence("timeseries_dataset_from_array makes windows of sequence_length steps", origin),)
    if array is None or array.shape is None or arguments.open:
        inputs = traced = Tensor(None, None, origin)
    else:
        tail = array.shape[1:]
        steps = Axis(as_size(arguments.get(2, "sequence_length")), "steps", evidence)
        inputs = Tensor(Shape((steps, *tail)), None, origin)
        traced = Tensor(Shape((steps.sized(None), *tail)), None, origin)
    element: Value = inputs
    seen: Value = traced
    if targets is not None:
        known = array_of(targets)
        wanted = Tensor(Shape(known.shape[1:]) if known is not None and known.shape else None, None, origin)
        element, seen = (inputs, wanted), (traced, wanted)
    if batch is not None:
        first = _with_first(Axis(None, "batch"))
        element, seen = _over(first, element), _over(first, seen)
    return dataset(site.evaluator, origin, element, traced=seen)


# ---------------------------------------------------------------------- methods


_SAME = frozenset(
    [
        "shuffle",
        "repeat",
        "prefetch",
        "cache",
        "take",
        "skip",
        "filter",
        "shard",
        "with_options",
        "ignore_errors",
        "snapshot",
        "take_while",
        "as_numpy_iterator",
        "__iter__",
        "assert_cardinality",
    ]
)


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    origin = site.origin
    element, traced = made.state["element"], made.state["traced"]
    if name == "filter":
        site.call(arguments.get(0, "predicate"), Arguments(_as_arguments(traced)))
        element, traced = _over(_of_some_values, element), _over(_of_some_values, traced)
    if name == "as_numpy_iterator":
        return site.journal.born(_items(site.evaluator, made))
    if name in _SAME:
        return dataset(site.evaluator, origin, element, traced=traced)
    if name == "batch":
        whole = arguments.get(1, "drop_remainder", False)
        axis = _batch_axis(arguments.get(0, "batch_size"), whole=whole is True)
        if not isinstance(whole, bool):
            axis = axis.sized(unknown_size())
        real, count, size = axis, made.state.get("count"), arguments.get(0, "batch_size")
        if isinstance(count, int | Expression) and count == size:
            real = axis.sized(count)  # all of a window at once
        return dataset(
            site.evaluator, origin, _over(_with_first(real), element), traced=_over(_with_first(axis), traced)
        )
    if name == "padded_batch":
        return _padded_batch(site.evaluator, made, arguments, origin)
    if name == "window":
        return _windowed(site.evaluator, made, arguments, origin)
    if name in ("flat_map", "interleave"):
        return _flattened(site, made, arguments)
    if name == "concatenate":
        other = arguments.get(0, "dataset")
        if isinstance(other, LibraryObject) and other.kind == DATASET:
            return dataset(
                site.evaluator,
                origin,
                _either(element, other.state["element"], unknown_size()),
                traced=_either(traced, other.state["traced"], None),
            )
    if name == "unbatch":
        return dataset(
            site.evaluator, origin, _over(_without_first, element), traced=_over(_without_first, traced)
        )
    if name == "enumerate":
        return dataset(site.evaluator, origin, (Tensor(Shape()), element), traced=(Tensor(Shape()), traced))
    if name == "map":
        return _mapped(site, made, arguments)
    if name == "apply":
        result = site.call(arguments.get(0, "transformation_func"), Arguments((made,)))
        return result if isinstance(result, LibraryObject) else dataset(site.evaluator, origin, Tensor(None))
    if name in (
        "rebatch",
        "concatenate",
        "group_by_window",
        "bucket_by_sequence_length",
        "scan",
    ):
        return dataset(site.evaluator, origin, Tensor(None))
    if name == "get_single_element":
        return _over(_concrete, element)
    return site.lost(f"{name} of a data set")


def _windowed(ev: Evaluator, made: LibraryObject, arguments: Arguments, origin: Origin) -> Value:
    """``window(size, …)``: data sets of so many elements each, one for every part of an element."""
    size, whole = arguments.get(0, "size"), arguments.get(3, "drop_remainder", False)

    def windows(element: Value, traced: Value) -> Value:
        if isinstance(element, tuple) and isinstance(traced, tuple):
            return tuple(windows(one, other) for one, other in zip(element, traced, strict=True))
        if isinstance(element, dict) and isinstance(traced, dict):
            return {key: windows(element[key], traced[key]) for key in element}
        inner = dataset(ev, origin, element, traced=traced)
        if whole is True:
            inner.state["count"] = as_size(size)
        return inner

    return dataset(ev, origin, windows(made.state["element"], made.state["traced"]))


def _flattened(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """``flat_map(f)``, ``interleave(f)``: the elements of the data sets that ``f`` makes."""
    given = Arguments(_as_arguments(made.state["traced"]))
    result = site.call(arguments.get(0, "map_func"), given)
    if isinstance(result, LibraryObject) and result.kind == DATASET:
        return dataset(site.evaluator, site.origin, result.state["element"], traced=result.state["traced"])
    return dataset(site.evaluator, site.origin, Tensor(None))


def _either(one: Value, other: Value, otherwise: Size) -> Value:
    """An element of either of two data sets; ``otherwise`` in the place of sizes that differ."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return tuple(_either(a, b, otherwise) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return {key: _either(value, other[key], otherwise) for key, value in one.items()}
    if not isinstance(one, Tensor) or not isinstance(other, Tensor):
        return Tensor(None)
    if one.shape is None or other.shape is None or one.shape.rank != other.shape.rank:
        return Tensor(None, None, one.origin)
    axes = (
        a if a.size == b.size else a.sized(otherwise) for a, b in zip(one.shape, other.shape, strict=True)
    )
    return Tensor(Shape(axes), None, one.origin)


def _padded_batch(ev: Evaluator, made: LibraryObject, arguments: Arguments, origin: Origin) -> Value:
    """``padded_batch(n, padded_shapes)``: every part as long as is given, or as its longest in the batch."""
    shapes, whole = arguments.get(1, "padded_shapes"), arguments.get(3, "drop_remainder", False)
    if arguments.open or not isinstance(whole, bool):
        return dataset(ev, origin, Tensor(None))
    first = _with_first(_batch_axis(arguments.get(0, "batch_size"), whole=whole))

    def padded(element: Value, lengths: Value, traced: bool = False) -> Value:
        if isinstance(element, tuple):
            each = lengths if isinstance(lengths, tuple) and len(lengths) == len(element) else ()
            if lengths is not None and not each:
                return tuple(Tensor(None) for _ in element)
            return tuple(padded(part, each[i] if each else None, traced) for i, part in enumerate(element))
        if isinstance(element, dict):
            if lengths is not None and not isinstance(lengths, dict):
                return {key: Tensor(None) for key in element}
            return {
                key: padded(part, lengths.get(key) if lengths else None, traced)
                for key, part in element.items()
            }
        if not isinstance(element, Tensor):
            return Tensor(None)
        return first(element if lengths is None else _lengthened(element, lengths, traced))

    element, traced = made.state["element"], made.state["traced"]
    return dataset(ev, origin, padded(element, shapes), traced=padded(traced, shapes, True))


def _lengthened(tensor: Tensor, lengths: Value, traced: bool) -> Tensor:
    """A part of an element, padded to ``lengths``; None or -1 stand for the longest of a batch, which
    TensorFlow does not know before it sees one.
    """
    wanted = arrays.sizes_of(lengths)
    if wanted is None or isinstance(lengths, int):
        return Tensor(None, None, tensor.origin)
    sizes = [None if size == -1 else size for size in wanted]
    if tensor.shape is not None and tensor.shape.rank == len(sizes):
        axes = (
            a if size is None and not traced else a.sized(size)
            for a, size in zip(tensor.shape, sizes, strict=True)
        )
        return Tensor(Shape(axes), None, tensor.origin)
    return Tensor(Shape.of(*sizes), None, tensor.origin)


def _as_arguments(element: Value) -> tuple[Value, ...]:
    return element if isinstance(element, tuple) else (element,)


def _mapped(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """``map(f)``: what ``f`` makes of an element, a tuple given as several arguments."""
    function, origin = arguments.get(0, "map_func"), site.origin
    if function is None or isinstance(function, Unknown):
        return dataset(site.evaluator, origin, Tensor(None))
    traced, element = made.state["traced"], made.state["element"]
    recorded = len(site.graph.calls)
    result = site.call(function, Arguments(_as_arguments(traced)))
    seen = _mapped_result(result)
    used_layers = any(made.layer.kind != "operation" for made in site.graph.calls[recorded:])
    if element is traced or used_layers:
        return dataset(site.evaluator, origin, seen)
    # TensorFlow traces a function once; what it makes of the elements themselves is only a longer story
    recorded = len(site.graph.calls)
    real = _mapped_result(site.call(function, Arguments(_as_arguments(element))))
    del site.graph.calls[recorded:]
    return dataset(site.evaluator, origin, real, traced=seen)


def _mapped_result(result: Value) -> Value:
    if isinstance(result, list) and not any(isinstance(item, Rest) for item in result):
        result = tuple(result)
    if isinstance(result, tuple):
        return tuple(_mapped_result(part) if isinstance(part, tuple) else _tensors(part) for part in result)
    return _tensors(result)


def _items(ev: Evaluator, made: LibraryObject) -> list[Value]:
    return [Rest(_over(_concrete, made.state["element"]))]


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "element_spec":
        return _specs(site.evaluator, made.state["traced"], site.origin)
    if name in ("class_names", "file_paths"):
        return Unknown(ast.unparse(site.node)[:60], site.origin, "what the data set finds")
    return NativeMethod(made, name)


def _specs(ev: Evaluator, element: Value, origin: Origin) -> Value:
    if isinstance(element, tuple):
        return tuple(_specs(ev, part, origin) for part in element)
    if isinstance(element, dict):
        return {key: _specs(ev, part, origin) for key, part in element.items()}
    return LibraryObject(SPEC, origin, ev.journal.born({"array": element}))


def _spec_attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "shape" and made.array is not None:
        return arrays.tensor_attribute(site, made.array, "shape")
    return None


_FUNCTIONS: dict[str, Handler] = {
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
    "keras.utils.timeseries_dataset_from_array": _windows,
    "keras.preprocessing.timeseries_dataset_from_array": _windows,
}


LIBRARY = Library(
    "tf_data",
    functions=_FUNCTIONS,
    kinds={
        DATASET: Kind(method=_method, attribute=_attribute, items=_items),
        SPEC: Kind(attribute=_spec_attribute),
    },
)
