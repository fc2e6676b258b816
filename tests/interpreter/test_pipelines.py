"""tf.data and Keras's generators against TensorFlow and Keras themselves: each piece of code is run."""

from __future__ import annotations

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import pytest
import tensorflow as tf

from layoutlint.model.sizes import equal
from layoutlint.readers.source import read
from tests.interpreter.snippets import UNKNOWN, fits, sizes_of_x

Q = UNKNOWN
MADE = """import keras
from keras.utils import timeseries_dataset_from_array, split_dataset
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.preprocessing.sequence import TimeseriesGenerator
a = np.zeros((23, 6, 3), "float32")
b = np.zeros((23,), "int32")
slices = tf.data.Dataset.from_tensor_slices
"""

CASES = [
    # code, what is inferred where that is less than what TensorFlow says
    ("x = slices(a).element_spec", None),
    ("x = slices((a, b)).element_spec[0]", None),
    ("x = slices((a, b)).element_spec[1]", None),
    ("x = slices({'p': a, 'q': b}).element_spec['p']", None),
    ("x = slices({'p': a, 'q': b}).batch(4).element_spec['q']", None),
    ("x = slices(({'p': a}, b)).batch(4).element_spec[0]['p']", None),
    ("x = slices([1, 2, 3]).batch(2).element_spec", None),
    ("x = slices([[1, 2], [3, 4]]).batch(2).element_spec", None),
    ("x = tf.data.Dataset.from_tensors(a).element_spec", None),
    ("x = slices(a).batch(5).element_spec", None),
    ("x = slices(a).batch(5, drop_remainder=True).element_spec", None),
    ("x = slices(a).batch(5, True).batch(2).element_spec", None),
    (
        "x = slices((a, b)).shuffle(10).batch(5).prefetch(1).cache().take(2).skip(1).element_spec[0]",
        None,
    ),
    ("x = slices((a, b)).map(lambda p, q: p).element_spec", None),
    ("x = slices((a, b)).map(lambda p, q: (p[..., None], q)).element_spec[0]", None),
    ("x = slices((a, b)).batch(4).map(lambda p, q: (tf.transpose(p, [0, 2, 1]), q)).element_spec[0]", None),
    ("x = slices((a, b)).map(lambda p, q: [p, p]).element_spec[1]", None),
    ("x = slices((a, b)).map(lambda p, q: {'one': p, 'two': q}).element_spec['one']", None),
    ("x = slices(a).map(lambda p: (p, p[0])).element_spec[1]", None),
    ("x = slices(a).map(lambda p: tf.reshape(p, [-1])).element_spec", None),
    ("x = slices(a).map(lambda p: tf.image.resize(p[..., tf.newaxis], (4, 5))).element_spec", None),
    ("x = slices(b).map(lambda q: tf.one_hot(q, 10)).batch(3).element_spec", None),
    (
        "def f(p, q):\n    return p / 255.0, q\nx = slices((a, b)).map(f).element_spec[0]",
        None,
    ),
    ("x = slices((a, b)).batch(4).unbatch().element_spec[0]", None),
    ("x = slices((a, b)).filter(lambda p, q: q > 0).element_spec[0]", None),
    ("x = slices(a).enumerate().element_spec[1]", None),
    ("x = tf.data.Dataset.zip((slices(a), slices(b))).element_spec[0]", None),
    ("x = tf.data.Dataset.zip(slices(a), slices(b)).batch(2).element_spec[0]", None),
    ("x = tf.data.Dataset.range(10).batch(5).element_spec", None),
    ("x = slices(a).padded_batch(4).element_spec", None),
    ("x = slices(a).concatenate(slices(a[:, :4])).element_spec", None),
    ("x = slices((a, b)).concatenate(slices((a[:, :4], b))).element_spec[1]", None),
    ("x = slices(a[:, 0]).window(4, shift=1).flat_map(lambda w: w.batch(4)).element_spec", None),
    ("x = slices(a[:, 0]).window(4, 2, 1, True).flat_map(lambda w: w.batch(4, True)).element_spec", None),
    ("x = next(iter(slices(a[:, 0]).window(4, drop_remainder=True).flat_map(lambda w: w.batch(4))))", None),
    ("x = next(iter(slices(a[:, 0]).window(4).flat_map(lambda w: w.batch(4))))", (Q, 3)),
    (
        "w = slices((a, b)).window(3, drop_remainder=True)\n"
        "x = w.flat_map(lambda p, q: tf.data.Dataset.zip((p.batch(3), q.batch(3)))).element_spec[0]",
        None,
    ),
    (
        "w = slices(a[:, 0]).window(5, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(5))\n"
        "x = next(iter(w.map(lambda w: (w[:-1], w[-1:])).batch(2, drop_remainder=True)))[0]",
        None,
    ),
    ("x = tf.data.Dataset.range(3).interleave(lambda i: slices(a)).element_spec", None),
    ("x = slices(a).padded_batch(4, padded_shapes=[8, 3]).element_spec", None),
    ("x = slices(a).padded_batch(4, [8, None], drop_remainder=True).element_spec", None),
    ("x = slices((a, b)).padded_batch(4, ([8, 3], [])).element_spec[1]", None),
    ("x = slices({'p': a}).padded_batch(4, {'p': [None, 4]}).element_spec['p']", None),
    ("x = slices(a[:, :, 0]).padded_batch(4).element_spec", None),
    ("x = slices(a).apply(lambda d: d.batch(2)).element_spec", None),
    ("for x in slices(a):\n    pass", None),
    ("for x, y in slices((a, b)).batch(23):\n    pass", (Q, 6, 3)),
    ("for i, (x, y) in enumerate(slices((a, b)).batch(23, drop_remainder=True)):\n    pass", None),
    ("x, y = next(iter(slices((a, b)).batch(4)))", (Q, 6, 3)),
    ("x = next(slices(a).batch(4).as_numpy_iterator())", (Q, 6, 3)),
    ("x = slices((a, b)).batch(23, drop_remainder=True).get_single_element()[0]", None),
    ("x = timeseries_dataset_from_array(a[:, 0], b, 5, batch_size=4).element_spec[0]", None),
    ("x = next(iter(timeseries_dataset_from_array(a[:, 0], b, 5, batch_size=4)))[0]", (Q, 5, 3)),
    ("x = next(iter(timeseries_dataset_from_array(a[:, 0], None, sequence_length=5)))", (Q, 5, 3)),
    ("x = next(iter(timeseries_dataset_from_array(a, a, 5, sampling_rate=2)))[1]", (Q, 6, 3)),
    ("x = TimeseriesGenerator(a[:, 0], b, length=7, batch_size=2)[0][0]", (Q, 7, 3)),
    ("x = TimeseriesGenerator(a[:, 0], b, length=7, sampling_rate=2)[0][0]", (Q, 4, 3)),
    ("x = TimeseriesGenerator(a[:, 0], a[:, 0], 6, sampling_rate=3, batch_size=2)[0][1]", (Q, 3)),
    ("x = next(ImageDataGenerator().flow(np.zeros((9, 8, 8, 3)), batch_size=4))", (Q, 8, 8, 3)),
    ("x, y = next(ImageDataGenerator().flow(np.zeros((9, 8, 8, 1)), np.zeros((9, 2)), 4))", (Q, 8, 8, 1)),
    ("y, x = next(ImageDataGenerator().flow(np.zeros((9, 8, 8, 1)), np.zeros((9, 2)), 4))", (Q, 2)),
    (
        "def g():\n    yield a[0], 1\nx = tf.data.Dataset.from_generator(g, output_signature=("
        "tf.TensorSpec(shape=(None, 3), dtype=tf.float32), tf.TensorSpec(()))).batch(2).element_spec[0]",
        None,
    ),
    (
        "def g():\n    yield a[0], 1\nx = tf.data.Dataset.from_generator(g, (tf.float32, tf.int32), "
        "(tf.TensorShape([6, 3]), tf.TensorShape([]))).element_spec[0]",
        None,
    ),
]


