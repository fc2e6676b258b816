"""The shapes of stored weights: read as h5py reads them, and given to the layers that Keras gives them to."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import fsspec
import h5py
import keras
import numpy as np
import pytest
import tf_keras

from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.stored_weights import stored_weights
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers import hdf5, hdf5_shapes
from layoutlint.readers.bounded import BoundedFile
from layoutlint.readers.formats import read_model
from layoutlint.system.remote_files import opened

# Headers --------------------------------------------------------------------------


def _tree(group: h5py.Group) -> hdf5_shapes.Tree:
    return {
        name: item.shape if isinstance(item, h5py.Dataset) else _tree(item) for name, item in group.items()
    }


def _fill(group: h5py.Group, draw: random.Random, depth: int, letters: str) -> None:
    for index in range(draw.choice([0, 1, 3, 9, 40])):
        name = "".join(draw.choices(letters, k=draw.randint(1, 30))) + str(index)
        if depth and draw.random() < 0.4:
            inner = group.create_group(name)
            for attribute in range(draw.choice([0, 1, 12])):
                inner.attrs[f"name_{attribute}"] = "x" * draw.choice([1, 200])
            _fill(inner, draw, depth - 1, letters)
        else:
            group[name] = np.zeros(tuple(draw.choices([0, 1, 3, 5], k=draw.randint(0, 5))), "float32")


def _file(seed: int, letters: str = "abcdefgh_:0", **options: object) -> tuple[bytes, hdf5_shapes.Tree]:
    memory = io.BytesIO()
    with h5py.File(memory, "w", **options) as file:
        _fill(file, random.Random(seed), 3, letters)
        expected = _tree(file)
    return memory.getvalue(), expected


@pytest.mark.parametrize("seed", range(12))
def test_headers_tell_what_h5py_tells(seed):
    content, expected = _file(seed)
    assert hdf5_shapes.read(BoundedFile(io.BytesIO(content))) == expected


def test_it_does_not_matter_where_another_reader_has_stopped():
    content, expected = _file(1)
    for place in (1, len(content) // 2, len(content) + 1):
        file = BoundedFile(io.BytesIO(content))
        file.seek(place)
        assert hdf5_shapes.read(file) == expected


@pytest.mark.parametrize("options", [{"libver": "latest"}, {"track_order": True}, {"letters": "äö日本"}])
def test_the_other_forms_are_read_too(options):
    content, expected = _file(5, **options)
    with pytest.raises(hdf5_shapes.OtherFormError):
        hdf5_shapes.read(BoundedFile(io.BytesIO(content)))
    assert hdf5.tree(BoundedFile(io.BytesIO(content))) == expected


def test_damage_is_one_error_or_another_reading():
    content, _ = _file(3)
    draw = random.Random(7)
    for _ in range(300):
        damaged = bytearray(content[: draw.choice([len(content), draw.randrange(len(content))])])
        for _ in range(draw.choice([1, 8, 64]) if damaged else 0):
            damaged[draw.randrange(min(len(damaged), 20_000))] = draw.randrange(256)
        file = BoundedFile(io.BytesIO(bytes(damaged)))
        with contextlib.suppress(hdf5_shapes.OtherFormError, UnreadableError):
            hdf5_shapes.read(file)
        assert file.bytes_read <= 64 * 2**20


def _linked_twice(depth: int) -> tuple[bytes, hdf5_shapes.Tree]:
    """A file of groups, each of them twice in the one before."""
    memory = io.BytesIO()
    with h5py.File(memory, "w") as file:
        group = file["/"]
        for _ in range(depth):
            inner = group.create_group("first")
            group["second"] = inner
            group = inner
        expected = _tree(file)
    return memory.getvalue(), expected


@pytest.mark.parametrize("is_remote", [False, True])
def test_a_group_that_is_linked_twice(is_remote):
    def read(content: bytes) -> hdf5_shapes.Tree:
        if not is_remote:
            return hdf5_shapes.read(BoundedFile(io.BytesIO(content)))
        fsspec.filesystem("memory").pipe_file("/linked.h5", content)
        with opened("memory://linked.h5") as file:
            return hdf5_shapes.read(BoundedFile(file))

    content, expected = _linked_twice(5)
    assert read(content) == expected
    with pytest.raises(UnreadableError, match="too many groups"):
        read(_linked_twice(15)[0])


# Layers ---------------------------------------------------------------------------

STEPS, IMAGE, VIDEO = (10, 6), (12, 12, 4), (5, 12, 12, 4)


def _layers(library, with_bias):
    """A layer of every kind that has weights, with the input that it is made for."""
    layers = library.layers
    yield STEPS, layers.Conv1D(4, 3, groups=2, use_bias=with_bias)
    yield IMAGE, layers.Conv2D(4, (3, 2), use_bias=with_bias)
    yield VIDEO, layers.Conv3D(4, 3, use_bias=with_bias)
    yield STEPS, layers.Conv1DTranspose(5, 3, use_bias=with_bias)
    yield IMAGE, layers.Conv2DTranspose(5, 3, use_bias=with_bias)
    yield STEPS, layers.DepthwiseConv1D(3, depth_multiplier=2, use_bias=with_bias)
    yield IMAGE, layers.DepthwiseConv2D(3, use_bias=with_bias)
    yield STEPS, layers.SeparableConv1D(5, 3, depth_multiplier=2, use_bias=with_bias)
    yield IMAGE, layers.SeparableConv2D(5, 3, use_bias=with_bias)
    yield STEPS, layers.Dense(5, use_bias=with_bias, trainable=with_bias)
    yield STEPS, layers.LSTM(5, use_bias=with_bias)
    yield STEPS, layers.GRU(5, use_bias=with_bias, reset_after=with_bias)
    yield STEPS, layers.SimpleRNN(5, use_bias=with_bias)
    yield VIDEO, layers.ConvLSTM2D(3, 3, use_bias=with_bias)
    yield STEPS, layers.RNN(layers.GRUCell(4, use_bias=with_bias))
    yield STEPS, layers.Bidirectional(layers.LSTM(5, use_bias=with_bias))
    yield (
        STEPS,
        layers.Bidirectional(
            layers.GRU(5, name="there"), backward_layer=layers.GRU(5, go_backwards=True, name="back")
        ),
    )
    yield STEPS, layers.TimeDistributed(layers.Dense(3, use_bias=with_bias))
    yield VIDEO, layers.TimeDistributed(layers.Conv2D(3, 3, use_bias=with_bias))
    yield STEPS, layers.TimeDistributed(layers.BatchNormalization(scale=with_bias))
    yield IMAGE, layers.BatchNormalization(scale=with_bias, center=not with_bias, trainable=with_bias)
    yield IMAGE, layers.BatchNormalization(axis=1)
    yield IMAGE, layers.LayerNormalization(axis=[1, 2, 3], scale=with_bias)
    yield IMAGE, layers.GroupNormalization(2, center=with_bias)
    yield IMAGE, layers.PReLU(shared_axes=[1, 2])
    yield STEPS, layers.EinsumDense("abc,cd->abd", (None, 5), bias_axes="d" if with_bias else None)
    yield (9,), layers.Embedding(20, 5)
    yield IMAGE, layers.Normalization()


def _models(library):
    for with_bias in (True, False):
        for shape, layer in _layers(library, with_bias):
            fed = library.Input(shape)
            yield library.Model(fed, layer(fed))
    layers = library.layers
    query, value = library.Input(STEPS), library.Input((8, 5))
    yield library.Model([query, value], layers.MultiHeadAttention(3, 4, value_dim=2)(query, value))
    yield library.Model(query, layers.MultiHeadAttention(3, 4, use_bias=False)(query=query, value=query))
    yield library.Model([query, value], layers.AdditiveAttention()([layers.Dense(5)(query), value]))


def _compared(path):
    """How many layers with weights there are, and how many of them have stored ones that are told apart."""
    graph = read_model(path)
    assert graph.notes == []
    index = Index(graph)
    views = [LayerView(index, call) for call in graph.calls]
    weighted = [view for view in views if view.spec is not None and view.spec.weights is not None]
    found = [stored_weights(view, view.shape) for view in weighted]
    for weights in found:
        for weight in weights or ():
            assert weight.fits, (path, weight)
    return len(weighted), sum(bool(weights) for weights in found)


@pytest.mark.parametrize("extension", [".keras", ".h5"])
@pytest.mark.parametrize("library", [keras, tf_keras], ids=["keras-3", "keras-2"])
def test_every_kind_of_layer_finds_its_own(library, extension, tmp_path):
    for number, model in enumerate(_models(library)):
        path = tmp_path / f"{number}{extension}"
        model.save(path)
        weighted, told = _compared(path)
        assert weighted == told > 0, model.layers[-1]


def test_layers_of_a_class_of_their_own_and_operations_do_not_shift_the_numbers(tmp_path):
    class Dense(keras.layers.Dense):
        pass

    fed = keras.Input(STEPS)
    x = keras.layers.Conv1D(6, 3, padding="same")(fed) + fed
    x = keras.layers.Conv1D(7, 5)(keras.layers.Add()([x, fed]))
    x = keras.layers.Conv1D(8, 2)(Dense(9)(x * 2.0))
    keras.Model(fed, keras.layers.Dense(11)(x)).save(tmp_path / "model.keras")
    stored = {layer.name: layer.stored for layer in read_model(tmp_path / "model.keras").layers}
    kernels = {name: shapes["0"] for name, shapes in stored.items() if shapes}
    assert list(kernels.values()) == [(3, 6, 6), (5, 6, 7), (2, 9, 8), (8, 11)]


@pytest.mark.parametrize("extension", [".keras", ".h5"])
@pytest.mark.parametrize("library", ["keras_2_files", "keras_3_files"])
def test_nested_and_shared_layers(library, extension, request):
    weighted = told = 0
    for saved in request.getfixturevalue(library).values():
        there, found = _compared(saved.file(extension))
        weighted, told = weighted + there, told + found
    assert told > 0.8 * weighted > 12  # the weights of a shared layer are stored in one of its places


def test_quantised_and_adapted_layers_are_passed_by(tmp_path):
    for mode in ("int8", "int4", "float8"):
        model = keras.Sequential(
            [keras.Input((16,)), keras.layers.Dense(8), keras.layers.Dense(4, use_bias=False)]
        )
        model.quantize(mode)
        model.save(tmp_path / f"{mode}.keras")
        assert _compared(tmp_path / f"{mode}.keras") == (2, 0)
    adapted = keras.Sequential([keras.Input((16,)), keras.layers.Dense(8, lora_rank=2)])
    adapted.save(tmp_path / "adapted.keras")
    assert _compared(tmp_path / "adapted.keras") == (1, 1)


def test_what_is_missing_or_damaged_is_no_contradiction(tmp_path):
    model = keras.Sequential([keras.Input((100, 4)), keras.layers.Conv1D(8, 3)])
    model.save(tmp_path / "model.keras")
    with zipfile.ZipFile(tmp_path / "model.keras") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    weights = members.pop("model.weights.h5")
    for content, notes in ((weights[:3000], 1), (b"", 1), (None, 0)):
        with zipfile.ZipFile(tmp_path / "other.keras", "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
            if content is not None:
                archive.writestr("model.weights.h5", content)
        graph = read_model(tmp_path / "other.keras")
        assert len(graph.notes) == notes
        assert not any(layer.stored for layer in graph.layers)
        assert graph.calls[-1].outputs.shape.sizes == (None, 98, 8)
