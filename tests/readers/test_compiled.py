"""The losses of models that Keras has saved."""

from __future__ import annotations

import importlib

import pytest

from layoutlint.facts import Index
from layoutlint.facts.loss import LossView
from layoutlint.inference.losses import contract_of
from layoutlint.model.graph import flatten
from layoutlint.readers.formats import read_model

SAVED = [
    ("keras", "m.keras"),
    ("keras", "m.h5"),
    ("tf_keras", "m.keras"),
    ("tf_keras", "m.h5"),
    ("tf_keras", "m"),
]


def losses_of(tmp_path, library, name, make):
    """The name of the loss of each output, after a model was compiled with it and saved."""
    keras = importlib.import_module(library)
    inputs = keras.Input((4,))
    b, a = keras.layers.Dense(3, name="b")(inputs), keras.layers.Dense(1, name="a")(inputs)
    model = keras.Model(inputs, [b, a])
    model.compile("sgd", make(keras.losses))
    model.save(tmp_path / name)
    graph = read_model(tmp_path / name)
    views = [
        LossView(Index(graph), compilation, position)
        for compilation in graph.compilations
        for position, _ in enumerate(flatten(compilation.network.outputs))
    ]
    return [None if view.loss is None else view.loss.name for view in views]


@pytest.mark.parametrize(("library", "name"), SAVED)
@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda losses: "mse", ["mean_squared_error"] * 2),
        (lambda losses: losses.Huber(), ["huber"] * 2),
        (lambda losses: losses.mean_absolute_error, ["mean_absolute_error"] * 2),
        (
            lambda losses: ["mae", losses.BinaryCrossentropy()],
            ["mean_absolute_error", "binary_crossentropy"],
        ),
        (
            lambda losses: {"a": "hinge", "b": losses.CategoricalCrossentropy()},
            ["categorical_crossentropy", "hinge"],
        ),
    ],
)
def test_the_losses_are_those_of_compile(tmp_path, library, name, make, names):
    assert losses_of(tmp_path, library, name, make) == names


@pytest.mark.parametrize(("library", "name"), [saved for saved in SAVED if saved[1] == "m.h5"])
def test_a_loss_of_the_program_has_no_contract(tmp_path, library, name):
    """A legacy file holds no more of it than the name of its function."""
    names = losses_of(tmp_path, library, name, lambda losses: lambda target, output: target - output)
    assert [contract_of(found) for found in names] == [None, None]


@pytest.mark.parametrize("name", ["m.keras", "m.h5"])
def test_a_model_that_is_not_compiled_has_none(tmp_path, name):
    import keras

    keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]).save(tmp_path / name)
    assert read_model(tmp_path / name).compilations == []