@pytest.mark.parametrize(("code", "less"), CASES, ids=[code for code, _ in CASES])
def test_shape(code, less):
    scope = {"tf": tf, "np": np}
    exec(MADE + code, scope)
    real = tuple(scope["x"].shape)
    inferred = sizes_of_x(MADE + code)
    assert fits(inferred, real), f"inferred {inferred}, really {real}"
    assert inferred == (real if less is None else less)


@pytest.mark.parametrize(
    ("call", "shape", "labels"),
    [
        ("image_dataset_from_directory(FOLDER)", (None, 256, 256, 3), (None,)),
        ("image_dataset_from_directory(FOLDER, image_size=(20, 30))", (None, 20, 30, 3), (None,)),
        (
            "image_dataset_from_directory(FOLDER, label_mode='categorical', color_mode='grayscale')",
            (None, 256, 256, 1),
            (None, Q),
        ),
        ("image_dataset_from_directory(FOLDER, label_mode='binary', batch_size=None)", (256, 256, 3), (1,)),
        (
            "image_dataset_from_directory(FOLDER, validation_split=0.5, subset='both', seed=1)[1]",
            (None, 256, 256, 3),
            (None,),
        ),
    ],
)
def test_pictures_in_a_folder(tmp_path, call, shape, labels):
    pytest.importorskip("PIL")
    for name in ("cat", "dog"):
        (tmp_path / name).mkdir()
        for index in range(3):
            image = np.zeros((8, 9, 3), "uint8")
            (tmp_path / name / f"{index}.png").write_bytes(tf.io.encode_png(image).numpy())
    code = f"from keras.utils import image_dataset_from_directory\nspecs = {call}.element_spec\n"
    scope = {"FOLDER": str(tmp_path)}
    exec(code, scope)
    for index, expected in enumerate((shape, labels)):
        inferred = sizes_of_x(f"{code}x = specs[{index}]")
        assert inferred == expected
        assert fits(inferred, tuple(scope["specs"][index].shape))


