"""Every class that the installed Keras exports is in the registry and in the table of the documentation."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference import layer_call
from layoutlint.layers.document import NO_LAYERS, document
from layoutlint.layers.registry import registry
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol

TABLE = Path(__file__).parents[2] / "docs" / "layers.md"
EXPORTED = sorted(name for name, value in vars(keras.layers).items() if inspect.isclass(value))


def rows() -> dict[str, str]:
    """The last cell of the row of each class, out of the written document."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            first, *_, last = line.strip("|").split("|")
            found.update(dict.fromkeys(re.findall(r"`(\w+)`", first), last.strip()))
    return found


def test_keras_exports_layers():
    assert len(EXPORTED) > 150  # a test over nothing would pass


@pytest.mark.parametrize("name", EXPORTED)
def test_every_exported_class_is_known(name):
    assert name in registry() or name in NO_LAYERS


@pytest.mark.parametrize("name", EXPORTED)
def test_every_exported_class_has_a_row(name):
    knowledge = rows()[name]
    assert re.fullmatch(r"exact|(exact but for|unknown|not a layer): .{10,}", knowledge)


@pytest.mark.parametrize("name", sorted(NO_LAYERS))
def test_what_is_no_layer_is_none(name):
    assert not issubclass(getattr(keras.layers, name), keras.layers.Layer)


@pytest.mark.parametrize("name", sorted(registry()))
def test_what_is_unknown_has_a_reason(name):
    spec = registry()[name]
    assert spec.shape is not None or spec.why


HERE = FileOrigin("test")
LSTM = Layer("LSTM", {"units": 3}, HERE)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 4),
    st.floats(),
    st.sampled_from(["same", "valid", "channels_first", "concat", "int", b"bytes", LSTM, [LSTM, LSTM]]),
    st.sampled_from([[], [1], (2, 3), ((1, 1), (2, 2)), [None], [[1], [2]], {}, {"a": 1}, object()]),
    st.builds(symbol, st.just("n")),
    st.builds(lambda: (symbol("n"), 2)),
)
SHAPES = st.one_of(
    st.none(),
    st.lists(st.none() | st.integers(0, 9) | st.builds(symbol, st.just("n")), max_size=6).map(
        lambda sizes: Shape.of(*sizes)
    ),
)
INPUTS = st.recursive(
    SHAPES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
)


@pytest.mark.parametrize("name", sorted({spec.name for spec in registry().values()}))
def test_inference_never_raises(name):
    """Whatever stands in a program or a file: a shape, an error that Keras has too, or unknown."""
    spec = registry()[name]

    @settings(max_examples=15, deadline=None, database=None)
    @given(st.data())
    def holds(data):
        required = {parameter: data.draw(st.just(3) | ODD) for parameter in spec.parameters.required}
        others = st.sampled_from(["name", *sorted(spec.parameters.names)])
        config = {
            **spec.parameters.defaults,
            **required,
            **data.draw(st.dictionaries(others, ODD, max_size=2)),
        }
        names = st.sampled_from(["initial_state", "states", "mask", "query", "value", "inputs"])
        keywords = data.draw(st.dictionaries(names, INPUTS, max_size=2))
        result = layer_call.infer(Layer(name, config, HERE), data.draw(INPUTS), keywords)
        assert str(result.interpretation)

    holds()


def test_the_table_is_up_to_date():
    assert TABLE.read_text(encoding="utf-8") == document(), (
        "run: python -m layoutlint.layers > docs/layers.md"
    )
