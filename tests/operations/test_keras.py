"""``keras.ops`` on symbolic tensors with free sizes, and TensorFlow's functions, as the judges."""

from __future__ import annotations

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.model.axes import Shape
from layoutlint.operations import find, find_method, find_saved
from tests.operations.oracle import agrees, inferred, sizes_of

backend = keras._tf_keras.keras.backend

SIZES = st.integers(1, 5)
FREE = st.none() | SIZES
TENSORS = st.lists(FREE, min_size=0, max_size=3).map(lambda sizes: Shape.of(None, *sizes))
some = settings(max_examples=40, deadline=None)


def symbolic(shape: Shape) -> keras.KerasTensor:
    return keras.KerasTensor(shape.sizes)


def named(root, name: str):
    for part in name.split("."):
        root = getattr(root, part)
    return root


def check(name: str, *positional, symbols: bool = True, **keywords) -> None:
    agrees(find(f"keras.ops.{name}"), named(keras.ops, name), symbolic, positional, keywords, symbols=symbols)


def place_in(draw, shape: Shape, beyond: int = 1) -> int:
    return draw(st.integers(-shape.rank - beyond, shape.rank - 1 + beyond))


@some
@given(st.data())
def test_rearranging(data):
    shape = data.draw(TENSORS)
    target = data.draw(st.lists(st.sampled_from([-1, 1, 2, 3, 4, 6]), max_size=4).map(tuple))
    if target.count(-1) <= 1:
        check("reshape", shape, target)
        check("reshape", Shape.of(*shape.sizes[1:]), target)
    check("transpose", shape, data.draw(st.permutations(range(shape.rank))))
    check("transpose", shape)
    check("expand_dims", shape, place_in(data.draw, shape))
    check("swapaxes", shape, place_in(data.draw, shape, 0), place_in(data.draw, shape, 0))
    check("moveaxis", shape, place_in(data.draw, shape, 0), place_in(data.draw, shape, 0))
    place = place_in(data.draw, shape, 0)
    if shape.sizes[place] is not None:  # Keras refuses a free size, and numpy and TensorFlow take it
        check("squeeze", shape, place)
    check("flip", shape, axis=place)


@some
@given(st.data())
def test_folding(data):
    shape = data.draw(TENSORS)
    axis = data.draw(st.none() | st.just(place_in(data.draw, shape, 0)))
    for name in ("sum", "mean", "max", "std", "logsumexp"):
        check(name, shape, axis=axis, keepdims=data.draw(st.booleans()))
    check("argmax", shape, place_in(data.draw, shape, 0))
    check("softmax", shape, axis=-1)
    if shape.rank > 1 and shape.sizes[-1] is not None:
        scale = Shape.of(shape.sizes[-1])
        check("layer_normalization", shape, scale, scale, axis=-1)
        check("rms_normalization", shape, scale)
    check("top_k", shape, data.draw(st.integers(1, 3)))


@some
@given(st.data())
def test_broadcasting(data):
    left, right = data.draw(TENSORS), data.draw(TENSORS)
    if data.draw(st.booleans()):
        right = Shape.of(*(data.draw(st.sampled_from([1, None, size])) for size in left.sizes[-2:]))
    for name in ("add", "multiply", "maximum", "greater"):
        check(name, left, right)
    check("where", left, right, 0.0)
    check("relu", left)
    check("add", left, 3)


@some
@given(st.data())
def test_joining(data):
    shape = data.draw(TENSORS)
    axis = place_in(data.draw, shape, 0)
    other = shape.replaced(axis, data.draw(FREE))
    if data.draw(st.integers(0, 3)) == 0:
        other = data.draw(TENSORS)
    check("concatenate", [shape, other], axis=axis)
    check("stack", [shape, other], axis=place_in(data.draw, shape, 0))
    check("split", shape, data.draw(st.integers(1, 3)), axis, symbols=False)


@some
@given(st.data())
def test_products(data):
    a, b, c = data.draw(FREE), data.draw(SIZES), data.draw(SIZES)
    check("matmul", Shape.of(None, a, b), Shape.of(b, c))
    check("matmul", Shape.of(None, a, b), Shape.of(None, c, a))
    check("dot", Shape.of(None, a, b), Shape.of(b, c))
    check("dot", Shape.of(None, b), Shape.of(c, b))
    check("tensordot", Shape.of(None, a, b), Shape.of(b, c), axes=1)
    check("tensordot", Shape.of(None, a, b), Shape.of(b, c), axes=[[2], [0]])
    check("einsum", "bij,jk->bik", Shape.of(None, a, b), Shape.of(b, c))
    check("einsum", "bi,bj->bij", Shape.of(None, a), Shape.of(None, b))
    check("einsum", "...i,ij->...j", Shape.of(None, a, b), Shape.of(b, c))


