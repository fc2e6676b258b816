"""Names as evidence: whole names by their words, nothing inside words."""

from __future__ import annotations

import ast

import pytest

from layoutlint.facts.index import Index
from layoutlint.facts.names import counts_samples, counts_words, role_of, said_of_shape, words
from layoutlint.facts.roles import roles_of
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.readers import source


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("n_timesteps", ("n", "timesteps")),
        ("numTimeSteps", ("num", "time", "steps")),
        ("IMG_HEIGHT", ("img", "height")),
        ("imgHeight2", ("img", "height", "2")),
        ("NUMFeatures", ("num", "features")),
        ("höhe", ("höhe",)),
        ("_", ()),
    ],
)
def test_words(name, expected):
    assert words(name) == expected


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            "steps",
            "n_timesteps numTimeSteps TIME_STEPS self.time_steps seq_len seqLength window_size lookback",
        ),
        (
            "steps",
            "look_back maxlen MAX_LEN max_sequence_length n_frames cfg['seq_len'] n_steps_in T fenster",
        ),
        (
            "features",
            "n_features num_feats NUM_FEATURES nFeatures input_dim feature_dim n_mels num_sensors F",
        ),
        ("features", "embedding_dim EMBEDDING_DIM args.n_mfcc"),
        ("channels", "n_channels Chans num_leads len(channels) nb_channels C in_channels"),
        ("height", "height img_h IMG_HEIGHT image_height rows img_rows H"),
        ("width", "width img_w IMG_WIDTH image_width cols img_cols W"),
        ("samples", "n_samples num_examples"),
        ("batch", "batch_size BATCH_SIZE bs"),
        ("classes", "n_classes num_labels NUM_CLASSES"),
        ("vocabulary", "vocab_size max_features MAX_NUM_WORDS VOCABULARY_SIZE nb_words"),
        (
            "",
            "stepsize heightmap width_multiplier n x size dim units filters shape",
        ),
        (
            "",
            "steps_per_epoch channelswise kernel_size X.shape[1] f(n_steps) window_stride",
        ),
    ],
)
def test_roles(role, names):
    assert {name: role_of(name) for name in names.split()} == dict.fromkeys(names.split(), role)


def test_a_long_name_says_nothing():
    assert role_of("n_" * 100 + "features") == ""


@pytest.mark.parametrize(
    ("text", "samples", "counted"),
    [
        ("X_train.shape[0]", True, False),
        ("len(X)", True, False),
        ("args.batch_size", True, False),
        ("n_samples", False, False),  # of a signal, perhaps
        ("signal.shape[0]", False, False),
        ("x.shape[0]", False, False),
        ("X_tfidf.shape[1]", False, True),
        ("train_bow.shape[1]", False, True),
        ("X_tfidf.shape[0]", False, False),
        ("rainbow.shape[1]", False, False),
    ],
)
def test_what_is_certain(text, samples, counted):
    assert (counts_samples(text), counts_words(text)) == (samples, counted)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("(n_features, n_timesteps)", ["features", "steps"]),
        ("(2 * n_steps - 1, n_features // 2)", ["steps", "features"]),
        ("(window * n_features, 1)", ["", ""]),
        ("(X_train.shape[0], 28)", ["samples", ""]),
        ("X_tfidf.shape[1:]", ["vocabulary", "vocabulary"]),
        ("(*rest, n_features)", ["", ""]),
        ("size", ["steps", "channels"]),
        ("twice", ["", ""]),
        ("[cfg['seq_len'], cfg['n_feats']]", ["steps", "features"]),
    ],
)
def test_the_names_in_a_shape(shape, expected):
    text = f"size = (seq_len, n_channels)\ntwice = (seq_len, 1)\ntwice = (1, seq_len)\n{shape}\n"
    node = ast.parse(text).body[-1]
    assert isinstance(node, ast.Expr)
    said = said_of_shape(SourceOrigin(SourceFile("t.py", text), node.value), 2)
    assert [found.role if found else "" for found in said] == expected


def roles_at_end(text):
    """The roles, with what says so, of the axes of the last layer's input."""
    graph = source.read("import numpy as np, keras\nfrom keras.layers import *\n" + text, "t.py")
    tensor = graph.calls[-1].input_tensors[0]
    return [told and f"{told.basis}:{told.role}" for told in roles_of(Index(graph), tensor)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = LSTM(2)(Input((n_steps, n_features)))", [None, "name:steps", "name:features"]),
        (
            "x = LSTM(2)(Permute((2, 1))(Dropout(0.1)(Input((n_steps, n_features)))))",
            [None, "name:features", "name:steps"],
        ),
        ("x = LSTM(2)(Reshape((n_features, n_steps))(Input((400,))))", [None, "name:features", "name:steps"]),
        ("x = LSTM(2)(Input((n_steps, n_features))[..., :2])", [None, "name:steps", "name:features"]),
        ("x = Dense(2)(LSTM(2)(Input((n_steps, n_features))))", [None, None]),
        (
            "X = np.ones((50, 12)).reshape(-1, n_leads, n_times)\nx = LSTM(2)(Input(X.shape[1:]))",
            [None, "name:channels", "name:steps"],
        ),
        (
            "(X, y), _ = keras.datasets.mnist.load_data()\nx = LSTM(2)(Input((X.shape[2], X.shape[1])))",
            [None, "data:width", "data:height"],
        ),
        ("n_steps = 5\nn_steps = other\nx = LSTM(2)(Input((n_steps, 3)))", [None, "name:steps", None]),
    ],
)
def test_roles_are_carried_to_the_layer(text, expected):
    assert roles_at_end(text) == expected


def test_nothing_is_known_of_an_unknown_tensor():
    assert roles_of(Index(source.read("import keras", "t.py")), Tensor(None)) == ()
    assert roles_of(Index(source.read("import keras", "t.py")), Tensor(Shape.of(None, 3))) == (None, None)
