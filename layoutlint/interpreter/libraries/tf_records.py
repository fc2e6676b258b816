"""``tf.io``: what is read out of a record, as the description of its features says.

Source: "tf.io.parse_example", https://www.tensorflow.org/api_docs/python/tf/io/parse_example, and the pages
of the other functions and of the features beside it.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.narrowing import is_kind
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import sizes_of, to_tensors
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import unknown_size

FIXED: Final = "tensorflow.io.FixedLenFeature"
SEQUENCE: Final = "tensorflow.io.FixedLenSequenceFeature"
SPARSE: Final = "tensorflow.io.VarLenFeature"
SPARSE_TENSOR: Final = "tensorflow.SparseTensor"
DENSE: Final = "dense"
"""What is known of a sparse tensor: the tensor that ``tf.sparse.to_dense`` makes of it."""


def _feature(kind: str, site: Site, arguments: Arguments) -> Value:
    """Return the description of a feature: what it says of the shape of an example's value."""
    return LibraryObject(kind, site.origin, site.journal.born({"shape": arguments.get(0, "shape")}))


def _single(site: Site, arguments: Arguments) -> Value:
    """Return ``tf.io.parse_single_example(serialized, features)``."""
    return _read(site, arguments.get(1, "features"), ())


def _several(site: Site, arguments: Arguments) -> Value:
    """Return ``tf.io.parse_example(serialized, features)``: a value for each record of ``serialized``."""
    serialized = to_tensors(arguments.get(0, "serialized"))
    if not isinstance(serialized, Tensor) or serialized.shape is None or serialized.shape.rank > 1:
        return site.lost("how many records are read at once is not known")
    return _read(site, arguments.get(1, "features"), tuple(serialized.shape))


def _of_sequences(site: Site, arguments: Arguments) -> Value:
    """Return ``tf.io.parse_single_sequence_example(serialized, context_features, sequence_features)``."""
    names = ((1, "context_features"), (2, "sequence_features"))
    return tuple(_read(site, arguments.get(*each, {}), ()) for each in names)


def _read(site: Site, features: Value, first: tuple[Axis, ...]) -> Value:
    """Return a tensor for each feature, with the axis of the records, if there is one, as the first."""
    if not isinstance(features, dict) or not all(isinstance(key, str) for key in features):
        return site.lost("the features of a record are not known")
    return site.dict_of((key, _value(site, each, first)) for key, each in features.items())


def _value(site: Site, feature: Value, first: tuple[Axis, ...]) -> Value:
    axes = list(first)
    if is_kind(feature, SPARSE):
        dense = Tensor(Shape([*axes, Axis(unknown_size())]), None, site.origin)
        return LibraryObject(SPARSE_TENSOR, site.origin, site.journal.born({DENSE: dense}))
    if is_kind(feature, SEQUENCE):
        axes.append(Axis(unknown_size()))
    elif not is_kind(feature, FIXED):
        return site.lost("a feature of a record that is not known")
    sizes = sizes_of(feature.state["shape"])
    if sizes is None:
        return site.lost("the shape of a feature is not known")
    return Tensor(Shape([*axes, *map(Axis, sizes)]), None, site.origin)


def _dense(site: Site, arguments: Arguments) -> Value:
    """Return ``tf.sparse.to_dense(sp_input)``."""
    sparse = arguments.get(0, "sp_input")
    if isinstance(sparse, LibraryObject) and DENSE in sparse.state:
        return sparse.state[DENSE]
    return site.lost("a sparse tensor that is not known")


def _decoded(site: Site, arguments: Arguments) -> Value:
    """Return ``tf.io.decode_raw(input_bytes, out_type)``: a further axis for the numbers in each text."""
    texts = to_tensors(arguments.get(0, "input_bytes"))
    if not isinstance(texts, Tensor) or texts.shape is None:
        return site.lost("the bytes that are decoded are not known")
    made = site.noted("decode_raw", {}, texts)
    made.outputs = Tensor(Shape([*texts.shape, Axis(unknown_size())]), made, site.origin)
    return made.outputs


_FUNCTIONS: Final[dict[str, Handler]] = {
    "FixedLenFeature": partial(_feature, FIXED),
    "FixedLenSequenceFeature": partial(_feature, SEQUENCE),
    "VarLenFeature": partial(_feature, SPARSE),
    "parse_single_example": _single,
    "parse_example": _several,
    "parse_single_sequence_example": _of_sequences,
    "decode_raw": _decoded,
}

LIBRARY = Library(
    "tf_records",
    functions={
        **{f"tensorflow.{place}{name}": made for name, made in _FUNCTIONS.items() for place in ("io.", "")},
        "tensorflow.sparse.to_dense": _dense,
        "tensorflow.sparse_tensor_to_dense": _dense,
    },
)