@some
@given(st.data())
def test_lengths(data):
    shape = data.draw(TENSORS)
    widths = tuple(data.draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(shape.rank))
    check("pad", shape, widths)
    check("tile", shape, data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=5)))
    check("repeat", shape, 2, axis=place_in(data.draw, shape, 0))
    check("take", shape, Shape.of(3, 2), axis=place_in(data.draw, shape, 0))
    check("one_hot", shape, 7)
    size = (data.draw(SIZES), data.draw(SIZES))
    check("image.resize", Shape.of(None, 7, data.draw(FREE), 3), size, data_format="channels_last")
    check("image.resize", Shape.of(None, 3, 7, 9), size, data_format="channels_first")


@some
@given(st.data())
def test_getitem(data):
    shape = data.draw(TENSORS)
    bound = st.none() | st.integers(-6, 6)
    part = (
        st.integers(-4, 3)
        | st.builds(slice, bound, bound, st.sampled_from([None, 1, 2]))
        | st.none()
        | st.just(Ellipsis)
    )
    key = tuple(data.draw(st.lists(part, max_size=4)))
    agrees(find("keras.ops.get_item"), keras.ops.get_item, symbolic, (shape, key), symbols=False)
    agrees(find_saved("GetItem"), keras.ops.get_item, symbolic, (shape, key), symbols=False)


def test_backend_functions():
    """The functions of ``K`` on real zeros."""

    def judged(name: str, *positional, **keywords) -> None:
        agrees(
            find(f"keras.backend.{name}"),
            getattr(backend, name),
            lambda shape: tf.zeros(shape.sizes),
            positional,
            keywords,
        )

    x = Shape.of(2, 4, 5)
    judged("permute_dimensions", x, (0, 2, 1))
    judged("permute_dimensions", x, (0, 2))
    judged("expand_dims", x)
    judged("squeeze", Shape.of(2, 1, 5), 1)
    judged("squeeze", x, 1)
    judged("flatten", x)
    judged("batch_flatten", x)
    judged("reshape", x, (-1, 20))
    judged("reshape", x, (-1, 7))
    judged("concatenate", [x, x])
    judged("concatenate", [x, Shape.of(2, 3, 5)])
    judged("stack", [x, x], axis=1)
    judged("mean", x, axis=-1, keepdims=True)
    judged("sum", x, axis=[1, 2])
    judged("argmax", x)
    judged("dot", x, Shape.of(5, 3))
    judged("dot", x, Shape.of(2, 5, 3))
    judged("batch_dot", x, Shape.of(2, 5, 3))
    judged("batch_dot", x, Shape.of(2, 4, 5), axes=2)
    judged("batch_dot", x, Shape.of(2, 4, 5), axes=(1, 1))
    judged("batch_dot", Shape.of(2, 4), Shape.of(2, 4))
    judged("batch_dot", Shape.of(2, 4), Shape.of(2, 4), axes=1)
    judged("batch_dot", x, Shape.of(2, 5), axes=(2, 1))
    judged("repeat", Shape.of(2, 4), 3)
    judged("repeat_elements", x, 3, axis=1)
    judged("tile", x, [1, 2, 3])
    judged("reverse", x, 1)
    judged("one_hot", [0, 1], 3)
    judged("temporal_padding", x, (1, 2))
    judged("spatial_2d_padding", Shape.of(2, 4, 5, 3), ((1, 2), (3, 4)), data_format="channels_last")
    judged("spatial_2d_padding", Shape.of(2, 4, 5, 3), ((1, 2), (3, 4)), data_format="channels_first")
    judged("resize_images", Shape.of(2, 4, 5, 3), 2, 3, "channels_last")
    judged("resize_images", Shape.of(2, 4, 5, 3), 2, 3, "channels_first")
    judged("zeros", (3, 4))
    judged("ones_like", x)
    judged("constant", [[1.0, 2.0]])
    judged("arange", 2, 9, 3)
    judged("eye", 3)
    judged("random_normal", (3, 4))
    judged("bias_add", x, Shape.of(5))
    judged("pow", x, 2)
    judged("gather", x, [1, 0, 1])
    judged("gather", x, 1)


