"""Operations of Keras that are given no data format take the one that is set, as layers do."""

from __future__ import annotations

import pytest

from layoutlint.readers import source

PROGRAM = """\
import keras
from keras import ops

keras.config.set_image_data_format("channels_first")
x = keras.Input((3, 32, 48))
y = {call}
model = keras.Model(x, y)
"""

CALLS = [
    "ops.image.resize(x, (10, 12))",
    "ops.image.rgb_to_grayscale(x)",
    "ops.image.extract_patches(x, (4, 4))",
]


@pytest.mark.parametrize("call", CALLS)
def test_keras_agrees(call: str) -> None:
    keras = pytest.importorskip("keras")
    space: dict[str, object] = {}
    before = keras.config.image_data_format()
    try:
        exec(PROGRAM.format(call=call), space)
    finally:
        keras.config.set_image_data_format(before)
    graph = source.read(PROGRAM.format(call=call), "program.py")
    (made,) = [use for use in graph.calls if use.layer.kind == "operation"]
    (output,) = made.output_tensors
    assert output.shape is not None
    assert output.shape.sizes == tuple(space["model"].output_shape)  # type: ignore[attr-defined]


def test_the_padding_of_keras_1_is_a_number_for_both_sides_of_an_axis() -> None:
    """Source: keras 1.2.2, keras/backend/theano_backend.py, ``spatial_2d_padding``."""
    text = """\
from keras import backend as K
from keras.layers import Convolution2D, Input, Lambda, MaxPooling2D
from keras.models import Model

K.set_image_dim_ordering("th")
image = Input((3, 40, 60))
wide = Lambda(lambda x: K.spatial_2d_padding(x, (0, 2)))(image)
model = Model(image, wide)
"""
    graph = source.read(text, "program.py")
    padded = next(
        use for use in graph.calls if use.layer.class_name == "pad_2d" or "pad" in use.layer.class_name
    )
    assert [tensor.shape.sizes for tensor in padded.output_tensors if tensor.shape] == [(None, 3, 40, 64)]
