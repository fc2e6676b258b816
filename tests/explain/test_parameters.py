"""Parameters of models, counted by real Keras too."""

from __future__ import annotations

from math import prod

import pytest

from layoutlint.explain.overview import overview
from layoutlint.explain.parameters import WEIGHTS_UNKNOWN
from layoutlint.layers.registry import find, registry
from layoutlint.run.inputs import open_text
from tests.oracle.layers import keras

PROGRAMS = {
    "a stack": """
model = keras.Sequential([
    keras.Input((64, 3)), layers.Conv1D(8, 5, padding="same"), layers.BatchNormalization(),
    layers.PReLU(shared_axes=[1]), layers.MaxPooling1D(), layers.Flatten(), layers.Dense(10, use_bias=False),
])
""",
    "recurrent": """
model = keras.Sequential([
    keras.Input((20, 6)), layers.Bidirectional(layers.LSTM(7, return_sequences=True)),
    layers.TimeDistributed(layers.Dense(4)), layers.GRU(3),
])
""",
    "a shared layer counts once": """
a, b = keras.Input((5,)), keras.Input((5,))
shared = layers.Dense(4)
model = keras.Model([a, b], layers.Concatenate()([shared(a), shared(b)]))
""",
    "a model in a model, frozen": """
head = keras.Sequential([keras.Input((26, 26, 8)), layers.Flatten(), layers.Dense(3, trainable=False)])
inputs = keras.Input((28, 28, 1))
x = layers.SeparableConv2D(8, 3)(inputs)
model = keras.Model(inputs, head(layers.LayerNormalization()(x)))
""",
    "embeddings and attention": """
tokens = keras.Input((12,))
x = layers.Embedding(100, 16)(tokens)
x = layers.MultiHeadAttention(2, 8)(x, x)
model = keras.Model(tokens, layers.GlobalAveragePooling1D()(x + 1.0))
""",
}
HEAD = "import keras\nfrom keras import layers\n"


@pytest.mark.parametrize("name", PROGRAMS)
def test_totals_are_those_of_keras(name: str) -> None:
    text = HEAD + PROGRAMS[name]
    scope: dict[str, object] = {}
    exec(text, scope)
    model = scope["model"]
    graph = open_text(text, "a.py").graph
    assert graph is not None
    found = overview(graph).models[-1].parameters
    assert found.uncounted == ()
    assert found.total == model.count_params()
    assert found.fixed == sum(prod(weight.shape) for weight in model.non_trainable_weights)


@pytest.mark.parametrize(
    ("layer", "uncounted"),
    [
        ("layers.Dense(data.shape[1])", ("Dense",)),
        ("layers.TimeDistributed(keras.Sequential([layers.Dense(2)]))", ("TimeDistributed",)),
        ("House(3)", ("House",)),
    ],
)
def test_what_is_not_known_is_said(layer: str, uncounted: tuple[str, ...]) -> None:
    text = (
        f"{HEAD}class House(layers.Layer): pass\nmodel = keras.Sequential([keras.Input((4, 3)), {layer}])\n"
    )
    graph = open_text(text, "a.py").graph
    assert graph is not None
    assert overview(graph).models[-1].parameters.uncounted == uncounted


WITHOUT_WEIGHTS = sorted(
    {spec.name for spec in registry().values() if spec.weights is None and hasattr(keras.layers, spec.name)}
    - WEIGHTS_UNKNOWN
)


@pytest.mark.parametrize("name", WITHOUT_WEIGHTS)
def test_a_layer_without_weights_in_the_registry_has_none(name: str) -> None:
    """Where the class can be made without arguments, or with a number, on some shape."""
    assert find(name) is not None
    made = getattr(keras.layers, name)
    for arguments in ((), (2,), (0.5,)):
        for shape in ((4,), (4, 4), (8, 8, 3), (4, 4, 4, 3)):
            try:
                layer = made(*arguments)
                layer.build((None, *shape))
            except Exception:
                continue
            assert layer.weights == []
