"""Programs that stop in Keras run once they are fixed; those that no fix helps are named here."""

from __future__ import annotations

import pytest

from tests.fixes.crashes.programs import FOLDERS, programs, run
from tests.fixes.helpers import fixed

UNFIXED = {
    "labels_from_one": "the labels are not known as numbers from 1",
    "rows_for_lstm": "the shape of what make_regression returns is not known",
    "maxlen_mismatch": "the texts are not known as lists of numbers",
    "direct_call_window": "the windows of a comprehension have no known shape",
    "embedding_matrix_rows": "the matrix is in an initializer",
    "two_inputs_of_unequal_length": "which samples belong together is not plain",
    "unet_odd_size": "the input may be padded, resized or cropped",
    "residual_channels": "the shortcut may get a projection, or the block other filters",
    "reshape_counts": "either the units or the target shape may be wrong",
    "lstm_on_maps": "the axis to merge with the channels is not plain",
    "dense_block_skip": "the skip may be cropped or the convolution padded",
    "autoencoder_size": "the input may be padded, or the output cropped",
}

PROGRAMS = [path for folder in FOLDERS for path in programs(folder)]


@pytest.mark.parametrize("path", PROGRAMS, ids=[f"{path.parent.name}/{path.stem}" for path in PROGRAMS])
def test_a_program_is_changed_or_named_above(path):
    outcome = fixed(path.read_text(encoding="utf-8"))
    assert bool(outcome.applied) is (path.stem not in UNFIXED)


@pytest.mark.slow
@pytest.mark.parametrize("path", PROGRAMS, ids=[f"{path.parent.name}/{path.stem}" for path in PROGRAMS])
def test_a_program_stops_and_runs_once_it_is_fixed(path):
    text = path.read_text(encoding="utf-8")
    before = run(text)
    if isinstance(before, ImportError):
        pytest.skip(f"needs {before}")
    assert before is not None
    outcome = fixed(text)
    if outcome.applied:
        assert run(outcome.text) is None
