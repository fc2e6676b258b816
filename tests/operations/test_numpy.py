"""Every family of operations against real numpy, on numbers and with symbols in their place."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.model.axes import Shape
from layoutlint.operations import find, find_method, find_operator
from tests.operations.oracle import agrees

SIZES = st.integers(1, 5)
SHAPES = st.lists(SIZES, min_size=0, max_size=4).map(lambda sizes: Shape.of(*sizes))
some = settings(max_examples=50, deadline=None)


def real(name: str):
    function = np
    for part in name.split("."):
        function = getattr(function, part)
    return function


def array(shape: Shape):
    return np.zeros(shape.sizes)


def check(name: str, *positional, symbols: bool = True, **keywords) -> None:
    agrees(find(f"numpy.{name}"), real(name), array, positional, keywords, symbols=symbols)


ARRAYS = st.lists(SIZES, min_size=1, max_size=4).map(lambda sizes: Shape.of(*sizes))
"""Arrays with an axis at least: whether a scalar has an axis 0 differs from function to function."""


def axis_of(draw, shape: Shape, beyond: int = 1) -> int:
    return draw(st.integers(-shape.rank - beyond, shape.rank - 1 + beyond))


def axes_of(draw, shape: Shape):
    one = st.integers(-shape.rank - 1, shape.rank)
    return draw(st.none() | one | st.lists(one, max_size=2).map(tuple))


def regrouped(draw, total: int) -> list[int]:
    """Sizes with this product."""
    sizes = []
    while total > 1:
        part = draw(st.sampled_from([n for n in range(1, total + 1) if total % n == 0]))
        sizes.append(part)
        total //= part
        if part == 1 and len(sizes) > 3:
            sizes.append(total)
            break
    return sizes


@some
@given(st.data())
def test_reshape(data):
    shape = data.draw(SHAPES)
    sizes = regrouped(data.draw, math.prod(shape.sizes))
    if sizes and data.draw(st.booleans()):
        sizes[data.draw(st.integers(0, len(sizes) - 1))] = data.draw(st.sampled_from([-1, -1, 7]))
    check("reshape", shape, tuple(sizes))
    method = find_method("reshape")
    if sizes:
        agrees(method, lambda x, *s: x.reshape(*s), array, (shape, *sizes))
    agrees(method, lambda x, s: x.reshape(s), array, (shape, sizes))


@some
@given(st.data())
def test_transpose(data):
    shape = data.draw(SHAPES)
    axes = data.draw(st.permutations(range(shape.rank)) | st.lists(st.integers(-5, 4), max_size=5))
    check("transpose", shape, axes)
    check("transpose", shape)
    agrees(find_method("transpose"), lambda x, *a: x.transpose(*a), array, (shape, *axes))
    agrees(find_method("T"), lambda x: x.T, array, (shape,))


@some
@given(st.data())
def test_moving_axes(data):
    shape = data.draw(ARRAYS)
    check("swapaxes", shape, axis_of(data.draw, shape), axis_of(data.draw, shape))
    check("moveaxis", shape, axis_of(data.draw, shape), axis_of(data.draw, shape))
    check("expand_dims", shape, axis_of(data.draw, shape, 2))
    check("expand_dims", shape, (0, -1))
    check("squeeze", shape, axes_of(data.draw, shape))
    if shape.rank:
        check("rollaxis", shape, axis_of(data.draw, shape), data.draw(st.integers(0, shape.rank)))
        check("roll", shape, 1, axis_of(data.draw, shape))
        check("flip", shape, axes_of(data.draw, shape))
    if shape.rank > 1:
        check("rot90", shape, data.draw(st.integers(-3, 3)))
        places = data.draw(st.permutations(range(shape.rank)))
        check("moveaxis", shape, tuple(places[:2]), tuple(places[-2:]))
    check("ravel", shape)
    for name in ("atleast_1d", "atleast_2d", "atleast_3d"):
        check(name, shape)


@some
@given(st.data())
def test_reductions(data):
    shape = data.draw(ARRAYS)
    for name in ("sum", "mean", "max", "std", "any"):
        check(name, shape, axis=axes_of(data.draw, shape), keepdims=data.draw(st.booleans()))
    check("argmax", shape, axis_of(data.draw, shape))
    check("argmax", shape)
    check("median", shape, axis_of(data.draw, shape))
    check("cumsum", shape, axis=data.draw(st.none() | st.just(axis_of(data.draw, shape))))
    check("linalg.norm", shape, axis=data.draw(st.none() | st.just(axis_of(data.draw, shape))))
    check("percentile", shape, 30, axis=axis_of(data.draw, shape))
    check("percentile", shape, [30, 50, 70])
    if shape.rank:
        place = data.draw(st.integers(0, shape.rank - 1))
        check("diff", shape, data.draw(st.integers(1, shape.sizes[place])), place)
        agrees(find_method("mean"), lambda x, a: x.mean(a), array, (shape, place))
        check("sort", shape, axis_of(data.draw, shape))
        check("argsort", shape)


@some
@given(st.data())
def test_broadcasting(data):
    left, right = data.draw(SHAPES), data.draw(SHAPES)
    if data.draw(st.booleans()):
        right = Shape.of(*(data.draw(st.sampled_from([1, size])) for size in left.sizes[-2:]))
    check("add", left, right)
    check("maximum", left, 3)
    check("where", left, right, 0.5)
    check("logical_and", left, right)
    check("broadcast_to", left, right.sizes)
    for name in ("sqrt", "acos", "atanh", "signbit"):
        check(name, left)
    for name in ("atan2", "pow", "heaviside", "nextafter"):
        check(name, left, right)
    check("clip", left, 0, 1)
    for symbol, function in (
        ("+", lambda a, b: a + b),
        ("==", lambda a, b: np.equal(a, b)),
        ("@", lambda a, b: a @ b),
    ):
        agrees(find_operator(symbol), function, array, (left, right))
    agrees(find_operator("-", 1), lambda a: -a, array, (left,))


@some
@given(st.data())
def test_joining(data):
    shape = data.draw(SHAPES)
    axis = axis_of(data.draw, shape)
    shapes = [shape] * data.draw(st.integers(1, 3))
    if -shape.rank <= axis < shape.rank:
        shapes.append(shape.replaced(axis, data.draw(SIZES)))
    if data.draw(st.integers(0, 4)) == 0:
        shapes.append(data.draw(SHAPES))
    check("concatenate", shapes, axis)
    check("concatenate", shapes, axis=None)
    check("stack", shapes, axis)
    check("stack", shapes, axis=axis)
    check("append", shapes[0], shapes[-1], axis)
    for name in ("vstack", "hstack", "dstack", "column_stack"):
        check(name, shapes)
    check("array", shapes[:1] * 3)


@some
@given(st.data())
def test_splitting(data):
    shape = data.draw(st.lists(SIZES, min_size=1, max_size=4).map(lambda sizes: Shape.of(*sizes)))
    axis = axis_of(data.draw, shape)
    parts = data.draw(st.integers(1, 4) | st.lists(st.integers(0, 5), max_size=3).map(sorted))
    # under symbols the places of a split are taken to lie within the axis, and it to divide
    check("split", shape, parts, axis, symbols=isinstance(parts, int))
    check("array_split", shape, parts, axis, symbols=isinstance(parts, int))
    check("hsplit", shape, parts, symbols=False)
    check("unstack", shape, axis=axis)


@some
@given(st.data())
def test_slicing(data):
    shape = data.draw(st.lists(SIZES, min_size=1, max_size=4).map(lambda sizes: Shape.of(*sizes)))
    bound = st.none() | st.integers(-7, 7)
    part = (
        st.integers(-4, 3)
        | st.builds(slice, bound, bound, st.sampled_from([None, 1, 2, -1, -2]))
        | st.none()
        | st.just(Ellipsis)
        | st.lists(st.integers(0, 0), min_size=1, max_size=3)
    )
    key = tuple(data.draw(st.lists(part, max_size=4)))
    agrees(find_method("__getitem__"), lambda x, k: x[k], array, (shape, key), symbols=False)
    agrees(find_method("__getitem__"), lambda x, k: x[k], array, (shape, key[:1]), symbols=False)


@some
@given(st.data())
def test_slicing_under_symbols(data):
    sizes = data.draw(st.lists(st.integers(2, 9), min_size=1, max_size=3))
    key = []
    for size in sizes[: data.draw(st.integers(0, len(sizes)))]:
        start = data.draw(st.none() | st.integers(-size, size))
        stop = data.draw(st.none() | st.integers(-size, size + 3))
        if start is not None and stop is not None:
            # a start behind the stop leaves nothing: symbolic slices are taken to leave something
            first, last = (max(bound + size, 0) if bound < 0 else min(bound, size) for bound in (start, stop))
            stop = stop if first <= last else None
        key.append(slice(start, stop, data.draw(st.none() | st.integers(1, 3))))
    agrees(find_method("__getitem__"), lambda x, k: x[k], array, (Shape.of(*sizes), tuple(key)))


@pytest.mark.parametrize(
    "key",
    [
        (slice(None), [0, 1]),
        ([0, 1], slice(None), [1, 0]),
        (0, slice(None), [0, 1, 1]),
        (slice(None), 0, [0, 1, 1]),
        (None, [0, 1], 0),
        ([[0, 1], [1, 0]],),
        ([0, 1], None, [0, 1]),
        ([True, False],),
        ([0, 0, 1], Ellipsis, 1),
    ],
)
def test_advanced_indexing(key):
    agrees(find_method("__getitem__"), lambda x, k: x[k], array, (Shape.of(2, 3, 4), key), symbols=False)


@some
@given(st.data())
def test_products(data):
    n, m, k = data.draw(SIZES), data.draw(SIZES), data.draw(SIZES)
    batch = data.draw(st.lists(SIZES, max_size=2))
    left = data.draw(st.sampled_from([Shape.of(m), Shape.of(n, m), Shape.of(*batch, n, m)]))
    right = data.draw(st.sampled_from([Shape.of(m), Shape.of(m, k), Shape.of(*batch, m, k), Shape.of(n, k)]))
    for name in ("matmul", "dot", "inner", "outer"):
        check(name, left, right)
    check("tensordot", left, right, data.draw(st.integers(0, 2)))
    check("tensordot", left, right, ([-1], [0]))
    check("einsum", "...m,m->...", left, Shape.of(m))
    check("einsum", "nm,mk->nk", left, right)
    check("einsum", "nm,mk", left, right)
    check("einsum", "bij,bjk->bik", left, right)


@some
@given(st.data())
def test_changing_lengths(data):
    shape = data.draw(ARRAYS)
    widths = [data.draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(shape.rank)]
    if widths:
        check("pad", shape, widths)
        check("pad", shape, widths[0])
        check("pad", shape, 2)
        check("pad", shape, widths, mode="constant", constant_values=1)
        check("pad", shape, widths, "linear_ramp", end_values=2)
    check("pad", shape, [(1, 1), (2, 2)])
    check("tile", shape, data.draw(st.integers(1, 3) | st.lists(st.integers(1, 3), max_size=5).map(tuple)))
    check(
        "repeat",
        shape,
        data.draw(st.integers(0, 3)),
        data.draw(st.none() | st.just(axis_of(data.draw, shape))),
    )
    if shape.rank:
        axis = data.draw(st.integers(0, shape.rank - 1))
        check("repeat", shape, [2] * shape.sizes[axis], axis)
        check("repeat", shape, [2] * (shape.sizes[axis] + 2), axis, symbols=False)
        window = data.draw(st.integers(1, shape.sizes[axis] + 1))
        check("lib.stride_tricks.sliding_window_view", shape, window, axis)
        check("lib.stride_tricks.sliding_window_view", shape, tuple(max(s - 1, 1) for s in shape.sizes))
        check("take", shape, [0, 0], axis_of(data.draw, shape))
        check("take", shape, 0, axis)
        check("delete", shape, 0, axis)
        check("delete", shape, 0)
        check("fft.fft", shape)
        check("fft.rfft", shape, axis=axis)
    check("zeros_like", shape)
    check("cov", Shape.of(3, 5))


@some
@given(st.data())
def test_making(data):
    sizes = tuple(data.draw(st.lists(st.integers(0, 4), max_size=3)))
    for name in ("zeros", "ones", "empty"):
        check(name, sizes)
    check("full", sizes, 1.0)
    check("zeros", 3)
    check("random.rand", *sizes)
    check("random.randn", *sizes)
    check("random.normal", 0.0, 1.0, sizes)
    check("random.normal", size=sizes)
    check("random.randint", 0, 5, size=sizes)
    check("random.uniform")
    check("random.choice", 5, p=[0.2] * 5)
    check("random.choice", 5, sizes)
    check("random.choice", Shape.of(7), 3)
    check("random.multivariate_normal", [0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], 4)
    check("random.binomial", [1, 2], 0.5)
    check("random.random", sizes)
    check("random.permutation", 5)
    check("random.permutation", Shape.of(4, 2))
    start, stop = data.draw(st.integers(-9, 9)), data.draw(st.integers(-9, 9))
    step = data.draw(st.sampled_from([1, 2, 3, -1, -2, 0.5, 0.3]))
    check("arange", start, stop, step)
    check("arange", stop)
    check("linspace", 0, 1, abs(stop))
    check("linspace", 0, 1)
    check("eye", 3)
    check("eye", 3, 4)
    check("identity", 4)
    check("array", [[1, 2, 3], [4, 5, 6]])
    check("array", [1, 2, 3], ndmin=3)
    check("asarray", 5)
    check("diag", Shape.of(*data.draw(st.lists(SIZES, min_size=1, max_size=2))), start % 3)
    check("trace", Shape.of(3, 4, 5))
    check("diagonal", Shape.of(3, 4, 5), axis1=1, axis2=2)
    check("meshgrid", Shape.of(3), Shape.of(4))
    check("meshgrid", Shape.of(3), Shape.of(4), indexing="ij")
    check("convolve", Shape.of(7), Shape.of(3), data.draw(st.sampled_from(["full", "same", "valid"])))
    check("histogram", Shape.of(7), 5)
    check("resize", Shape.of(7), (3, 2))
    check("interp", Shape.of(7), Shape.of(3), Shape.of(3))
