"""Values of images: what is known of an array's values is what numpy and Keras make of such images."""

from __future__ import annotations

import numpy as np
import pytest

from layoutlint.inference.pixels import pixels_of
from layoutlint.readers import source

HEAD = """
import cv2
import numpy as np
import tensorflow as tf
from tensorflow import keras

rgb = keras.utils.img_to_array(keras.utils.load_img("a.png", target_size=(6, 8)))
bgr = cv2.resize(cv2.imread("a.png"), (8, 6))
raw = tf.image.decode_png(tf.io.read_file("a.png"), channels=3)
"""
TAIL = """
keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(1, 1)]).predict({})
"""

RED_TO_BLUE = np.zeros((6, 8, 3), "float32") + np.array([255, 120, 0], "float32")
"""An image whose red is 255 and whose blue is 0."""

KNOWN = [
    "rgb[None]",
    "bgr[None]",
    "rgb[None] / 255",
    "rgb[None] * (1 / 255.0)",
    "(rgb[None] - 127.5) / 127.5",
    "rgb[None] / 127.5 - 1",
    "1.0 + rgb[None]",
    "bgr[None, ..., ::-1]",
    "bgr[None][:, :, :, ::-1]",
    "bgr[None][:, ::-1]",
    "np.flip(bgr[None], axis=-1)",
    "np.flip(bgr[None], axis=2)",
    "bgr[:, :, [2, 1, 0]][None]",
    "np.stack([rgb, rgb])",
    "np.array([bgr, bgr]).astype('float32')",
    "np.concatenate([rgb[None], rgb[None]]) / 255",
    "keras.applications.mobilenet_v2.preprocess_input(rgb[None])",
    "keras.applications.efficientnet.preprocess_input(rgb[None])",
    "tf.cast(rgb[None], tf.float32) / 255.0",
    "tf.image.convert_image_dtype(raw[None], tf.float32)",
    "tf.image.resize(raw[None], (12, 16))",
    "tf.image.flip_left_right(raw[None])",
    "np.array(bgr[None], dtype='float32') / 255",
    "keras.layers.Rescaling(1 / 127.5, offset=-1)(rgb[None])",
]

UNKNOWN = [
    "np.random.rand(1, 6, 8, 3)",
    "rgb[None] - np.mean(rgb, axis=0)",
    "255 - rgb[None]",
    "rgb[None] / rgb.max()",
    "np.concatenate([rgb[None], rgb[None] / 255])",
    "np.log(1 + rgb[None])",
    "(rgb[None] / 255).astype('uint8')",
    "np.clip(rgb[None], 0, 100)",
    "rgb[None] * 0",
    "tf.image.per_image_standardization(raw[None])",
    "tf.image.adjust_brightness(rgb[None], 0.5)",
    "tf.image.rgb_to_hsv(rgb[None])",
    "tf.image.convert_image_dtype(tf.cast(raw[None], tf.float32), tf.float32)",
    "np.array(rgb[None] / 255, dtype='uint8')",
    "np.digitize(rgb[None], [100, 200])",
]


def _pixels(expression):
    graph = source.read(HEAD + TAIL.format(expression), "program.py")
    (feed,) = graph.feeds
    return pixels_of(feed.data)


def _computed(expression):
    import tensorflow as tf

    rgb, raw = RED_TO_BLUE.copy(), RED_TO_BLUE.astype("uint8")
    bgr = raw[..., ::-1].copy()
    names = {"rgb": rgb, "bgr": bgr, "raw": raw, "np": np, "tf": tf, "keras": tf.keras}
    return np.asarray(eval(expression, names))


@pytest.mark.parametrize("expression", KNOWN)
def test_known_values_are_those_that_are_computed(expression):
    found, computed = _pixels(expression), _computed(expression)
    assert (found.lowest, found.highest) == pytest.approx((computed.min(), computed.max()))
    assert found.colours == ("RGB" if computed[..., 0].max() > computed[..., 2].max() else "BGR")


@pytest.mark.parametrize("expression", UNKNOWN)
def test_what_is_computed_otherwise_is_not_known(expression):
    assert _pixels(expression) is None


def test_bytes_are_inverted():
    found, computed = _pixels("np.invert(bgr[None])"), _computed("np.invert(bgr[None])")
    assert (found.lowest, found.highest) == (computed.min(), computed.max())
    assert _pixels("np.invert(bgr[None] / 255)") is None


@pytest.mark.parametrize(
    ("code", "colours"),
    [("cv2.COLOR_BGR2RGB", "RGB"), ("cv2.COLOR_RGB2BGR", "RGB"), ("cv2.COLOR_BGR2GRAY", "")],
)
def test_opencv_turns_the_colours(code, colours):
    assert _pixels(f"np.expand_dims(cv2.cvtColor(bgr, {code}), 0)").colours == colours


def test_a_model_without_its_mean_has_other_colours():
    found = _pixels("keras.applications.vgg16.preprocess_input(rgb[None])")
    computed = _computed("keras.applications.vgg16.preprocess_input(rgb[None])")
    assert found.colours == "BGR"
    assert found.lowest <= computed.min()
    assert computed.max() <= found.highest


IN_PLACE = """
image = bgr.astype("float32")
image[:, :, 0] -= 103.939
image[:, :, 1] -= 116.779
{}
"""


@pytest.mark.parametrize(
    "expression",
    [
        "rgb[None] - np.array([123.68, 116.779, 103.939])",
        "(rgb[None] - np.array([123.68, 116.779, 103.939]).reshape((1, 1, 3))) / 255",
        "rgb[None] / np.array([100.0, 200.0, 50.0], dtype='float32')",
        "keras.utils.normalize(rgb[None], axis=1)",
        "tf.math.l2_normalize(rgb[None], axis=1)",
    ],
)
def test_what_differs_by_channel_lies_between_the_bounds(expression):
    found, computed = _pixels(expression), _computed(expression)
    assert found.lowest <= computed.min()
    assert computed.max() <= found.highest


def test_channels_that_are_changed_in_place_are_known_once_all_are():
    program = HEAD + IN_PLACE + TAIL.format("image[None]")
    feeds = source.read(program.format("image[:, :, 2] -= 123.68"), "program.py").feeds
    found = pixels_of(feeds[0].data)
    assert (found.lowest, found.highest) == pytest.approx((-123.68, 151.061))
    feeds = source.read(program.format(""), "program.py").feeds
    assert pixels_of(feeds[0].data) is None


def test_what_is_stored_in_an_image_may_be_made_of_another_that_is_changed_in_place():
    lines = "\n".join(f"other[:, :, {k}] = image[:, :, {k}] - {k}.0" for k in range(3))
    program = HEAD + "other = bgr / 2.0\n" + IN_PLACE.format("image[:, :, 2] -= other[:, :, 2]") + lines
    feeds = source.read(program + TAIL.format("other[None]"), "program.py").feeds
    assert pixels_of(feeds[0].data) is None
