"""Signal processing against numpy, TensorFlow and Keras, with numbers and with symbols in their place."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from layoutlint.model.axes import Shape
from layoutlint.operations import find
from tests.operations.oracle import agrees

NUMPY = [
    ("fft.fft", (Shape.of(3, 20),), {}),
    ("fft.fft", (Shape.of(3, 20),), {"n": 32, "axis": 0}),
    ("fft.rfft", (Shape.of(3, 21),), {}),
    ("fft.rfft", (Shape.of(3, 20), 64), {}),
    ("fft.irfft", (Shape.of(3, 11),), {}),
    ("fft.irfft", (Shape.of(12, 3), 17, 0), {}),
    ("fft.fft2", (Shape.of(2, 8, 9),), {}),
    ("fft.fftn", (Shape.of(4, 5),), {}),
    ("fft.rfft2", (Shape.of(2, 8, 9),), {}),
    ("fft.rfftn", (Shape.of(8, 9),), {"axes": (1, 0)}),
    ("fft.fftshift", (Shape.of(8, 9),), {}),
    ("fft.fftfreq", (10,), {}),
    ("fft.rfftfreq", (11,), {"d": 0.1}),
    ("hanning", (12,), {}),
    ("hamming", (12,), {}),
    ("blackman", (1,), {}),
    ("bartlett", (7,), {}),
    ("kaiser", (7, 14.0), {}),
]
SIGNAL = [
    ("signal.stft", (Shape.of(2, 4000), 255, 128), {}),
    ("signal.stft", (Shape.of(4000), 256, 64), {"fft_length": 512, "pad_end": True}),
    ("signal.rfft", (Shape.of(2, 20),), {}),
    ("signal.rfft", (Shape.of(2, 20),), {"fft_length": [64]}),
    ("signal.hann_window", (30,), {}),
    ("signal.hamming_window", (30,), {}),
    ("signal.kaiser_window", (30,), {}),
    ("signal.linear_to_mel_weight_matrix", (), {}),
    ("signal.linear_to_mel_weight_matrix", (40, 257, 16000), {}),
    ("signal.mfccs_from_log_mel_spectrograms", (Shape.of(2, 9, 40),), {}),
    ("signal.dct", (Shape.of(2, 9),), {}),
    ("signal.dct", (Shape.of(2, 9),), {"n": 5}),
    ("signal.overlap_and_add", (Shape.of(2, 7, 40), 15), {}),
    ("signal.frame", (Shape.of(2, 20, 3), 5, 3), {"axis": 1}),
]
COMPLEX = [
    ("signal.fft", (Shape.of(2, 20),), {}),
    ("signal.fft2d", (Shape.of(2, 20),), {}),
    ("signal.irfft", (Shape.of(2, 20),), {}),
    ("signal.irfft", (Shape.of(2, 20), [31]), {}),
    ("signal.inverse_stft", (Shape.of(2, 9, 129), 255, 128), {}),
]
KERAS = [
    ("fft", ((Shape.of(2, 20), Shape.of(2, 20)),), {}),
    ("rfft", (Shape.of(2, 20),), {}),
    ("rfft", (Shape.of(2, 20), 64), {}),
    ("stft", (Shape.of(2, 400), 60, 20, 64), {}),
    ("stft", (Shape.of(2, 400), 60, 20, 65), {"center": False}),
    ("extract_sequences", (Shape.of(2, 40), 7, 3), {}),
]


@pytest.mark.parametrize(("name", "positional", "keywords"), NUMPY)
def test_numpy(name: str, positional: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    real = np
    for part in name.split("."):
        real = getattr(real, part)
    agrees(find(f"numpy.{name}"), real, lambda shape: np.zeros(shape.sizes), positional, keywords)


@pytest.mark.parametrize(
    ("name", "positional", "keywords", "dtype"),
    [*((*case, tf.float32) for case in SIGNAL), *((*case, tf.complex64) for case in COMPLEX)],
)
def test_tensorflow(name: str, positional: tuple[Any, ...], keywords: dict[str, Any], dtype: Any) -> None:
    real = getattr(tf.signal, name.removeprefix("signal."))
    agrees(find(f"tensorflow.{name}"), real, lambda shape: tf.zeros(shape.sizes, dtype), positional, keywords)


@pytest.mark.parametrize(("name", "positional", "keywords"), KERAS)
def test_keras(name: str, positional: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    real = getattr(keras.ops, name)
    agrees(find(f"keras.ops.{name}"), real, lambda shape: keras.ops.zeros(shape.sizes), positional, keywords)


def test_a_signal_shorter_than_a_frame() -> None:
    # of a signal of unknown length it is assumed that at least one frame fits
    positional = (Shape.of(2, 3, 100), 256, 64)
    agrees(
        find("tensorflow.signal.stft"),
        tf.signal.stft,
        lambda shape: tf.zeros(shape.sizes),
        positional,
        symbols=False,
    )
