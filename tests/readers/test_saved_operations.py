"""Every function of ``keras.ops`` in a saved model: equal to what Keras computes, or unknown, never wrong.

What the file itself states about the tensors is taken out before it is read.
"""

from __future__ import annotations

import inspect
import json
import zipfile
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes, truth, write_keras

INPUTS = {
    "x": (None, 4, 6),
    "c": (None, 4, 6),
    "n": (None, 4, 6),  # whole numbers
    "m": (None, 6, 6),
    "v": (None, 6),
    "i": (None, 8, 8, 3),
    "w": (None, 8, 8, 8, 3),
    "s": (6, 6),
    "b": (5,),
}
"""Inputs by name, with the batch."""


def array(*sizes: int) -> np.ndarray:
    return np.ones(sizes, "float32")


def whole(*values: Any) -> np.ndarray:
    return np.array(values, "int32")


ONE = """
    abs absolute angle arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil celu conj conjugate
    copy cos cosh cumprod cumsum deg2rad elu empty_like erf erfc erfinv exp exp2 expm1 fabs flip
    fliplr flipud floor gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh i0 imag
    isfinite isinf isnan isneginf isposinf isreal leaky_relu log log10 log1p log2 log_sigmoid
    log_softmax logical_not logsumexp max mean median min amax amin all any argmax argmin argsort
    average count_nonzero nan_to_num nanargmax nanargmin nancumprod nancumsum nanmax nanmean
    nanmedian nanmin nanprod nanstd nansum nanvar negative norm normalize ones_like prod ptp rad2deg
    ravel real reciprocal relu relu6 rms_normalization layer_normalization round rsqrt selu sigmoid
    sign signbit silu sin sinc sinh soft_shrink softmax softplus softsign sort sparse_plus
    sparse_sigmoid sparsemax sqrt square squareplus std sum swish tan tanh tanh_shrink transpose
    trapezoid tril triu trunc var zeros_like diff nonzero unique rot90 diagonal trace stop_gradient
    diagflat corrcoef squeeze
"""

AXIS = """
    all any amax amin argmax argmin argsort average count_nonzero cumprod cumsum diff flip glu
    log_softmax logsumexp max mean median min nanargmax nanargmin nancumprod nancumsum nanmax
    nanmean nanmedian nanmin nanprod nanstd nansum nanvar norm normalize prod ptp softmax sort
    sparsemax std sum trapezoid var layer_normalization rms_normalization unstack
"""

KEEPDIMS = """
    all any amax amin argmax argmin max mean median min nanargmax nanargmin nanmax nanmean nanmedian
    nanmin nanprod nanstd nansum nanvar norm prod ptp std sum logsumexp
"""

TWO = """
    add arctan2 divide divide_no_nan equal fmax fmin fmod greater greater_equal heaviside hypot
    isclose less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum
    mod multiply nextafter not_equal polar power subtract true_divide floor_divide ldexp isin
"""

NUMBER = " ".join(name for name in TWO.split() if name not in ("heaviside", "hypot"))

WHOLE = """
    bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor gcd lcm left_shift
    right_shift
"""

MATRICES = """
    cholesky cholesky_inverse det eig eigh inv logdet lu_factor matrix_rank pinv qr slogdet svd
"""

JOINING = "concatenate dstack hstack stack vstack"

FAMILIES: dict[str, tuple[str, Any]] = {
    "alone": (ONE, lambda f, t: f(t.x)),
    "axis=1": (AXIS, lambda f, t: f(t.x, axis=1)),
    "axis=-1": (AXIS, lambda f, t: f(t.x, axis=-1)),
    "keepdims": (KEEPDIMS, lambda f, t: f(t.x, axis=1, keepdims=True)),
    "two tensors": (TWO, lambda f, t: f(t.x, t.c)),
    "constant": (TWO, lambda f, t: f(t.x, array(3, 1, 6))),
    "first constant": (TWO, lambda f, t: f(array(4, 6), t.x)),
    "number": (NUMBER, lambda f, t: f(t.x, 2.0)),
    "whole tensors": (WHOLE, lambda f, t: f(t.n, t.n)),
    "whole constant": (WHOLE, lambda f, t: f(t.n, whole(1, 2, 3, 4, 5, 6))),
    "matrix": (MATRICES, lambda f, t: f(t.m)),
    "list": (JOINING, lambda f, t: f([t.x, t.c])),
}
"""Uses that many functions share."""

