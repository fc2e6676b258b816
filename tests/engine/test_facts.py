"""Facts: their documentation is current, and each says what it means, by hand-made cases."""

from __future__ import annotations

import inspect
import pkgutil
import textwrap
from importlib import import_module
from pathlib import Path

import pytest

from layoutlint import facts
from layoutlint.engine import spellings
from layoutlint.engine.document import document
from layoutlint.facts import UNKNOWN, Facts, Index, Subject, Type, all_facts, facts_of
from layoutlint.facts.declaration import DeclarationView
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.registry import FURTHER
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Declaration, Graph, Layer, Tensor
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from layoutlint.readers import source

IMPORTS = """\
import keras, numpy as np
from keras import Input, Sequential
from keras.layers import *
"""


def graph_of(text):
    return source.read(IMPORTS + textwrap.dedent(text), "t.py")


def facts_at_end(text):
    """The facts of the last layer call."""
    graph = graph_of(text)
    return Facts(Subject.LAYER, LayerView(Index(graph), graph.calls[-1]))


def test_the_documentation_is_current():
    written = Path(__file__).parents[2] / "docs" / "facts.md"
    assert written.read_text(encoding="utf-8") == document(), (
        "run: python -m layoutlint.engine > docs/facts.md"
    )


def test_every_fact_is_described_and_named_once():
    for subject in Subject:
        for name, fact in facts_of(subject).items():
            assert name == fact.name
            assert len(fact.meaning) > 10
            assert not fact.choices or fact.type is Type.TEXT
    assert not set(all_facts()[Subject.FILE]) & set(all_facts()[Subject.LAYER])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "x = Conv1D(8, 5, dilation_rate=2, padding='same')(Input((3, 100)))",
            {
                "layer": "Conv1D",
                "steps": 3,
                "input_dim": 100,
                "kernel_size": (5,),
                "kernel_span": (9,),
                "narrow_axis": "steps",
                "narrow_size": 3,
                "narrow_span": 9,
                "padding": "same",
                "data_format": "channels_last",
                "filters": 8,
                "rank": 3,
                "reads": "(batch, steps=3, input_dim=100)",
                "feeds_from_input": True,
                "first_in_model": True,
                "declared_argument": "shape",
                "error_kind": "none",
                "height": UNKNOWN,
                "units": UNKNOWN,
            },
        ),
        (
            "x = Conv2D(8, (1, 3))(Input((1, 60, 4)))",
            {"height": 1, "width": 60, "channels": 4, "slides_along_rows": True, "spatial": (1, 60)},
        ),
        (
            "x = Bidirectional(LSTM(4, return_sequences=True))(Input((None, 7)))",
            {
                "layer": "Bidirectional(LSTM)",
                "class_name": "LSTM",
                "wrapper": "Bidirectional",
                "steps": None,
                "input_dim": 7,
                "units": 4,
                "return_sequences": True,
                "stateful": False,
            },
        ),
        (
            "x = LSTM(4)(LSTM(4)(Input((5, 7))))",
            {
                "error_kind": "rank",
                "expected_rank": 3,
                "found_rank": 2,
                "missing_axis": "the steps are missing",
                "feeds_from_input": False,
                "previous_class": "LSTM",
                "steps": UNKNOWN,
            },
        ),
        (
            "x = Conv1D(8, 1)(Reshape((1, 16))(Dense(16)(GlobalAveragePooling1D()(Input((9, 4))))))",
            {"after_global_pooling": True, "feeds_from_input": False, "steps": 1},
        ),
        (
            "x = Conv1D(8, 1)(Dropout(0.1)(Reshape((1, 36))(Input((9, 4)))))",
            {"after_global_pooling": False, "feeds_from_input": True, "reshaped_on_the_way": True},
        ),
        (
            "x = MaxPooling2D()(ReLU()(Conv2D(4, 3, data_format='channels_first')(Input((3, 32, 32)))))",
            {"earlier_data_format": "channels_first", "earlier_layer": "Conv2D", "first_in_model": False},
        ),
        (
            "keras.config.set_image_data_format('channels_first')\nx = Flatten()(Input((3, 4)))",
            {"file_sets_channels_first": True, "is_saved_model": False},
        ),
        (
            "a = np.zeros((10, 1, 64))\nx = Conv1D(8, 1)((a - a.mean()) / 2)",
            {"feeds_from_input": True, "steps": 1, "input_dim": 64, "declared": False},
        ),
        (
            "x = Conv1D(8, 1)(keras.ops.mean(Input((9, 64)), axis=1, keepdims=True))",
            {"feeds_from_input": False, "steps": 1},
        ),
        (
            "s = Input((4,))\nx = LSTM(4)(Input((1, 9)), initial_state=[s, s])",
            {"initial_state_given": True},
        ),
    ],
)
def test_facts_of_a_layer(text, expected):
    facts = facts_at_end(text)
    assert {name: facts[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "m = Sequential([Conv2D(8, 3, input_shape=(None, 28, 28, 1))])",
            {
                "argument": "input_shape",
                "declared_rank": 4,
                "leading": None,
                "surplus_axes": 1,
                "reader": "Conv2D",
                "reader_rank": 4,
                "shape_without_leading": "(28, 28, 1)",
                "includes_batch": False,
            },
        ),
        (
            "X = np.load('x.npy')\nx = LSTM(3)(Masking()(Input((X.shape[0], X.shape[1]))))",
            {"leading_counts_samples": True, "surplus_axes": 0, "reader": "LSTM"},
        ),
        (
            "x = LSTM(3)(Input(batch_shape=(16, 10, 2)))",
            {"includes_batch": True, "leading": 10, "leading_counts_samples": False, "reader_error": ""},
        ),
    ],
)
def test_facts_of_a_declaration(text, expected):
    graph = graph_of(text)
    facts = Facts(Subject.DECLARATION, DeclarationView(Index(graph), graph.declarations[0]))
    assert {name: facts[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("X.shape[0]", True),
        ("X_train.shape[0]", True),
        ("self.x_train.shape[0]", False),  # nobody looked at what self holds
        ("train_images.shape[0]", True),
        ("trainX.shape[0]", True),
        ("x_test_scaled.shape[0]", True),
        ("len(X_train)", True),
        ("batch_size", True),
        ("args.batch_size", True),
        ("BATCH_SIZE", True),
        ("n_samples", True),
        ("x.shape[0]", False),  # as often one sample
        ("signal.shape[0]", False),
        ("len(columns)", False),
        ("len(X_train[0])", False),
        ("X.shape[1]", False),
        ("n_timesteps", False),
    ],
)
def test_names_that_count_samples(name, expected):
    layer = Layer("InputLayer", {}, FileOrigin("t"), kind="input")
    shape = Shape([Axis(symbol(name)), Axis(3)])
    declaration = Declaration("shape", shape, layer, Tensor(Shape([Axis(None), *shape])), FileOrigin("t"))
    view = DeclarationView(Index(Graph("t", declarations=[declaration])), declaration)
    assert Facts(Subject.DECLARATION, view)["leading_counts_samples"] is expected


def test_the_table_of_spellings_is_current():
    written = Path(__file__).parents[2] / "docs" / "research" / "spellings.md"
    assert written.read_text(encoding="utf-8") == spellings.document(), (
        "run: python -m layoutlint.engine.spellings > docs/research/spellings.md"
    )


def test_every_chapter_of_facts_is_listed():
    chapters = {module.name for module in pkgutil.iter_modules(facts.__path__)}
    entered = {
        name for name in chapters if ".fact(" in inspect.getsource(import_module(f"layoutlint.facts.{name}"))
    }
    assert entered - {*FURTHER} - {subject.value for subject in Subject} == set(), "list them in FURTHER"
