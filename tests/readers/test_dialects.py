"""Files as Keras 3 and tf.keras write them, against the shapes that they computed themselves."""

from __future__ import annotations

import pytest

from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes, truth, truth_of_keras_2

KERAS_3 = (
    *("sequential", "built_late", "operations", "keywords", "shared", "nested", "nested_variable"),
    *("several_outputs", "dictionaries", "cells", "model_wrapped"),
)
KERAS_2 = ["sequential", "built_late", "operations", "keywords", "shared", "nested", "silently_expanded"]


@pytest.mark.parametrize("extension", [".keras", ".h5"])
@pytest.mark.parametrize("name", KERAS_3)
def test_keras_3(keras_3_files, name, extension):
    saved = keras_3_files[name]
    graph = read_model(saved.file(extension))
    expected = truth(saved.model)
    assert expected
    assert read_shapes(graph) == expected
    assert read_shapes(graph, trust_file=False) == expected


@pytest.mark.parametrize("extension", [".keras", ".h5", "folder"])
@pytest.mark.parametrize("name", KERAS_2)
def test_keras_2(keras_2_files, name, extension):
    saved = keras_2_files[name]
    graph = read_model(saved.file(extension))
    expected = truth_of_keras_2(saved.model)
    assert expected
    assert read_shapes(graph) == expected
    assert read_shapes(graph, trust_file=False) == expected


def test_all_models_are_tested(keras_3_files, keras_2_files):
    assert set(KERAS_3) == set(keras_3_files)
    assert set(KERAS_2) == set(keras_2_files)


def test_the_graph_of_a_nested_model(keras_3_files):
    graph = read_model(keras_3_files["nested"].file(".keras"))
    assert sorted(network.name for network in graph.models) == [
        "innermost",
        "innermost",
        "outer",
        "top",
        "twice",
    ]
    top = graph.models[-1]
    assert top.name == "top"
    assert top.inputs.shape.sizes == (None, 4)
    assert [tensor.shape.sizes for tensor in top.outputs] == [(None, 6), (None, 6), (None, 3)]
    dense = next(layer for layer in graph.layers if layer.origin.layer == "outer/innermost/dense_inside")
    assert (dense.class_name, dense.name, dense.config["units"]) == ("Dense", "dense_inside", 3)


def test_what_an_input_declares(keras_3_files, keras_2_files):
    for saved, argument in ((keras_3_files, "batch_shape"), (keras_2_files, "batch_input_shape")):
        graph = read_model(saved["sequential"].file(".keras"))
        (declaration,) = graph.declarations
        assert (declaration.argument, declaration.shape.sizes) == (argument, (None, 10, 3))


def test_wrapped_layers_are_layers(keras_3_files):
    graph = read_model(keras_3_files["sequential"].file(".h5"))
    wrapper = next(layer for layer in graph.layers if layer.class_name == "Bidirectional")
    assert wrapper.config["layer"].class_name == "LSTM"
    assert wrapper.config["layer"].config["units"] == 5
    assert (
        wrapper.config["layer"].origin.layer == f"{wrapper.name}/forward_{wrapper.config['layer'].name[8:]}"
    )
