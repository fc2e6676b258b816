"""``tf.data``: what an element of a data set is, from slices through batches and maps.

Source: "tf.data.Dataset", https://www.tensorflow.org/api_docs/python/tf/data/Dataset. What is known of an
element is in ``tf_data_elements``, new data sets are made in ``tf_data_sources``; here are their methods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.extent import is_small, parts
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import is_size, known_flag
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    LibraryObject,
    NativeMethod,
    Rest,
    Unknown,
    Value,
    as_size,
    has_rest,
)
from layoutlint.interpreter.libraries.keras_generators import PART, SHUFFLE
from layoutlint.interpreter.libraries.tf_data_elements import (
    DATASET,
    OF_A_TENSOR,
    SPEC,
    as_arguments,
    concrete,
    dataset,
    either,
    is_dataset,
    of_some_values,
    over,
    padded,
    spec,
    tensors,
    unknown_dataset,
    with_first,
    with_steps,
    without_first,
)
from layoutlint.interpreter.libraries.tf_data_sources import FUNCTIONS
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import unknown_size
from layoutlint.model.syntax_text import written

DatasetMethod: TypeAlias = Callable[[Site, LibraryObject, Arguments], Value]


def _changed(site: Site, made: LibraryObject, change: Callable[[Tensor], Tensor]) -> LibraryObject:
    """Return a data set of the same elements, each tensor of them changed."""
    return dataset(site, over(change, made.state["element"]), traced=over(change, made.state["traced"]))


def _same(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    return dataset(site, made.state["element"], traced=made.state["traced"])


def _others(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    return unknown_dataset(site)


def _filtered(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    site.call(arguments.get(0, "predicate"), Arguments(as_arguments(made.state["traced"])))
    return _changed(site, made, of_some_values)


def _iterated(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    return site.list_of(_items(site.evaluator, made))


def _batch_axis(size: Value, whole: Value) -> Axis:
    """Return the axis of batches: of a size if all are whole, free if the last may have fewer samples."""
    match known_flag(whole):
        case True:
            return Axis(as_size(size), "batch")
        case False:
            return Axis(None, "batch")
        case None:
            return Axis(unknown_size(), "batch")


def _batched(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``batch(n, drop_remainder)``."""
    size, count = arguments.get(0, "batch_size"), made.state.get("count")
    axis = _batch_axis(size, arguments.get(1, "drop_remainder", False))
    # all of a window at once
    real = axis.sized(count) if is_size(count) and count == size else axis
    if made.state.get("is_window") is True:
        added = with_steps(real.size, site.origin), with_steps(axis.size, site.origin)
    else:
        added = with_first(real), with_first(axis)
    element, traced = (
        over(add, made.state[side]) for add, side in zip(added, ("element", "traced"), strict=True)
    )
    return dataset(site, element, traced=traced)