OWN: dict[str, Any] = {
    "concatenate axis": lambda t: ops.concatenate([t.x, t.c], axis=-1),
    "hstack three": lambda t: ops.hstack([t.x, t.c, t.x]),
    "adaptive_average_pool": lambda t: ops.adaptive_average_pool(t.i, (2, 3)),
    "adaptive_max_pool": lambda t: ops.adaptive_max_pool(t.i, (4, 4)),
    "allclose": lambda t: ops.allclose(t.x, t.c),
    "argpartition": lambda t: ops.argpartition(t.x, 2),
    "append axis": lambda t: ops.append(t.x, t.c, axis=1),
    "array": lambda t: ops.array(t.x),
    "array_split": lambda t: ops.array_split(t.x, 3, axis=-1),
    "average weights": lambda t: ops.average(t.x, axis=-1, weights=array(6)),
    "average_pool": lambda t: ops.average_pool(t.i, 2, strides=2),
    "batch_normalization": lambda t: ops.batch_normalization(t.x, array(6), array(6), -1),
    "binary_crossentropy": lambda t: ops.binary_crossentropy(t.x, t.c),
    "bincount": lambda t: ops.bincount(t.n, minlength=5),
    "bitwise_invert": lambda t: ops.bitwise_invert(t.n),
    "bitwise_not": lambda t: ops.bitwise_not(t.n),
    "broadcast_to": lambda t: ops.broadcast_to(t.v, (5, 2, 6)),
    "cast": lambda t: ops.cast(t.x, "float16"),
    "categorical_crossentropy": lambda t: ops.categorical_crossentropy(t.x, t.c),
    "cdist": lambda t: ops.cdist(t.x, t.c),
    "clip": lambda t: ops.clip(t.x, 0, 1),
    "conv": lambda t: ops.conv(t.i, array(3, 3, 3, 5)),
    "conv same": lambda t: ops.conv(t.i, array(3, 3, 3, 5), padding="same", strides=2),
    "conv_transpose": lambda t: ops.conv_transpose(t.i, array(3, 3, 5, 3), 2),
    "convert_to_tensor": lambda t: ops.convert_to_tensor(t.x),
    "correlate": lambda t: ops.correlate(t.b, array(3)),
    "cross": lambda t: ops.cross(t.i, array(3)),
    "cumsum axis": lambda t: ops.cumsum(t.x, axis=1),
    "depth_to_space": lambda t: ops.depth_to_space(ops.concatenate([t.i, t.i, t.i, t.i], axis=-1), 2),
    "depthwise_conv": lambda t: ops.depthwise_conv(t.i, array(3, 3, 3, 2)),
    "digitize": lambda t: ops.digitize(t.x, np.array([0.0, 1.0])),
    "dot constant": lambda t: ops.dot(t.x, array(6, 5)),
    "dot vector": lambda t: ops.dot(t.x, array(6)),
    "dot_product_attention": lambda t: ops.dot_product_attention(t.i, t.i, t.i),
    "dsplit": lambda t: ops.dsplit(t.x, 3),
    "einsum tensors": lambda t: ops.einsum("bij,bkj->bik", t.x, t.c),
    "einsum constant": lambda t: ops.einsum("bij,jk->bik", t.x, array(6, 9)),
    "expand_dims": lambda t: ops.expand_dims(t.x, 1),
    "expand_dims two": lambda t: ops.expand_dims(t.x, (1, -1)),
    "extract_sequences": lambda t: ops.extract_sequences(t.x, 3, 2),
    "fft": lambda t: ops.fft((t.x, t.c)),
    "fft2": lambda t: ops.fft2((t.x, t.c)),
    "ifft2": lambda t: ops.ifft2((t.x, t.c)),
    "fold": lambda t: ops.fold(ops.reshape(t.i, (-1, 12, 16)), (5, 5), (2, 2)),
    "full_like": lambda t: ops.full_like(t.x, 2),
    "get_item": lambda t: t.x[:, 1:3, ::2],
    "get_item new": lambda t: t.x[..., None],
    "get_item last": lambda t: t.x[:, -1],
    "heaviside tensor": lambda t: ops.heaviside(t.x, t.c),
    "histogram": lambda t: ops.histogram(t.x, 5),
    "hsplit": lambda t: ops.hsplit(t.x, 2),
    "in_top_k": lambda t: ops.in_top_k(ops.cast(t.v[:, 0], "int32"), t.v, 2),
    "inner": lambda t: ops.inner(t.x, array(3, 6)),
    "irfft": lambda t: ops.irfft((t.x, t.c)),
    "irfft length": lambda t: ops.irfft((t.x, t.c), 8),
    "istft": lambda t: ops.istft((t.x, t.c), 10, 4, 10),
    "kron": lambda t: ops.kron(t.x, array(1, 2, 3)),
    "linspace": lambda t: ops.linspace(t.x, t.c, 5),
    "linspace axis": lambda t: ops.linspace(t.x, array(6), 5, axis=1),
    "logspace": lambda t: ops.logspace(t.x, t.c, 5),
    "geomspace": lambda t: ops.geomspace(t.x, t.c, 5),
    "lstsq": lambda t: ops.lstsq(t.s, t.s),
    "matmul constant": lambda t: ops.matmul(t.i, array(3, 6)),
    "matmul batch": lambda t: ops.matmul(t.x, array(2, 1, 6, 5)),
    "matmul vector": lambda t: ops.matmul(t.x, array(6)),
    "matmul first constant": lambda t: ops.matmul(array(3, 4), t.x),
    "max_pool": lambda t: ops.max_pool(t.i, (2, 3), strides=1, padding="same"),
    "meshgrid": lambda t: ops.meshgrid(t.v, array(4)),
    "moments": lambda t: ops.moments(t.x, axes=[1]),
    "moments keepdims": lambda t: ops.moments(t.x, axes=[1], keepdims=True),
    "moveaxis": lambda t: ops.moveaxis(t.i, 1, -1),
    "moveaxis two": lambda t: ops.moveaxis(t.i, (1, 2), (-1, 1)),
    "multi_hot": lambda t: ops.multi_hot(t.n, 5),
    "multi_hot axis": lambda t: ops.multi_hot(t.n, 5, axis=1),
    "nanpercentile": lambda t: ops.nanpercentile(t.x, 50, axis=1),
    "nanquantile": lambda t: ops.nanquantile(t.x, array(3), axis=1),
    "one_hot": lambda t: ops.one_hot(t.n, 5),
    "one_hot axis": lambda t: ops.one_hot(t.n, 5, axis=1),
    "outer": lambda t: ops.outer(t.x, array(3, 2)),
    "pad": lambda t: ops.pad(t.x, ((0, 0), (1, 2), (0, 3))),
    "pad number": lambda t: ops.pad(t.x, 1),
    "percentile": lambda t: ops.percentile(t.x, 50, axis=1),
    "psnr": lambda t: ops.psnr(t.i, t.i, 1.0),
    "quantile": lambda t: ops.quantile(t.x, 0.5, axis=1),
    "quantile array": lambda t: ops.quantile(t.x, array(3), axis=-1, keepdims=True),
    "repeat": lambda t: ops.repeat(t.x, 3, axis=1),
    "repeat flat": lambda t: ops.repeat(t.x, 3),
    "reshape": lambda t: ops.reshape(t.x, (-1, 24)),
    "reshape array": lambda t: ops.reshape(t.x, (-1, 3, 8)),
    "rfft": lambda t: ops.rfft(t.x),
    "rfft length": lambda t: ops.rfft(t.x, 10),
    "roll": lambda t: ops.roll(t.x, 2, axis=1),
    "rot90 axes": lambda t: ops.rot90(t.x, axes=(1, 2)),
    "saturate_cast": lambda t: ops.saturate_cast(t.x, "uint8"),
    "scatter_update": lambda t: ops.scatter_update(t.x, whole([0, 1, 2]), array(1)),
    "searchsorted": lambda t: ops.searchsorted(t.v[0], t.v[0]),
    "segment_max": lambda t: ops.segment_max(t.x, whole(0, 1, 1), 4),
    "segment_min": lambda t: ops.segment_min(t.x, whole(0, 1, 1), 4),
    "segment_prod": lambda t: ops.segment_prod(t.x, whole(0, 1, 1), 4),
    "segment_sum": lambda t: ops.segment_sum(t.x, whole(0, 1, 1), 4),
    "select": lambda t: ops.select([t.x > 0, t.x < 0], [t.x, array(6)]),
    "separable_conv": lambda t: ops.separable_conv(t.i, array(3, 3, 3, 2), array(1, 1, 6, 7)),
    "shape": lambda t: ops.reshape(t.x, (ops.shape(t.x)[1], -1)),
    "slice": lambda t: ops.slice(t.x, (0, 1, 1), (1, 2, 3)),
    "slice_update": lambda t: ops.slice_update(t.x, (0, 1, 1), array(1, 2, 3)),
    "solve": lambda t: ops.solve(t.m, t.m),
    "solve constant": lambda t: ops.solve(t.m, array(1, 6, 2)),
    "solve_triangular": lambda t: ops.solve_triangular(t.m, t.m),
    "space_to_depth": lambda t: ops.space_to_depth(t.i, 2),
    "sparse_categorical_crossentropy": lambda t: ops.sparse_categorical_crossentropy(t.n[:, :, 0], t.x),
    "split": lambda t: ops.split(t.x, 2, axis=1),
    "split places": lambda t: ops.split(t.x, [1, 4], axis=-1),
    "squeeze axis": lambda t: ops.squeeze(ops.expand_dims(t.x, 1), 1),
    "stft": lambda t: ops.stft(ops.reshape(t.x, (-1, 24)), 8, 4, 10),
    "svd thin": lambda t: ops.svd(t.x, full_matrices=False),
    "swapaxes": lambda t: ops.swapaxes(t.i, 1, -1),
    "take": lambda t: ops.take(t.x, [0, 1], axis=1),
    "take array": lambda t: ops.take(t.x, whole([0, 1, 1], [2, 2, 2]), axis=-1),
    "take flat": lambda t: ops.take(t.x, whole(3, 4)),
    "take constant": lambda t: ops.take(array(9, 7), t.n, axis=0),
    "take_along_axis": lambda t: ops.take_along_axis(t.x, whole([[0, 1]]), axis=-1),
    "tensordot": lambda t: ops.tensordot(t.x, array(6, 5), axes=1),
    "tensordot pairs": lambda t: ops.tensordot(t.x, array(5, 6, 4), axes=[[1, 2], [2, 1]]),
    "threshold": lambda t: ops.threshold(t.x, 0.1, 0.0),
    "tile": lambda t: ops.tile(t.x, (1, 2, 3)),
    "tile longer": lambda t: ops.tile(t.v, (2, 1, 3)),
    "top_k": lambda t: ops.top_k(t.x, 2),
    "transpose axes": lambda t: ops.transpose(t.x, (0, 2, 1)),
    "trace axes": lambda t: ops.trace(t.m, axis1=1, axis2=2),
    "diag": lambda t: ops.diag(t.b),
    "diag of a matrix": lambda t: ops.diag(t.s, k=1),
    "diagonal axes": lambda t: ops.diagonal(t.m, axis1=1, axis2=2),
    "diagonal offset": lambda t: ops.diagonal(t.x, offset=1, axis1=1, axis2=2),
    "unfold": lambda t: ops.unfold(ops.transpose(t.i, (0, 3, 1, 2)), 3),
    "unravel_index": lambda t: ops.unravel_index(t.n, (4, 5)),
    "vander": lambda t: ops.vander(t.v[0], 4),
    "vdot": lambda t: ops.vdot(t.x, t.c),
    "view": lambda t: ops.view(t.x, "int32"),
    "view_as_complex": lambda t: ops.view_as_complex(t.x[..., :2]),
    "view_as_real": lambda t: ops.view_as_real(ops.cast(t.x, "complex64")),
    "vsplit": lambda t: ops.vsplit(ops.transpose(t.x, (1, 0, 2)), 2),
    "where": lambda t: ops.where(t.x > 0, t.x, 0.0),
    "where constants": lambda t: ops.where(t.x > 0, array(3, 1, 1), array(6)),
    "where constant mask": lambda t: ops.where(array(6) > 0, t.x, t.c),
    "ctc_loss": lambda t: ops.ctc_loss(t.n[:, :, 0], t.x, t.n[:, 0, 0], t.n[:, 0, 0]),
    "ctc_decode": lambda t: ops.ctc_decode(t.x, t.n[:, 0, 0]),
    "affine_transform": lambda t: ops.image.affine_transform(t.i, array(1, 8)),
    "crop_images": lambda t: ops.image.crop_images(t.i, 1, 2, target_height=4, target_width=3),
    "elastic_transform": lambda t: ops.image.elastic_transform(t.i),
    "extract_patches": lambda t: ops.image.extract_patches(t.i, (3, 2)),
    "extract_patches same": lambda t: ops.image.extract_patches(t.i, 3, strides=2, padding="same"),
    "extract_patches_3d": lambda t: ops.image.extract_patches_3d(t.w, (2, 2, 3)),
    "gaussian_blur": lambda t: ops.image.gaussian_blur(t.i),
    "hsv_to_rgb": lambda t: ops.image.hsv_to_rgb(t.i),
    "map_coordinates": lambda t: ops.image.map_coordinates(t.x, array(3, 5, 7), 1),
    "pad_images": lambda t: ops.image.pad_images(t.i, 1, 2, target_height=20, target_width=13),
    "perspective_transform": lambda t: ops.image.perspective_transform(t.i, array(1, 4, 2), array(1, 4, 2)),
    "resize": lambda t: ops.image.resize(t.i, (4, 5)),
    "rgb_to_grayscale": lambda t: ops.image.rgb_to_grayscale(t.i),
    "rgb_to_hsv": lambda t: ops.image.rgb_to_hsv(t.i),
    "scale_and_translate": lambda t: ops.image.scale_and_translate(
        t.i, (2, 5, 6, 3), array(2), array(2), (1, 2), "linear"
    ),
    "sobel_edges": lambda t: ops.image.sobel_edges(t.i),
    "ssim": lambda t: ops.image.ssim(t.i, t.i, filter_size=3),
}


