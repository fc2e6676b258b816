"""The size of a picture as it is written for a function: what is said of it, and how sure that is."""

from __future__ import annotations

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.engine.rules import load
from layoutlint.readers import source

RULES = [load(builtin_folder() / f"{name}.md") for name in ("swapped-image-size", "width-before-height")]
HEAD = "import cv2\nimport keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers\n"


def found(code: str) -> list[tuple[str, str]]:
    graph = source.read(HEAD + code, "program.py")
    return [(finding.rule, str(finding.confidence)) for finding in judge(graph, RULES)]


@pytest.mark.parametrize(
    ("size", "confidence"),
    [
        ("(rows, cols)", "high"),
        ("(cols, rows)", None),
        ("(HEIGHT, WIDTH)", "high"),
        ("dsize=(cfg.HEIGHT, cfg.WIDTH)", "high"),
        ("(settings['img_h'], settings['img_w'])", "high"),
        ("(int(rows / 2), int(cols / 2))", "high"),
        ("(rows // scale, cols // scale)", "low"),
        ("(new_h, new_w)", "low"),
        ("(h, w)", "low"),
        ("(w, h)", None),
        ("img.shape[:2]", "medium"),
        ("img.shape[0:2]", "medium"),
        ("img.shape[1::-1]", None),
        ("(img.shape[0], img.shape[1])", "medium"),
        ("(img.shape[1], img.shape[0])", None),
        ("(int(img.shape[0] * 0.5), int(img.shape[1] * 0.5))", "medium"),
        ("size", "high"),
        ("(img_h, img_w)", "low"),
        ("(64, 32)", None),
        ("(rows, rows)", None),
        ("(rows, 64)", None),
        ("(a, b)", None),
        ("(rows * cols, cols)", None),
        ("None, fx=0.5, fy=0.5", None),
    ],
)
def test_what_is_said_of_a_size(size: str, confidence: str | None) -> None:
    code = f"""\
class cfg:
    HEIGHT, WIDTH = 40, 60


settings = {{"img_h": 40, "img_w": 60}}
HEIGHT, WIDTH = 40, 60
rows, cols = 40, 60
img_h = img_w = 32
size = (HEIGHT, WIDTH)


def load(img, h, w, new_h, new_w, scale, a, b):
    return cv2.resize(img, {size})
"""
    assert found(code) == ([] if confidence is None else [("swapped-image-size", confidence)])


@pytest.mark.parametrize(
    ("turn", "confidence"),
    [
        ("img.T", "low"),
        ("np.transpose(img, (1, 0, 2))", "low"),
        ("np.transpose(img)", "low"),
        ("img.transpose(1, 0, 2)", "low"),
        ("tf.transpose(img, perm=[1, 0, 2])", "low"),
        ("np.swapaxes(img, 0, 1)", "low"),
        ("np.rot90(img)", "low"),
        ("np.transpose(img, (2, 0, 1))", "high"),
        ("np.transpose(img, (0, 3, 1, 2))", "high"),
        ("img", "high"),
    ],
)
def test_a_file_that_turns_pictures(turn: str, confidence: str) -> None:
    code = (
        f"rows, cols = 40, 60\n\ndef load(img):\n    img = cv2.resize(img, (rows, cols))\n    return {turn}\n"
    )
    assert found(code) == [("swapped-image-size", confidence)]


@pytest.mark.parametrize(
    ("code", "confidence"),
    [
        ("x = layers.Conv2D(8, 3)(keras.Input((img_w, img_h, 3)))", "high"),
        ("x = layers.Conv2D(8, 3)(keras.Input((img_h, img_w, 3)))", None),
        ("x = layers.Conv2D(8, 3)(layers.BatchNormalization()(keras.Input((img_w, img_h, 3))))", "high"),
        ("x = layers.TimeDistributed(layers.Conv2D(8, 3))(keras.Input((9, img_w, img_h, 3)))", "high"),
        ("x = layers.Conv2D(8, 3, data_format='channels_first')(keras.Input((3, img_w, img_h)))", "high"),
        ("x = layers.Flatten()(keras.Input((img_w, img_h, 3)))", None),
        ("x = layers.Conv3D(8, 3)(keras.Input((img_w, img_h, 9, 1)))", None),
        ("x = layers.LSTM(8)(keras.Input((img_w, img_h)))", None),
        ("def build(width, height):\n    return layers.Conv2D(8, 3)(keras.Input((width, height, 3)))", "low"),
        ("x = layers.Conv2D(8, 3)(keras.Input((None, None, 3)))", None),
    ],
)
def test_a_declared_shape(code: str, confidence: str | None) -> None:
    text = f"img_w, img_h = 60, 40\n{code}\n"
    assert found(text) == ([] if confidence is None else [("width-before-height", confidence)])