@pytest.mark.parametrize(
    ("name", "positional", "keywords"),
    [
        ("reshape", (Shape.of(2, 4, 5), [-1, 10]), {}),
        ("reshape", (Shape.of(2, 4, 5), [3, -1]), {}),
        ("transpose", (Shape.of(2, 4, 5), [0, 2, 1]), {}),
        ("transpose", (Shape.of(2, 4, 5),), {"perm": [2, 0, 1]}),
        ("expand_dims", (Shape.of(2, 4), -1), {}),
        ("squeeze", (Shape.of(2, 1, 4, 1),), {}),
        ("squeeze", (Shape.of(2, 1, 4, 1), [1]), {}),
        ("concat", ([Shape.of(2, 4), Shape.of(2, 3)], 1), {}),
        ("concat", ([Shape.of(2, 4), Shape.of(2, 3)], 0), {}),
        ("concat", (), {"values": [Shape.of(2, 4), Shape.of(2, 3)], "axis": -1}),
        ("stack", ([Shape.of(2, 4), Shape.of(2, 4)],), {"axis": 1}),
        ("unstack", (Shape.of(2, 4),), {"axis": 1}),
        ("split", (Shape.of(2, 6), 3, 1), {}),
        ("split", (Shape.of(2, 6), [1, 2, 3], 1), {}),
        ("split", (Shape.of(2, 6), [1, 2, 4], 1), {}),
        ("split", (Shape.of(2, 6), [1, -1]), {"axis": 1}),
        ("split", (Shape.of(2, 6), 4, 1), {}),
        ("reduce_mean", (Shape.of(2, 4, 5), [1, 2]), {"keepdims": True}),
        ("reduce_sum", (Shape.of(2, 4, 5),), {}),
        ("math.reduce_max", (Shape.of(2, 4, 5), -1), {}),
        ("math.reduce_std", (Shape.of(2, 4, 5), 1), {}),
        ("argmax", (Shape.of(2, 4, 5), 1), {}),
        ("nn.moments", (Shape.of(2, 4, 5), [0, 1]), {}),
        ("matmul", (Shape.of(2, 4, 5), Shape.of(2, 3, 5)), {"transpose_b": True}),
        ("matmul", (Shape.of(2, 4, 5), Shape.of(2, 3, 5)), {}),
        ("matmul", (Shape.of(5, 2), Shape.of(5, 3)), {"transpose_a": True}),
        ("matmul", (Shape.of(2, 4, 5), Shape.of(2, 3, 5)), {"adjoint_b": True}),
        ("matmul", (Shape.of(2, 4, 5), Shape.of(2, 3, 5)), {"adjoint_b": True, "transpose_b": True}),
        ("tensordot", (Shape.of(2, 4, 5), Shape.of(5, 3), 1), {}),
        ("tensordot", (Shape.of(2, 4, 5), Shape.of(4, 5, 3), [[1, 2], [0, 1]]), {}),
        ("einsum", ("bij,bjk->bik", Shape.of(2, 4, 5), Shape.of(2, 5, 3)), {}),
        ("pad", (Shape.of(2, 4), [[1, 1], [0, 2]]), {}),
        ("tile", (Shape.of(2, 4), [1, 3]), {}),
        ("repeat", (Shape.of(2, 4), 3), {"axis": 1}),
        ("reverse", (Shape.of(2, 4), [1]), {}),
        ("gather", (Shape.of(2, 4, 5), [0, 1, 1]), {"axis": 1}),
        ("gather", (Shape.of(2, 4, 5), [0, 1, 1]), {}),
        ("gather_nd", (Shape.of(2, 4, 5), [[0, 1], [1, 1]]), {}),
        ("one_hot", ([0, 1, 2], 7), {}),
        ("one_hot", ([0, 1, 2], 7), {"axis": 0}),
        ("zeros", ([2, 3],), {}),
        ("fill", ([2, 3], 1.0), {}),
        ("constant", ([[1.0, 2.0]],), {}),
        ("constant", (0.0,), {"shape": [2, 3]}),
        ("range", (3, 9, 2), {}),
        ("range", (9,), {}),
        ("linspace", (0.0, 1.0, 7), {}),
        ("eye", (3,), {"batch_shape": [2]}),
        ("random.normal", ([2, 3],), {}),
        ("random.gamma", ([2, 3], 0.5), {}),
        ("sequence_mask", ([1, 3, 2],), {"maxlen": 5}),
        ("sequence_mask", ([[1], [3]], 4), {}),
        ("random.gamma", ([4], [[0.5], [1.5]], [1.0, 2.0, 3.0]), {}),
        ("random.poisson", ([4, 1], [0.5, 1.5]), {}),
        ("random.stateless_uniform", ([2, 3], [1, 2]), {}),
        ("random.shuffle", (Shape.of(4, 2),), {}),
        ("slice", (Shape.of(4, 5), [1, 0], [2, -1]), {}),
        ("image.resize", (Shape.of(2, 4, 5, 3), [8, 9]), {}),
        ("image.resize", (Shape.of(4, 5, 3), (8, 9)), {}),
        ("image.resize_with_pad", (Shape.of(2, 4, 5, 3), 8, 9), {}),
        ("image.crop_to_bounding_box", (Shape.of(2, 4, 5, 3), 1, 1, 2, 3), {}),
        ("image.rgb_to_grayscale", (Shape.of(2, 4, 5, 3),), {}),
        ("image.grayscale_to_rgb", (Shape.of(2, 4, 5, 1),), {}),
        ("image.rot90", (Shape.of(2, 4, 5, 3),), {}),
        ("image.random_crop", (Shape.of(4, 5, 3), [2, 2, 3]), {}),
        ("nn.space_to_depth", (Shape.of(2, 4, 6, 3), 2), {}),
        ("nn.space_to_depth", (Shape.of(2, 4, 5, 3), 2), {}),
        ("nn.depth_to_space", (Shape.of(2, 4, 6, 8), 2), {}),
        ("nn.depth_to_space", (Shape.of(2, 4, 6, 3), 2), {}),
        ("nn.embedding_lookup", (Shape.of(9, 4), [[0, 1, 2]]), {}),
        ("nn.softmax", (Shape.of(2, 4),), {}),
        ("nn.top_k", (Shape.of(2, 4), 2), {}),
        ("nn.bias_add", (Shape.of(2, 4), Shape.of(4)), {}),
        ("signal.frame", (Shape.of(2, 20), 5, 3), {}),
        ("signal.frame", (Shape.of(2, 20), 5, 3), {"pad_end": True}),
        ("where", (Shape.of(2, 1), Shape.of(2, 4), 0.0), {}),
        ("add_n", ([Shape.of(2, 4), Shape.of(2, 4)],), {}),
        ("broadcast_to", (Shape.of(4), [2, 4]), {}),
        ("meshgrid", (Shape.of(3), Shape.of(4)), {}),
        ("clip_by_value", (Shape.of(2, 4), 0.0, 1.0), {}),
        ("cast", (Shape.of(2, 4), "int32"), {}),
        ("norm", (Shape.of(2, 4),), {"axis": 1}),
        ("sort", (Shape.of(2, 4),), {}),
        ("roll", (Shape.of(2, 4), 1, 0), {}),
        ("math.add", (Shape.of(2, 4), Shape.of(3, 4)), {}),
        ("math.add", (Shape.of(2, 4), Shape.of(4)), {}),
    ],
)
def test_tensorflow_functions(name, positional, keywords):
    real = named(tf, name)

    def make(shape: Shape) -> tf.Tensor:
        return tf.zeros(shape.sizes, tf.bool if name == "where" and shape.sizes == (2, 1) else tf.float32)

    agrees(find(f"tensorflow.{name}"), real, make, positional, keywords)


@pytest.mark.parametrize("sizes", [(5,), (5, 1), (5, 3), (5, 3, 1)])
def test_to_categorical(sizes):
    agrees(
        find("keras.utils.to_categorical"),
        keras.utils.to_categorical,
        lambda shape: tf.zeros(shape.sizes).numpy(),
        (Shape.of(*sizes), 7),
    )


def test_a_free_batch_through_shape_and_reshape():
    """``tf.reshape(x, (tf.shape(x)[0], 20))`` keeps the batch free."""
    x = Shape.of(None, 4, 5)
    result = inferred(find_method("reshape"), (x, (x.sizes[0], 20)), {})
    assert sizes_of(result.outputs) == ("shape", None, 20)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ([{"start": None, "stop": None, "step": None}, -1], (None, 5)),
        ({"class_name": "__tuple__", "items": [{"start": 0, "stop": 2, "step": None}]}, (None, 4, 5)),
    ],
)
def test_keys_of_saved_models(key, expected):
    """Slices as tf.keras writes them for ``tf.__operators__.getitem``."""
    spec = find_saved("tf.__operators__.getitem")
    result = inferred(spec, (Shape.of(None, 4, 5),), {"slice_spec": key})
    assert sizes_of(result.outputs) == ("shape", *expected)