@pytest.mark.parametrize(
    ("call", "shape", "labels"),
    [
        ("text_dataset_from_directory(FOLDER)", (None,), (None,)),
        ("text_dataset_from_directory(FOLDER, 'inferred', 'categorical')", (None,), (None, Q)),
        ("text_dataset_from_directory(FOLDER, label_mode='binary', batch_size=None)", (), (1,)),
        (
            "text_dataset_from_directory(FOLDER, validation_split=0.5, subset='training', seed=1)",
            (None,),
            (None,),
        ),
        (
            "text_dataset_from_directory(FOLDER, validation_split=0.5, subset='both', seed=1)[1]",
            (None,),
            (None,),
        ),
    ],
)
def test_texts_in_a_folder(tmp_path, call, shape, labels):
    for name in ("good", "bad"):
        (tmp_path / name).mkdir()
        for index in range(3):
            (tmp_path / name / f"{index}.txt").write_text("a few words")
    code = f"from keras.utils import text_dataset_from_directory\nspecs = {call}.element_spec\n"
    scope = {"FOLDER": str(tmp_path)}
    exec(code, scope)
    for index, expected in enumerate((shape, labels)):
        inferred = sizes_of_x(f"{code}x = specs[{index}]")
        assert inferred == expected
        assert fits(inferred, tuple(scope["specs"][index].shape))


@pytest.mark.parametrize(
    ("arguments", "images", "labels"),
    [
        ("'d'", (Q, 256, 256, 3), (Q, Q)),
        ("'d', target_size=(20, 30)", (Q, 20, 30, 3), (Q, Q)),
        ("'d', (20, 30), 'grayscale', class_mode='binary'", (Q, 20, 30, 1), (Q,)),
        ("'d', target_size=(20, 30), color_mode='rgba', class_mode='sparse'", (Q, 20, 30, 4), (Q,)),
        ("'d', target_size=(H, W)", (Q, Q, Q, 3), (Q, Q)),
        ("'d', classes=['a', 'b', 'c']", (Q, 256, 256, 3), (Q, 3)),
    ],
)
def test_flow_from_directory(tmp_path, arguments, images, labels):
    code = f"{MADE}f = ImageDataGenerator().flow_from_directory({arguments})\n"
    assert sizes_of_x(f"{code}x, y = next(f)") == images
    assert sizes_of_x(f"{code}y, x = f[0]") == labels
    if "H" in arguments:
        return
    for name in "abc":
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.png").write_bytes(tf.io.encode_png(np.zeros((8, 9, 3), "uint8")).numpy())
    pytest.importorskip("PIL")
    pytest.importorskip("scipy")
    scope = {"tf": tf, "np": np}
    exec(code.replace("'d'", repr(str(tmp_path))) + "x, y = next(f)", scope)
    assert fits(images, scope["x"].shape)
    assert fits(labels, scope["y"].shape)


@pytest.mark.parametrize(
    ("data", "same"),
    [
        ("slices((a, b)).batch(4)", True),
        ("slices((a, b)).map(lambda x, y: (x, y)).batch(4)", True),
        ("slices({'p': a, 'q': b}).batch(4).map(lambda d: (d['p'], d['q']))", True),
        ("tf.data.Dataset.zip((slices(a).batch(4), slices(b).batch(2)))", False),
    ],
)
def test_the_parts_of_one_batch_are_equally_many(data: str, same: bool) -> None:
    code = f"import tensorflow as tf, numpy as np\n{MADE}for p, q in {data}:\n    tf.stack([p, q])\n"
    call = next(call for call in read(code, "loop.py").calls if call.layer.class_name == "stack")
    one, other = (tensor.shape[0].size for tensor in call.input_tensors if tensor.shape is not None)
    assert (equal(one, other) is True) == same


@pytest.mark.parametrize("texts", ["['a b', 'c']", "[['a b'], ['c']]"])
def test_texts_as_counts(texts):
    code = (
        "import tensorflow as tf\nlayer = tf.keras.layers.TextVectorization("
        "50, output_mode='multi_hot', pad_to_max_tokens=True)\nlayer.adapt(['a b c', 'd'])\n"
        f"x = layer(tf.constant({texts}))\n"
    )
    scope = {}
    exec(code, scope)
    assert tuple(scope["x"].shape) == (2, 50)
    # a last axis of 1 is lost here, but stays where Keras only traces the layer
    assert sizes_of_x(code) == (Q if texts.startswith("[[") else (2, 50))
