"""Real Keras judges what a loss does with a target: every loss, over a grid of outputs and targets."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from layoutlint.inference.loss_names import ALIASES, canonical
from layoutlint.inference.losses import _CONTRACTS, LossOutcome, meet
from layoutlint.model.axes import Shape
from layoutlint.model.sizes import symbol

BATCH = 5
"""Samples of a batch: no other size of the grid."""

OUTPUTS = [(1,), (2,), (10,), (7, 1), (7, 10), (1, 10), (7, 4, 1), (7, 4, 10), (7, 4, 3)]
TARGETS = [(), (1,), (2,), (3,), (10,), (7,), (1, 1), (7, 1), (1, 10), (7, 10), (10, 1), (10, 7), (7, 4)]
TARGETS += [(7, 4, 1), (7, 4, 10), (7, 1, 10), (1, 7, 10), (7, 4, 3), (7, 10, 1), (7, 4, 10, 1)]
GRID = list(product(OUTPUTS, TARGETS))
STEP = 9
"""A plain run asks Keras about every so many pairs, each loss about others."""
LOSSES = sorted(_CONTRACTS)


def kept(loss, target, output, batch=BATCH):
    """The unreduced loss that Keras computes in a graph with a free batch, as in ``fit``; or its error."""
    import keras
    import tensorflow as tf
    from keras.src.trainers.compile_utils import get_loss

    function = get_loss(loss, None, None)
    if not isinstance(function, keras.losses.Loss):
        return TypeError(loss)
    function.reduction = None
    rng = np.random.default_rng(0)
    y_true = rng.integers(0, 2, (batch, *target)).astype("float32")
    y_pred = rng.random((batch, *output)).astype("float32")
    if output[-1] == 1 and loss.startswith("sparse"):
        y_true[:] = 0
    free = [tf.TensorSpec((None, *shape)) for shape in (target, output)]
    try:
        return tf.function(function, input_signature=free)(y_true, y_pred).numpy()
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        return error


def judged(loss, target, output, batch=None):
    return meet(loss, {}, Shape.of(batch, *target), Shape.of(None, *output))


def sample(loss):
    return GRID[LOSSES.index(loss) % STEP :: STEP]


@pytest.mark.parametrize("loss", LOSSES)
def test_keras_refuses_what_is_said_to_be_refused(loss):
    hold_against_keras(loss, sample(loss))


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES)
def test_keras_refuses_all_that_is_said_to_be_refused(loss):
    hold_against_keras(loss, GRID)


def hold_against_keras(loss, pairs):
    for output, target in pairs:
        meeting = judged(loss, target, output)
        assert meeting is not None
        assert meeting.outcome is not None
        values = kept(loss, target, output)
        told = f"{loss}: {target} beside {output}"
        assert (meeting.outcome is LossOutcome.REFUSED) == isinstance(values, Exception), told


CHECKED = [name for name in sorted(_CONTRACTS) if "crossentropy" in name and "categorical_focal" not in name]


@pytest.mark.parametrize("loss", CHECKED)
def test_the_message_is_that_of_keras(loss):
    for output, target in sample(loss):
        meeting = judged(loss, target, output)
        if meeting.outcome is LossOutcome.REFUSED:
            assert meeting.message in str(kept(loss, target, output))


VALUE_BY_VALUE = ["mean_squared_error", "mean_absolute_error", "huber", "hinge", "kl_divergence", "poisson"]


@pytest.mark.parametrize("loss", VALUE_BY_VALUE)
def test_what_fits_is_compared_one_by_one(loss):
    """Averaged along the last axis, a loss leaves a number for each row, if nothing is repeated."""
    for output, target in sample(loss):
        meeting = judged(loss, target, output)
        if meeting.outcome is LossOutcome.REFUSED:
            continue
        values = kept(loss, target, output)
        alike = np.prod(target) == np.prod(output) and tuple(values.shape) == (
            BATCH,
            *[size.size for size in meeting.output[1:-1]],
        )
        assert (meeting.outcome is LossOutcome.FITS) == alike, f"{target} beside {output}"


@pytest.mark.parametrize("loss", ["mean_squared_error", "categorical_crossentropy", "hinge"])
def test_a_batch_of_one_is_one(loss):
    for output, target in sample(loss):
        outcome = judged(loss, target, output, batch=1).outcome
        refused = isinstance(kept(loss, target, output, batch=1), Exception)
        assert (outcome is LossOutcome.REFUSED) == refused, f"{target} beside {output}"


FITTED = [
    (loss, *pair) for loss in ("mean_squared_error", "sparse_categorical_crossentropy") for pair in GRID[::23]
]


@pytest.mark.slow
@pytest.mark.parametrize(("loss", "output", "target"), FITTED)
def test_fit_does_what_the_loss_does(loss, output, target):
    """The same through the whole of ``fit``: a model with such an output, an array of such targets."""
    import keras
    import tensorflow as tf

    model = keras.Sequential([keras.Input(output), keras.layers.Dense(output[-1], activation="softmax")])
    model.compile("sgd", loss)
    try:
        model.fit(np.zeros((BATCH, *output)), np.zeros((BATCH, *target)), verbose=0)
        refused = False
    except (ValueError, tf.errors.InvalidArgumentError):
        refused = True
    assert (judged(loss, target, output).outcome is LossOutcome.REFUSED) == refused


OLD = [name for name in LOSSES if name not in ("ctc", "dice", "tversky", "categorical_focal_crossentropy")]


@pytest.mark.slow
@pytest.mark.parametrize("loss", OLD)
def test_what_fits_is_taken_by_keras_2_too(loss):
    """There the targets of one axis are given a second one before anything else."""
    tf_keras = pytest.importorskip("tf_keras")
    import tensorflow as tf

    function = tf_keras.losses.get(loss)
    for output, target in sample(loss):
        if judged(loss, target, output).outcome is not LossOutcome.FITS:
            continue
        y_true = np.zeros((BATCH, *(target or (1,))), "float32")
        wrapped = tf_keras.src.losses.LossFunctionWrapper(function)
        free = [tf.TensorSpec((None, *shape)) for shape in (y_true.shape[1:], output)]
        tf.function(wrapped, input_signature=free)(y_true, np.full((BATCH, *output), 0.5, "float32"))


def test_unknown_sizes_decide_nothing():
    for loss in sorted(_CONTRACTS.keys() - {"ctc"}):
        assert meet(loss, {}, Shape.of(None, 4), Shape.of(None, symbol("n"))) is None or (
            meet(loss, {}, Shape.of(None, 4), Shape.of(None, symbol("n"))).outcome is not LossOutcome.FITS
        )
        assert meet(loss, {}, Shape.of(None), Shape.of(None, symbol("n"))) is None


def test_a_loss_of_the_program_has_no_contract():
    assert meet("triplet_loss", {}, Shape.of(None), Shape.of(None, 128)) is None
    assert meet(None, {}, Shape.of(None), Shape.of(None, 128)) is None


def test_every_alias_is_a_loss():
    assert set(ALIASES.values()) <= set(_CONTRACTS)


def test_names_are_those_of_keras():
    """Every class of ``keras.losses`` computes what the function of its canonical name does."""
    import keras

    without = {"Loss", "LossFunctionWrapper", "CategoricalGeneralizedCrossEntropy"}
    classes = [name for name in dir(keras.losses) if name[0].isupper() and name not in without]
    for name in classes:
        loss = getattr(keras.losses, name)
        if isinstance(loss, type):
            assert loss().fn is getattr(keras.losses, canonical(name)), name
