"""Architectures as JSON and YAML, unzipped archives and TensorFlow.js models, as Keras writes them."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import Any

import h5py
import keras
import pytest
import tf_keras
import yaml

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import catalogue
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.formats import read_model
from layoutlint.run.check import check
from layoutlint.run.configuration import Configuration
from tests.oracle.models import read_shapes, truth, truth_of_keras_2


def as_json(model: Any) -> str:
    return model.to_json()


def twice(model: Any) -> str:
    """JSON that somebody has given to ``json.dump`` once more."""
    return json.dumps(model.to_json())


def as_yaml(model: Any) -> str:
    """What ``to_yaml`` wrote as long as there was one: tuples are objects of Python."""
    return yaml.dump(_with_tuples(json.loads(model.to_json())))


def _with_tuples(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _with_tuples(value) for key, value in data.items()}
    if isinstance(data, list):
        numbers = all(item is None or isinstance(item, int) for item in data)
        return tuple(data) if numbers else [_with_tuples(item) for item in data]
    return data


WRITERS = {"m.json": as_json, "twice.json": twice, "m.yaml": as_yaml}


@pytest.mark.parametrize("name", WRITERS)
def test_keras_3(tmp_path, keras_3_files, name):
    for title, saved in keras_3_files.items():
        (tmp_path / name).write_text(WRITERS[name](saved.model))
        assert read_shapes(read_model(tmp_path / name)) == truth(saved.model), title


@pytest.mark.parametrize("name", WRITERS)
def test_keras_2(tmp_path, keras_2_files, name):
    for title, saved in keras_2_files.items():
        (tmp_path / name).write_text(WRITERS[name](saved.model))
        assert read_shapes(read_model(tmp_path / name)) == truth_of_keras_2(saved.model), title


def test_an_unzipped_archive_is_the_archive(tmp_path, keras_3_files):
    for title, saved in keras_3_files.items():
        with zipfile.ZipFile(saved.file(".keras")) as archive:
            archive.extractall(tmp_path / title)
        graph = read_model(tmp_path / title / "config.json")
        whole = read_model(saved.file(".keras"))
        assert read_shapes(graph) == truth(saved.model)
        assert graph.keras == whole.keras
        assert [layer.stored for layer in graph.layers] == [layer.stored for layer in whole.layers]


# Weights beside -------------------------------------------------------------------


def signals(library: Any, features: int) -> Any:
    layers = library.layers
    inputs = library.Input((20, features), name="signal")
    x = layers.Conv1D(4, 3, name="conv")(inputs)
    return library.Model(inputs, layers.Dense(2, name="answer")(layers.LSTM(5, name="rnn")(x)))


def rules_of(path: Any) -> list[str]:
    return [finding.rule for finding in judge(read_model(path), tuple(catalogue(()).values()))]


@pytest.mark.parametrize("name", ["model.weights.h5", "model_weights.h5", "model.h5"])
@pytest.mark.parametrize("library", [keras, tf_keras])
def test_weights_beside_are_compared(tmp_path, library, name):
    if library is keras and name != "model.weights.h5":
        pytest.skip("Keras 3 writes weights under this name alone")
    (tmp_path / "model.json").write_text(signals(library, 3).to_json())
    signals(library, 3).save_weights(tmp_path / name)
    graph = read_model(tmp_path / "model.json")
    stored = {layer.name: sorted(layer.stored.values()) for layer in graph.layers if layer.stored}
    assert stored == {
        "conv": [(3, 3, 4), (4,)],
        "rnn": [(4, 20), (5, 20), (20,)],
        "answer": [(2,), (5, 2)],
    }
    assert rules_of(tmp_path / "model.json") == []
    signals(library, 7).save_weights(tmp_path / name)
    assert rules_of(tmp_path / "model.json") == ["weights-contradict-shape"]


def test_weights_of_another_model_are_not_compared(tmp_path):
    (tmp_path / "model.json").write_text(signals(tf_keras, 3).to_json())
    other = tf_keras.Sequential([tf_keras.layers.InputLayer((4,)), tf_keras.layers.Dense(2, name="other")])
    other.save_weights(tmp_path / "model.h5")
    graph = read_model(tmp_path / "model.json")
    assert [layer.stored for layer in graph.layers if layer.stored] == []
    assert graph.notes == ["model.h5 is not compared: it has other layers"]


# TensorFlow.js --------------------------------------------------------------------


def write_tfjs(model: Any, folder: Any) -> None:
    """What tensorflowjs makes of an HDF5 file: its attributes as JSON, and a manifest of its data sets."""
    model.save(folder / "m.h5")
    with h5py.File(folder / "m.h5") as file:
        topology = {
            "keras_version": file.attrs["keras_version"],
            "backend": file.attrs["backend"],
            "model_config": json.loads(file.attrs["model_config"]),
        }
        weights: list[dict[str, Any]] = []

        def visit(name: str, item: Any) -> None:
            if isinstance(item, h5py.Dataset):
                plain = name.removeprefix("model_weights/").partition("/")[2].removesuffix(":0")
                weights.append({"name": plain, "shape": list(item.shape), "dtype": "float32"})

        file.visititems(visit)
    written = {
        "format": "layers-model",
        "generatedBy": "keras v2.15.0",
        "convertedBy": "TensorFlow.js Converter v4.22.0",
        "modelTopology": topology,
        "weightsManifest": [{"paths": ["group1-shard1of1.bin"], "weights": weights}],
    }
    (folder / "model.json").write_text(json.dumps(written))


def test_tensorflow_js(tmp_path, keras_2_files):
    for title, saved in keras_2_files.items():
        write_tfjs(saved.model, tmp_path)
        assert read_shapes(read_model(tmp_path / "model.json")) == truth_of_keras_2(saved.model), title
    write_tfjs(signals(tf_keras, 3), tmp_path)
    graph = read_model(tmp_path / "model.json")
    assert {layer.name: layer.stored for layer in graph.layers if layer.stored} == {
        "conv": {"kernel": (3, 3, 4), "bias": (4,)},
        "rnn": {"kernel": (4, 20), "recurrent_kernel": (5, 20), "bias": (20,)},
        "answer": {"kernel": (5, 2), "bias": (2,)},
    }


# What is not a model --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("a.json", '{"class_name": "Sequential", ', UnreadableError, "its architecture is not JSON"),
        (
            "a.json",
            '{"class_name": "Tokenizer", "config": {}}',
            NothingToReadError,
            "Tokenizer, whose",
        ),
        ("a.json", '{"name": "package"}', NothingToReadError, "holds no architecture of a Keras model"),
        ("a.yaml", "image: python\n", NothingToReadError, "holds no architecture of a Keras model"),
        ("a.yaml", "class_name: Sequential\nconfig:\n  - [\n", UnreadableError, "is not YAML"),
        (
            "a.json",
            '{"format": "graph-model", "modelTopology": {"node": []}}',
            NothingToReadError,
            "graph model",
        ),
        ("a.json", '{"weightsManifest": []}', NothingToReadError, "without an architecture"),
    ],
)
def test_one_clear_reason(tmp_path, name, text, error, words):
    (tmp_path / name).write_text(text)
    with pytest.raises(error, match=words):
        read_model(tmp_path / name)


BOMB = "class_name: Sequential\nconfig:\n  layers: &a0 [x, x]\n" + "".join(
    f"  l{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
)


def test_yaml_makes_no_objects_and_no_bombs(tmp_path):
    (tmp_path / "bomb.yaml").write_text(BOMB)
    with pytest.raises(UnreadableError, match="too many values"):
        read_model(tmp_path / "bomb.yaml")
    target = tmp_path / "touched"
    text = as_yaml(signals(keras, 3)) + f"evil: !!python/object/apply:os.mkdir ['{target}']\n"
    (tmp_path / "evil.yaml").write_text(text)
    assert len(read_model(tmp_path / "evil.yaml").layers) == 4
    assert not target.exists()


def test_a_folder_names_models_and_nothing_else(tmp_path):
    (tmp_path / "package.json").write_text('{"name": "x", "keras": "2"}')
    (tmp_path / "settings.yaml").write_text("keras: 2\n")
    (tmp_path / "m.json").write_text(signals(keras, 3).to_json())
    (tmp_path / "m.onnx").write_bytes(b"\x08\x08\x12\x07pytorch:\x00")
    (tmp_path / "labels.pb").write_bytes(b"\x00\x01\x02")
    shutil.copy(__file__, tmp_path / "plain.txt")
    report = check([str(tmp_path)], Configuration(), 1).report
    found = {item.path.rpartition("/")[2]: (item.status, item.reason) for item in report.inputs}
    assert found == {
        "m.json": ("checked", None),
        "m.onnx": ("skipped", "an ONNX model that computes nothing with an input"),
        "labels.pb": ("skipped", "holds no TensorFlow graph"),
    }
