"""What each version of Keras takes: every row of the tables, judged by Keras 3 and by tf_keras."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tf_keras

from layoutlint.inference import layer_call
from layoutlint.layers.registry import earlier, registry
from layoutlint.layers.versions import DIFFERENCES, KEYWORDS, VersionDifference, bind, taking
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ShapeError
from layoutlint.model.graph import Layer
from layoutlint.model.keras_version import BEFORE_3, ONLY_3
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression

REAL = {3: keras, 2: tf_keras}


def observed(version: int, class_name: str, arguments: Any, shape: tuple[int | None, ...]) -> Any:
    """The output shape in the real Keras of a version; None where it raises."""
    library = REAL[version]
    try:
        return tuple(getattr(library.layers, class_name)(**arguments)(library.Input(batch_shape=shape)).shape)
    except Exception:
        return None


def inferred(version: Any, class_name: str, arguments: Any, shape: tuple[int | None, ...]) -> Any:
    """The output shape that layoutlint infers for a version (None: unknown), and the error."""
    try:
        bound = bind(class_name, (), arguments, frozenset(arguments), version)
    except ShapeError as error:
        return None, error
    layer = Layer(class_name, bound.config, FileOrigin("test"), keras=version, refusal=bound.refusal)
    found = layer_call.infer(layer, Shape.of(*shape))
    return None if found.outputs is None else tuple(found.outputs.sizes), found.error


@pytest.mark.parametrize("row", DIFFERENCES, ids=[f"{d.class_name}-{d.words}" for d in DIFFERENCES])
def test_each_difference_is_one_of_real_keras(row: VersionDifference) -> None:
    truth = {version: observed(version, row.class_name, row.arguments, row.shape) for version in REAL}
    assert {version for version, shape in truth.items() if shape is not None} == row.versions & {2, 3}
    for version, shape in truth.items():
        outputs, error = inferred(version, row.class_name, row.arguments, row.shape)
        assert outputs == shape
        assert (error is not None) == (shape is None)
        if error is not None:
            assert error.versions == {1, 2, 3} - row.versions
    outputs, error = inferred(None, row.class_name, row.arguments, row.shape)
    assert outputs == next(shape for shape in truth.values() if shape is not None)
    assert error is not None
    assert error.versions == {1, 2, 3} - row.versions


@pytest.mark.parametrize("version", [2, 3])
def test_a_number_of_numpy_as_units_is_one_in_keras_2_alone(version: int) -> None:
    truth = observed(version, "Dense", {"units": np.int64(4)}, (None, 3))
    outputs, error = inferred(version, "Dense", {"units": Shape()}, (None, 3))
    assert (error is None) == (truth is not None)
    assert outputs is None or (outputs[0] is None and isinstance(outputs[1], Expression))


def test_every_class_that_differs_is_in_the_table() -> None:
    shown = {row.class_name for row in DIFFERENCES}
    families = {spec.name.rstrip("D").rstrip("123") for spec in earlier().values()}
    assert families <= {name.rstrip("D").rstrip("123") for name in shown} | {
        # those that differ as another one of the table does
        *("MaxPooling", "Conv", "SeparableConv", "DepthwiseConv", "LeakyReLU"),
        # this one asks for the data format in Keras 3 alone, that one passes over any keyword there
        *("ZeroPadding", "HashedCrossing"),
        *(f"Conv{rank}DTranspose" for rank in (1, 2, 3)),
    }


@pytest.mark.parametrize("name", ["Conv1D", "Conv2D", "Conv3D"])
@pytest.mark.parametrize("more", range(3))
@pytest.mark.parametrize(
    "further",
    [{}, {"padding": "same"}, {"strides": 2}, {"data_format": "channels_first"}, {"padding": "SAME"}],
    ids=str,
)
def test_rows_are_convolved_as_in_keras_2(name: str, more: int, further: dict[str, Any]) -> None:
    shape = (None, *(3,) * more, *(12, 11, 10)[: int(name[4])], 8)
    arguments = {"filters": 4, "kernel_size": 3, **further}
    assert inferred(2, name, arguments, shape)[0] == observed(2, name, arguments, shape)


LEAST: dict[str, dict[str, Any]] = {
    "Conv": {"filters": 4, "kernel_size": 3},
    "SeparableConv": {"filters": 4, "kernel_size": 3},
    "DepthwiseConv": {"kernel_size": 3},
    "ConvLSTM": {"filters": 4, "kernel_size": 3},
    "SpatialDropout": {"rate": 0.2},
    **{key: {"units": 4} for key in ("LSTM", "GRU", "SimpleRNN", "SimpleRNNCell", "Dense")},
    "Embedding": {"input_dim": 10, "output_dim": 4},
    "EinsumDense": {"equation": "ab,bc->ac", "output_shape": 4},
    "MultiHeadAttention": {"num_heads": 2, "key_dim": 4},
    **{key: {"height": 4, "width": 4} for key in ("Resizing", "CenterCrop", "RandomCrop")},
    **{key: {"factor": 0.1} for key in ("RandomBrightness", "RandomContrast", "RandomRotation")},
    "RandomTranslation": {"height_factor": 0.1, "width_factor": 0.1},
    "RandomZoom": {"height_factor": 0.1},
}
VALUES: dict[str, Any] = {
    "batch_input_shape": (None, 12, 8),
    "batch_size": 2,
    "input_length": 12,
    "implementation": 1,
    "groups": 1,
    "causal": False,
    "lora_rank": 2,
    "lora_alpha": 2,
    "seed": 1,
    "sliding_window": 3,
    "pad_to_aspect_ratio": True,
    "fill_mode": "constant",
    "fill_value": 0.0,
    "negative_slope": 0.1,
    **dict.fromkeys(("dynamic", "time_major", "fused", "sparse"), False),
    **dict.fromkeys(("use_cudnn", "flash_attention", "use_gate", "antialias"), False),
    **dict.fromkeys(("kernel_initializer", "kernel_regularizer", "kernel_constraint")),
}
ALL = ("Dense", "Conv2D", "Flatten", "Dropout", "LSTM", "MaxPooling2D", "Activation", "Reshape")


def uses() -> list[Any]:
    """Every class of every row with every one of its keywords."""
    rows = [
        (row, name, word)
        for row in KEYWORDS
        for name in (row.classes.split() or (name for name in ALL if name not in row.but.split()))
        for word in row.names.split()
    ]
    return [pytest.param(*each, id="-".join(each[1:])) for each in rows]


@pytest.mark.parametrize(("row", "name", "word"), uses())
def test_keywords_are_taken_by_the_versions_of_their_row(row: Any, name: str, word: str) -> None:
    least = dict(LEAST.get(name, LEAST.get(name.split("Transpose")[0].rstrip("D").rstrip("123"), {})))
    least |= {"Dropout": {"rate": 0.2}, "Activation": {"activation": "relu"}}.get(name, {})
    least |= {"Reshape": {"target_shape": (4,)}}.get(name, {})
    taken = set()
    for version, library in REAL.items():
        given = dict(least)
        if name == "RNN":
            given["cell"] = library.layers.LSTMCell(4)
        getattr(library.layers, name)(**given)
        try:
            getattr(library.layers, name)(**given, **{word: VALUES.get(word)})
            taken.add(version)
        except (TypeError, ValueError):
            pass
    assert taken == row.versions & {2, 3}
    assert taking(name, word) == row.versions


def test_the_tables_name_classes_that_there_are() -> None:
    named = {name for row in KEYWORDS for name in (*row.classes.split(), *row.but.split())}
    assert named <= registry().keys()
    assert {row.versions for row in KEYWORDS} == {BEFORE_3, ONLY_3}


@pytest.mark.parametrize(("version", "refused"), [(3, True), (2, False), (1, False), (None, None)], ids=str)
def test_an_argument_is_refused_in_its_versions_alone(version: Any, refused: bool | None) -> None:
    keywords = {"units": 4, "batch_input_shape": (2, 12, 8)}
    if refused:
        with pytest.raises(ShapeError, match="LSTM has no argument batch_input_shape"):
            bind("LSTM", (), keywords, frozenset(keywords), version)
        return
    bound = bind("LSTM", (), keywords, frozenset(keywords), version)
    assert bound.config["units"] == 4
    assert (bound.refusal is None) == (refused is False)
    if bound.refusal is not None:
        assert bound.refusal.versions == ONLY_3


@pytest.mark.parametrize("keyword", ["hashes", "weights", "batch_input_shape"])
@pytest.mark.parametrize("version", REAL)
def test_any_keyword_of_a_crossing_is_taken_by_keras_3(version: int, keyword: str) -> None:
    arguments = {"num_bins": 5, keyword: (None, 3)}
    try:
        REAL[version].layers.HashedCrossing(**arguments)
        is_taken = True
    except Exception:
        is_taken = False
    try:
        bound = bind("HashedCrossing", (), arguments, frozenset(arguments), version)
        assert is_taken
        assert bound.config["num_bins"] == 5
    except ShapeError:
        assert not is_taken