def _use(name: str, use: Any) -> Any:
    function = getattr(ops, name)
    return lambda t: use(function, t)


USES = {
    **{
        f"{name} {family}": _use(name, use)
        for family, (names, use) in FAMILIES.items()
        for name in names.split()
    },
    **OWN,
}

NOT_SAVED = """
    arange associative_scan bartlett blackman cond convert_to_numpy custom_gradient dtype empty eye fori_loop
    full hamming hanning identity is_tensor jvp kaiser map ndim ones scan size switch tri vectorize
    vectorized_map while_loop zeros rearrange scatter
"""
"""What takes or returns no tensor, or takes a function of the program, which no configuration can hold; and
two that Keras 3 cannot call on a tensor with a free batch."""


def functions() -> set[str]:
    return {
        name
        for module in (ops, ops.image, ops.linalg)
        for name, item in vars(module).items()
        if callable(item) and not inspect.isclass(item) and not name.startswith("_")
    }


def test_every_function_is_used():
    used = {key.split(" ")[0] for key in USES}
    assert functions() - used - set(NOT_SAVED.split()) == set()
    assert used.isdisjoint(NOT_SAVED.split())


def without_shapes(data: Any) -> Any:
    """A configuration without what Keras writes of the shapes of its tensors; those of the inputs stay."""
    if isinstance(data, list):
        return [without_shapes(item) for item in data]
    if not isinstance(data, dict):
        return data
    if data.get("class_name") == "__keras_tensor__":
        return {**data, "config": {**data["config"], "shape": None}}
    return {key: without_shapes(value) for key, value in data.items() if key != "build_config"}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """For each use, what Keras computes and what is read."""
    folder = tmp_path_factory.mktemp("operations")
    found = {}
    for number, (name, use) in enumerate(USES.items()):
        inputs = {
            key: keras.Input(batch_shape=sizes, dtype="int32" if key == "n" else "float32")
            for key, sizes in INPUTS.items()
        }
        model = keras.Model(list(inputs.values()), use(SimpleNamespace(**inputs)))
        path = write_keras(model, folder / f"{number}.keras")
        with zipfile.ZipFile(path) as archive:
            config = without_shapes(json.loads(archive.read("config.json")))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("config.json", json.dumps(config))
        found[name] = truth(model), read_model(path)
    return found


def compared(expected: Any, read: Any) -> str:
    if expected == read:
        return "equal"
    calls = zip(expected.values(), (read.get(name, []) for name in expected), strict=True)
    for wanted, made in calls:
        for outputs, ours in zip(wanted, made, strict=True):
            if len(ours) != len(outputs) and ours != [None]:
                return "wrong"
            for sizes, our in zip(outputs, ours, strict=False):
                if our is None:
                    continue
                if len(our) != len(sizes) or any(
                    (a is None or isinstance(a, int)) and a != b for a, b in zip(our, sizes, strict=True)
                ):
                    return "wrong"
    return "unknown"


def test_no_operation_is_read_wrong(verdicts):
    found = {name: compared(expected, read_shapes(graph)) for name, (expected, graph) in verdicts.items()}
    assert [name for name, verdict in found.items() if verdict == "wrong"] == []


def test_no_operation_is_refused(verdicts):
    refused = {
        name: str(call.error) for name, (_, graph) in verdicts.items() for call in graph.calls if call.error
    }
    assert refused == {}