def _padded(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``padded_batch(n, padded_shapes)``.

    Every part is as long as is given, or as its longest in the batch.
    """
    shapes, whole = arguments.get(1, "padded_shapes"), known_flag(arguments.get(3, "drop_remainder", False))
    if arguments.open or whole is None:
        return unknown_dataset(site)
    first = with_first(_batch_axis(arguments.get(0, "batch_size"), whole))
    element = padded(made.state["element"], shapes, first, traced=False)
    return dataset(site, element, traced=padded(made.state["traced"], shapes, first, traced=True))


def _unbatched(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    return _changed(site, made, without_first)


def _windowed(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``window(size, …)``: data sets of ``size`` elements, one for every part of an element."""
    size, whole = arguments.get(0, "size"), arguments.get(3, "drop_remainder", False)

    def windows(element: Value, traced: Value) -> Value:
        match element, traced:
            case tuple(), tuple():
                return tuple(windows(one, other) for one, other in zip(element, traced, strict=True))
            case dict(), dict():
                return {key: windows(element[key], traced[key]) for key in element}
            case _:
                inner = dataset(site, element, traced=traced)
                inner.state["is_window"] = True
                if whole is True:
                    inner.state["count"] = as_size(size)
                return inner

    return dataset(site, windows(made.state["element"], made.state["traced"]))


def _flattened(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``flat_map(f)``, ``interleave(f)``: the elements of the data sets that ``f`` makes."""
    given = Arguments(as_arguments(made.state["traced"]))
    result = site.call(arguments.get(0, "map_func"), given)
    return _same(site, result, arguments) if is_dataset(result) else unknown_dataset(site)


def _followed(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``concatenate(other)``: elements of either."""
    other = arguments.get(0, "dataset")
    if not is_dataset(other):
        return unknown_dataset(site)
    return dataset(
        site,
        either(made.state["element"], other.state["element"], unknown_size()),
        traced=either(made.state["traced"], other.state["traced"], None),
    )


def _numbered(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``enumerate()``: pairs of a number and an element."""
    number = Tensor(Shape())
    return dataset(site, (number, made.state["element"]), traced=(number, made.state["traced"]))


def _mapped(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``map(f)``: what ``f`` makes of an element, whose parts are several arguments."""
    function = arguments.get(0, "map_func")
    if function is None or isinstance(function, Unknown):
        return unknown_dataset(site)
    traced, element = made.state["traced"], made.state["element"]
    recorded = len(site.graph.calls)
    seen = _result(site.call(function, Arguments(as_arguments(traced))))
    used_layers = any(call.layer.kind != "operation" for call in site.graph.calls[recorded:])
    if element is traced or used_layers:
        return dataset(site, seen)
    # TensorFlow traces a function once: the calls on the elements themselves stay out of the graph
    recorded = len(site.graph.calls)
    real = _result(site.call(function, Arguments(as_arguments(element))))
    del site.graph.calls[recorded:]
    return dataset(site, real, traced=seen)


def _result(value: Value) -> Value:
    """Return the element that a mapped function's result is: a list counts as a tuple."""
    if isinstance(value, list) and not has_rest(value):
        value = tuple(value)
    if not isinstance(value, tuple):
        return tensors(value)
    if not is_small(value):
        return Tensor(None)
    return tuple(_result(part) if isinstance(part, tuple) else tensors(part) for part in value)


def _applied(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """Return ``apply(f)``: what ``f`` makes of the data set."""
    result = site.call(arguments.get(0, "transformation_func"), Arguments((made,)))
    return result if isinstance(result, LibraryObject) else unknown_dataset(site)


def _single(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    return _met(site.evaluator, made)


_SAME = (
    "shuffle",
    "repeat",
    "prefetch",
    "cache",
    "take",
    "skip",
    "shard",
    "with_options",
    "ignore_errors",
    "snapshot",
    "take_while",
    "__iter__",
    "assert_cardinality",
)
_METHODS: Mapping[str, DatasetMethod] = {
    **dict.fromkeys(_SAME, _same),
    **dict.fromkeys(("rebatch", "group_by_window", "bucket_by_sequence_length", "scan"), _others),
    "filter": _filtered,
    "as_numpy_iterator": _iterated,
    "batch": _batched,
    "padded_batch": _padded,
    "unbatch": _unbatched,
    "window": _windowed,
    "flat_map": _flattened,
    "interleave": _flattened,
    "concatenate": _followed,
    "enumerate": _numbered,
    "map": _mapped,
    "apply": _applied,
    "get_single_element": _single,
}


_ORDERED = (
    *("batch", "padded_batch", "map", "filter", "enumerate", "take", "skip", "prefetch", "with_options"),
    *("ignore_errors", "assert_cardinality"),
)
"""Methods whose data sets come in another order each time if the first one does."""
_OF_THE_SAME_PART = (*_ORDERED, SHUFFLE, "repeat", "cache", "shard", "unbatch")
"""Methods whose data sets are of the same part of a shuffled one."""
SHUFFLED_AT = "shuffled_at"


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    method = _METHODS.get(name)
    if method is None:
        return site.lost(f"{name} of a data set")
    result = method(site, made, arguments)
    if is_dataset(result) and result is not made:
        if name == SHUFFLE:
            result.state[SHUFFLE] = arguments.get(2, "reshuffle_each_iteration") in (None, True)
        elif name in _ORDERED:
            result.state[SHUFFLE] = made.state.get(SHUFFLE)
            result.state[SHUFFLED_AT] = _shuffled_at(made)
        if name in _OF_THE_SAME_PART:
            result.state[PART] = made.state.get(PART) or _part(made, name)
    return result


def _shuffled_at(made: LibraryObject) -> Value:
    """Return which syntax shuffled a data set: that of the data set itself, unless it is made of another."""
    return made.state.get(SHUFFLED_AT) or id(getattr(made.origin, "node", made.origin))


def _part(made: LibraryObject, name: str) -> Value:
    """Return which part of a data set that is shuffled anew each time a method leaves; None for all of it."""
    is_part = name in ("take", "skip") and made.state.get(SHUFFLE) is True
    return (name, _shuffled_at(made)) if is_part else None


def _items(ev: Evaluator, made: LibraryObject) -> list[Value]:
    return [Rest(_met(ev, made))]


def _met(ev: Evaluator, made: LibraryObject) -> Value:
    """Return an element as a loop over the data set meets it."""
    element = made.state["element"]
    ev.charge((parts(element) or 1) * OF_A_TENSOR)
    return over(concrete(), element)


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    match name:
        case "element_spec":
            return spec(site, made.state["traced"])
        case "class_names" | "file_paths":
            return Unknown(written(site.node)[:60], site.origin, "the files that the data set finds")
        case _:
            return NativeMethod(made, name)


def _spec_attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    if name == "shape" and made.array is not None:
        return arrays.tensor_attribute(site, made.array, "shape")
    return None


LIBRARY = Library(
    "tf_data",
    functions=FUNCTIONS,
    kinds={
        DATASET: Kind(method=_method, attribute=_attribute, items=_items),
        SPEC: Kind(attribute=_spec_attribute),
    },
)
