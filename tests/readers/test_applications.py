"""Every layer of every model of keras.applications, saved in both formats, has exactly Keras's own shapes."""

from __future__ import annotations

import keras
import pytest

from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes, truth, truth_of_keras_2, write_hdf5, write_keras

NAMES = sorted(name for name in dir(keras.applications) if name[0].isupper())
SAMPLE = ("MobileNetV3Small", "ConvNeXtTiny")
OWN_LAYERS = {"ConvNeXt": "_layer_scale", "InceptionResNetV2": "custom_scale_layer"}
"""Models with layers of their own: the file says their shapes, inference does not know them."""


def _own_layer(name: str, path: str) -> bool:
    return any(name.startswith(model) and layer in path for model, layer in OWN_LAYERS.items())


def _assert_exact(name, graph, expected):
    assert len(expected) > 20
    assert read_shapes(graph) == expected
    inferred = read_shapes(graph, trust_file=False)
    assert {path: shapes for path, shapes in inferred.items() if not _own_layer(name, path)} == {
        path: shapes for path, shapes in expected.items() if not _own_layer(name, path)
    }


def _check(name, folder):
    keras.backend.clear_session()
    with keras.StatelessScope():  # no memory for the weights
        model = getattr(keras.applications, name)(weights=None)
    expected = truth(model)
    for write, file in ((write_keras, "model.keras"), (write_hdf5, "model.h5")):
        _assert_exact(name, read_model(write(model, folder / file)), expected)


@pytest.mark.parametrize("name", SAMPLE)
def test_sample(name, tmp_path):
    _check(name, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if name not in SAMPLE])
def test_all(name, tmp_path):
    _check(name, tmp_path)


@pytest.mark.parametrize("name", ["MobileNet", pytest.param("ResNet50", marks=pytest.mark.slow)])
def test_files_with_weights(name, tmp_path):
    model = getattr(keras.applications, name)(weights=None)
    for file in ("model.keras", "model.h5"):
        model.save(tmp_path / file)
        _assert_exact(name, read_model(tmp_path / file), truth(model))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["MobileNetV2", "DenseNet121", "EfficientNetB0", "NASNetMobile", "ResNet50V2"]
)
def test_written_by_keras_2(name, tmp_path):
    import tf_keras

    model = getattr(tf_keras.applications, name)(weights=None)
    for file in ("model.keras", "model.h5"):
        model.save(tmp_path / file)
        _assert_exact(name, read_model(tmp_path / file), truth_of_keras_2(model))
