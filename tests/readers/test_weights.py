"""Subclassed models: what the shapes of the stored weights tell, held against the real layers."""

from __future__ import annotations

import json

import keras
import pytest
from keras import layers

from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers import hdf5
from layoutlint.readers.bounded import BoundedFile
from layoutlint.readers.formats import read_model


class Subclassed(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.narrow = layers.Conv1D(4, 3, name="named_by_its_author")
        self.wide = layers.Conv1D(6, 5, use_bias=False)
        self.recurrent = layers.LSTM(5, return_sequences=True)
        self.gated = layers.GRU(3)
        self.blocks = [layers.Dense(3), layers.Dense(2, use_bias=False)]
        self.transposed = layers.Conv1DTranspose(8, 2)

    def call(self, inputs):
        x = self.recurrent(self.transposed(self.wide(self.narrow(inputs))))
        for block in self.blocks:
            x = block(x)
        return self.gated(x)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("subclassed")
    model = Subclassed()
    model(keras.ops.zeros((2, 30, 7)))
    model.save(path / "model.keras")
    model.save_weights(path / "model.weights.h5")
    functional = keras.Sequential([layers.Input((4,)), layers.Dense(2)])
    functional.save_weights(path / "functional.weights.h5")
    return path


def test_what_the_kernels_tell(folder):
    graph = read_model(folder / "model.keras")
    calls = sorted(graph.calls, key=lambda call: str(call.interpretation))
    assert [str(call.interpretation) for call in calls] == [
        "Conv1D: (batch, steps, input_dim=4)",
        "Conv1D: (batch, steps, input_dim=7)",
        "GRU: (batch, steps, input_dim=2)",
        "LSTM: (batch, steps, input_dim=8)",
    ]
    wide, narrow, gated, recurrent = (call.layer for call in calls)
    assert narrow.origin.layer == "named_by_its_author"
    assert (narrow.config["kernel_size"], narrow.config["filters"], narrow.config["use_bias"]) == (
        [3],
        4,
        True,
    )
    assert (wide.config["kernel_size"], wide.config["filters"], wide.config["use_bias"]) == ([5], 6, False)
    assert (gated.config["units"], recurrent.config["units"]) == (3, 5)
    dense = {
        layer.origin.layer: layer.config["units"] for layer in graph.layers if layer.class_name == "Dense"
    }
    assert sorted(dense.values()) == [2, 3]
    assert all(place.startswith("blocks/dense") for place in dense)
    assert [layer.class_name for layer in graph.layers].count("Conv1DTranspose") == 1
    (network,) = graph.models
    assert (network.class_name, network.inputs.shape.sizes) == ("Subclassed", (2, 30, 7))
    assert "only the shapes of its weights" in graph.notes[0]


def test_outputs_that_are_not_told_are_unknown(folder):
    for call in read_model(folder / "model.keras").calls:
        for tensor in call.output_tensors:
            assert tensor.shape is None or not tensor.shape.is_known


def told_by(graph):
    """What each layer of a graph reads, or its class alone, with its kernel's units or filters."""
    called = {id(call.layer): str(call.interpretation) for call in graph.calls}
    sizes = {id(layer): layer.config.get("filters", layer.config.get("units")) for layer in graph.layers}
    return sorted(
        f"{called.get(id(layer), layer.class_name)} -> {sizes[id(layer)]}" for layer in graph.layers
    )


def some_layers(kit, make_input):
    inputs = make_input((32, 5))
    x = kit.layers.Conv1D(8, 3)(inputs)
    x = kit.layers.Bidirectional(kit.layers.LSTM(4, return_sequences=True))(x)
    x = kit.layers.GRU(6)(kit.layers.Dropout(0.5)(x))
    return kit.Model(inputs, kit.layers.Dense(3)(x))


TOLD = [
    "Conv1D: (batch, steps, input_dim=5) -> 8",
    "Dense -> 3",
    "GRU: (batch, steps, input_dim=8) -> 6",
    "LSTM: (batch, steps, input_dim=8) -> 4",
    "LSTM: (batch, steps, input_dim=8) -> 4",
]


@pytest.mark.parametrize("name", ["x.weights.h5", "x.weights.json", "keras2.h5", "keras2.weights.h5"])
def test_weights_alone(tmp_path, name):
    path = tmp_path / name
    if name.startswith("keras2"):
        import tf_keras

        some_layers(tf_keras, tf_keras.layers.Input).save_weights(path)
    else:
        parts = {"max_shard_size": 1e-6} if name.endswith(".json") else {}
        some_layers(keras, keras.Input).save_weights(path, **parts)
    graph = read_model(path)
    assert told_by(graph) == TOLD
    assert graph.notes == ["weights without an architecture: only the shapes of the kernels were read"]


@pytest.mark.parametrize("name", ["../x.weights.h5", "/etc/x.weights.h5", ""])
def test_a_list_of_parts_names_no_file_elsewhere(tmp_path, name):
    path = tmp_path / "x.weights.json"
    path.write_text(json.dumps({"metadata": {}, "weight_map": {"/a": [name], "/b": "y.weights.h5"}}))
    with pytest.raises(UnreadableError):
        read_model(path)


def test_parts_beside_an_architecture(tmp_path):
    model = some_layers(keras, keras.Input)
    (tmp_path / "net.json").write_text(model.to_json())
    model.save_weights(tmp_path / "net.weights.json", max_shard_size=1e-6)
    stored = {layer.name: layer.stored for layer in read_model(tmp_path / "net.json").layers if layer.stored}
    truth = {layer.name: [tuple(w.shape) for w in layer.weights] for layer in model.layers if layer.weights}
    for name in ("conv1d", "gru", "dense"):
        found = next(shapes for held, shapes in stored.items() if held.startswith(name))
        expected = next(shapes for held, shapes in truth.items() if held.startswith(name))
        assert [found[key] for key in sorted(found)] == expected


def test_a_saved_model_folder_keeps_the_layers_of_a_subclassed_model(tmp_path):
    import tensorflow
    import tf_keras

    class Old(tf_keras.Model):
        def __init__(self):
            super().__init__()
            self.first = tf_keras.layers.Conv1D(4, 3)
            self.blocks = [tf_keras.layers.Dense(3), tf_keras.layers.Dense(2)]
            self.inner = tf_keras.Sequential([tf_keras.layers.Flatten(), tf_keras.layers.Dense(5)])

        def call(self, inputs):
            x = self.first(inputs)
            for block in self.blocks:
                x = block(x)
            return self.inner(x)

    model = Old()
    model(tensorflow.zeros((2, 10, 3)))
    model.save(tmp_path / "old", save_format="tf")
    graph = read_model(tmp_path / "old")
    shapes = {
        call.layer.origin.layer: call.outputs.shape.sizes[1:]
        for call in graph.calls
        if call.layer.kind == "layer"
    }
    flatten, dense = (layer.name for layer in model.inner.layers)
    assert shapes == {
        "first": (8, 4),
        "blocks/0": (8, 3),
        "blocks/1": (8, 2),
        f"inner/{flatten}": (16,),
        f"inner/{dense}": (5,),
    }


def test_an_exported_model_has_its_layers_in_its_graph(tmp_path):
    model = keras.Sequential([layers.Input((4,)), layers.Dense(2)])
    model.export(tmp_path / "exported", verbose=False)
    (dense,) = [call for call in read_model(tmp_path / "exported").calls if call.layer.kind == "layer"]
    assert dense.layer.class_name == "Dense"
    assert [t.shape.sizes for t in (*dense.input_tensors, *dense.output_tensors)] == [(None, 4), (None, 2)]


def test_the_hdf5_file_of_a_subclassed_model(folder):
    model = Subclassed()
    model(keras.ops.zeros((2, 30, 7)))
    model.save(folder / "model.h5")
    graph = read_model(folder / "model.h5")
    told = {str(call.interpretation): call.layer.origin.layer for call in graph.calls}
    assert told == {
        "Conv1D: (batch, steps, input_dim=7)": "named_by_its_author",
        "Conv1D: (batch, steps, input_dim=4)": model.wide.name,
        "LSTM: (batch, steps, input_dim=8)": model.recurrent.name,
        "GRU: (batch, steps, input_dim=2)": model.gated.name,
    }


def after_custom_layers(kit, make_input):
    """A model whose every second layer is a custom one that halves the steps."""

    class Halve(kit.layers.Layer):
        def call(self, inputs):
            return inputs[:, ::2]

    model = kit.Sequential(
        [
            make_input((96, 6)),
            Halve(),
            kit.layers.Conv1D(4, 3, name="conv"),
            Halve(),
            kit.layers.Bidirectional(kit.layers.LSTM(3, return_sequences=True), name="both"),
            Halve(),
            kit.layers.GRU(2, return_sequences=True, name="gru"),
            kit.layers.Flatten(name="flat"),
            kit.layers.Dense(2, name="answer"),
        ]
    )
    truth = {layer.name: tuple(layer.input.shape) for layer in model.layers}
    return model, truth


@pytest.mark.parametrize("kind", ["keras 3 .h5", "keras 2 .h5", "keras 2 folder"])
def test_weights_say_the_last_axis_behind_custom_layers(tmp_path, kind):
    if kind == "keras 3 .h5":
        model, truth = after_custom_layers(keras, keras.Input)
        path = tmp_path / "model.h5"
        model.save(path)
    else:
        import tf_keras

        model, truth = after_custom_layers(tf_keras, tf_keras.layers.Input)
        path = tmp_path / ("model" if kind.endswith("folder") else "model.h5")
        model.save(path, **({"save_format": "tf"} if kind.endswith("folder") else {}))
    told = {
        call.layer.name: call.input_tensors[0].shape
        for call in read_model(path).calls
        if call.layer.name in truth and call.layer.class_name != "Halve"
    }
    for name in ("conv", "both", "gru", "flat", "answer"):
        known = {place: axis.size for place, axis in enumerate(told[name]) if place and axis.is_known}
        assert len(told[name]) == len(truth[name])
        assert all(truth[name][place] == size for place, size in known.items()), name
        assert len(told[name]) - 1 in known, name
        assert kind != "keras 2 folder" or len(known) == len(truth[name]) - 1, name


def test_what_an_optimizer_keeps_is_passed_over(tmp_path):
    model = keras.Sequential([layers.Input((6, 3)), layers.Conv1D(4, 2), layers.LSTM(5), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(keras.ops.zeros((2, 6, 3)), keras.ops.zeros((2, 1)), verbose=0)
    model.save(tmp_path / "model.keras")
    model.save(tmp_path / "model.h5")
    model.save_weights(tmp_path / "model.weights.h5")
    with (tmp_path / "model.weights.h5").open("rb") as file:
        assert set(hdf5.tree(BoundedFile(file))) == {"layers", "vars"}
    with (tmp_path / "model.h5").open("rb") as file:
        assert set(hdf5.tree(BoundedFile(file))) == {"model_weights"}
    for name in ("model.keras", "model.h5"):
        conv, lstm, dense = read_model(str(tmp_path / name)).calls[-3:]
        assert (2, 3, 4) in dict(conv.layer.stored).values()
        assert (5, 20) in dict(lstm.layer.stored).values()
        assert (5, 1) in dict(dense.layer.stored).values()
