"""All operations by their canonical names: what they are called in the graph, with their shape functions."""

from __future__ import annotations

from functools import cache

from layoutlint.operations import (
    creation,
    elementwise,
    indexing,
    joining,
    layout,
    number_values,
    products,
    reduction,
    resizing,
    signal_processing,
    size_values,
)
from layoutlint.operations.spec import Operation, ShapeFunction, ValueFunction

_UNARY = (
    "abs negative positive exp expm1 log log1p log2 log10 sqrt rsqrt cbrt square reciprocal sign sin cos "
    "tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh floor ceil round trunc sigmoid "
    "hard_sigmoid relu relu6 leaky_relu elu selu gelu silu hard_silu softplus softsign hard_tanh "
    "tanh_shrink erf erfinv sinc conj real imag angle degrees radians clip nan_to_num copy identity "
    "stop_gradient dropout invert logsigmoid celu mish squareplus hard_shrink soft_shrink sparse_plus "
    "sparse_sigmoid threshold i0"
)
_BINARY = (
    "add subtract multiply divide floor_divide mod power maximum minimum arctan2 hypot logaddexp left_shift "
    "right_shift squared_difference divide_no_nan bias_add heaviside nextafter ldexp gcd lcm"
)
_COMPARISONS = (
    "equal not_equal less less_equal greater greater_equal isclose logical_and logical_or logical_xor"
)
_TESTS = "logical_not isnan isinf isfinite isin isneginf isposinf isreal signbit"
_FOLDS = "mean var std all any median logsumexp count_nonzero ptp average norm"

_TABLE: tuple[tuple[str, str, ShapeFunction], ...] = (
    # rearranging axes
    ("reshape", "x shape", layout.reshape),
    ("flatten", "x", layout.flatten),
    ("batch_flatten", "x", layout.batch_flatten),
    ("transpose", "x axes", layout.transpose),
    ("matrix_transpose", "x", layout.matrix_transpose),
    ("expand_dims", "x axis", layout.adjoin),
    ("squeeze", "x axis", layout.squeeze),
    ("swapaxes", "x axis1 axis2", layout.swapaxes),
    ("moveaxis", "x source destination", layout.moveaxis),
    ("rollaxis", "x axis start", layout.rollaxis),
    ("rot90", "x k axes", layout.rotate),
    ("rot90_image", "x k", layout.rotate_image),
    ("atleast_1d", "x", layout.at_least(1)),
    ("atleast_2d", "x", layout.at_least(2)),
    ("atleast_3d", "x", layout.at_least(3)),
    # joining and splitting
    ("concatenate", "xs axis", joining.concatenate),
    ("append", "x values axis", joining.append),
    ("stack", "xs axis", joining.stack),
    ("unstack", "x num axis", joining.unstack),
    ("vstack", "xs", joining.vstack),
    ("hstack", "xs", joining.hstack),
    ("dstack", "xs", joining.dstack),
    ("column_stack", "xs", joining.column_stack),
    ("split", "x indices_or_sections axis", joining.split),
    ("array_split", "x indices_or_sections axis", joining.array_split),
    ("vsplit", "x indices_or_sections", joining.split_at(0)),
    ("hsplit", "x indices_or_sections", joining.split_at(1)),
    ("dsplit", "x indices_or_sections", joining.split_at(2)),
    ("split_sizes", "x num_or_size_splits axis", joining.split_sizes),
    ("meshgrid", "xs", joining.meshgrid),
    # folding axes
    ("argmax", "x axis", reduction.fold),
    ("argmin", "x axis", reduction.fold),
    ("moments", "x axis", reduction.moments),
    ("quantile", "x q axis", reduction.quantile),
    ("cumsum", "x axis", reduction.accumulate),
    ("cumprod", "x axis", reduction.accumulate),
    ("sort", "x axis", reduction.accumulate),
    ("argsort", "x axis", reduction.accumulate),
    ("diff", "x n axis", reduction.difference),
    ("glu", "x axis", reduction.halved),
    ("convolve", "x1 x2 mode", reduction.convolve),
    ("histogram", "x bins", reduction.histogram),
    ("cov", "x y rowvar", reduction.covariance),
    # signals
    ("fft", "x n axis", signal_processing.spectrum(half=False)),
    ("rfft", "x n axis", signal_processing.spectrum(half=True)),
    ("irfft", "x n axis", signal_processing.inverse_half_spectrum),
    ("fftn", "x s axis", signal_processing.many_spectra(half=False)),
    ("rfftn", "x s axis", signal_processing.many_spectra(half=True)),
    ("pair_fft", "x", signal_processing.keras_spectrum(half=False)),
    ("pair_rfft", "x n", signal_processing.keras_spectrum(half=True)),
    ("frequencies", "n", signal_processing.frequencies(half=False)),
    ("half_frequencies", "n", signal_processing.frequencies(half=True)),
    ("window", "n", signal_processing.window),
    ("frame", "x frame_length frame_step", signal_processing.frames),
    ("stft", "x frame_length frame_step fft_length", signal_processing.short_time),
    ("pair_stft", "x sequence_length sequence_stride fft_length", signal_processing.keras_short_time),
    ("inverse_stft", "x frame_length frame_step", signal_processing.inverse_short_time),
    ("overlap_and_add", "x frame_step", signal_processing.overlapped),
    ("mel_matrix", "mel_bins bins", signal_processing.mel_matrix),
    ("dct", "x", signal_processing.cosine_transform),
    # the axes stay, an axis argument must fit
    ("softmax", "x axis", reduction.along),
    ("log_softmax", "x axis", reduction.along),
    ("l2_normalize", "x axis", reduction.along),
    ("normalize", "x", reduction.along),
    ("flip", "x axis", reduction.along),
    ("roll", "x shift axis", reduction.along),
    # element by element
    ("cast", "x dtype", elementwise.cast),
    ("where", "condition x y", elementwise.where),
    ("where_or_places", "condition x y", elementwise.where_or_places),
    ("argwhere", "x", elementwise.places),
    ("add_n", "xs", elementwise.several),
    ("bitwise_and", "x1 x2", elementwise.combine),
    ("bitwise_or", "x1 x2", elementwise.combine),
    ("bitwise_xor", "x1 x2", elementwise.combine),
    ("searchsorted", "sorted v", elementwise.second_operand),
    ("broadcast_to", "x shape", elementwise.broadcast_to),
    ("in_train_phase", "x alt", elementwise.chosen),
    ("switch", "condition x alt", elementwise.chosen),
    # products
    ("matmul", "x1 x2", products.matmul),
    ("dot", "x1 x2", products.dot),
    ("tensordot", "x1 x2 axes", products.tensordot),
    ("batch_dot", "x1 x2 axes", products.batch_dot),
    ("inner", "x1 x2", products.inner),
    ("outer", "x1 x2", products.outer),
    ("einsum", "subscripts operands", products.einsum),
    # matrices in the last two axes
    ("inverse", "x", elementwise.keep),
    ("determinant", "x", reduction.determinant),
    # picking
    ("getitem", "x key", indexing.getitem),
    ("take", "x indices axis", indexing.take),
    ("gather", "x indices", indexing.gather),
    ("gather_nd", "x indices", indexing.gather_nd),
    ("take_along_axis", "x indices axis", indexing.take_along_axis),
    ("delete", "x indices axis", indexing.delete),
    ("top_k", "x k", indexing.top_k),
    ("flatnonzero", "x", indexing.some_row),
    ("unique", "x", indexing.unique),
    ("nonzero", "x", indexing.nonzero),
    ("boolean_mask", "x mask axis", indexing.some_of_rows),
    ("compress", "mask x axis", indexing.some_of_rows),
    ("slice", "x begin count", indexing.begin_and_size),
    # changing lengths
    ("pad", "x pad_width", resizing.pad),
    ("pad_1d", "x padding", resizing.pad_spatial(1)),
    ("pad_2d", "x padding data_format", resizing.pad_spatial(2)),
    ("pad_3d", "x padding data_format", resizing.pad_spatial(3)),
    ("tile", "x repeats", resizing.tile),
    ("repeat", "x repeats axis", resizing.repeat),
    ("repeat_vector", "x n", resizing.repeat_vector),
    ("resize", "x target", resizing.resize_to),
    ("resize_with_pad", "x target_height target_width", resizing.resize_with_pad),
    ("resize_by", "x height_factor width_factor", resizing.resize_by),
    ("crop_to_box", "x offset_height offset_width target_height target_width", resizing.resize_with_pad),
    ("random_crop", "x target", resizing.random_crop),
    ("to_one_channel", "x", resizing.channels(1)),
    ("to_three_channels", "x", resizing.channels(3)),
    ("space_to_depth", "x block_size", resizing.space_to_depth),
    ("depth_to_space", "x block_size", resizing.depth_to_space),
    ("patches", "x kernel_size", resizing.patches),
    ("sliding_window_view", "x window_shape axis", resizing.sliding_windows),
    ("one_hot", "x depth", resizing.one_hot),
    ("to_categorical", "x depth", resizing.to_categorical),
    ("sequence_mask", "x maxlen", resizing.sequence_mask),
    # making
    ("zeros", "shape", creation.filled),
    ("ones", "shape", creation.filled),
    ("full", "shape", creation.filled),
    ("random", "", creation.drawn),
    ("choice", "x", indexing.choice),
    ("random_vectors", "mean cov shape", creation.drawn_vectors),
    ("random_of_each", "shape alpha beta", creation.drawn_for_each),
    ("permutation", "x", creation.permutation),
    ("like", "x", creation.like),
    ("array", "x", creation.array),
    ("placeholder", "", creation.placeholder),
    ("arange", "start stop step", creation.arange),
    ("linspace", "start stop num", creation.linspace),
    ("eye", "n m", creation.eye),
    ("diag", "x k", creation.diagonal_matrix),
    ("trace", "x offset axis1 axis2", creation.trace),
    ("diagonal", "x offset axis1 axis2", creation.diagonal),
    ("refill", "x shape", creation.refilled),
    ("from_function", "function shape", creation.filled),
)

_VALUES: tuple[tuple[str, str, ValueFunction], ...] = (
    # a number or a tuple of sizes, never an array
    ("shape", "x", size_values.shape),
    ("ndim", "x", size_values.rank),
    ("len", "x", size_values.length),
    ("size", "x axis", size_values.count),
)

_EITHER: tuple[tuple[str, ValueFunction], ...] = (
    # reductions of arrays that programs also use on plain numbers
    ("prod", size_values.prod),
    ("sum", size_values.total),
    ("max", size_values.largest),
    ("min", size_values.smallest),
)

_UNKNOWN: tuple[tuple[str, str], ...] = (
    ("map_fn", "what the mapped function returns is not followed"),
    ("rnn", "what the step function returns is not followed"),
    ("conv", "a convolution by function: its kernel's shape is rarely known"),
)


@cache
def operations() -> dict[str, Operation]:
    """Return every operation by its canonical name."""
    made = [Operation(name, tuple(operands.split()), shape) for name, operands, shape in _TABLE]
    numbers = number_values.FUNCTIONS
    made += [Operation(name, ("x",), elementwise.keep, number=numbers.get(name)) for name in _UNARY.split()]
    made += [
        Operation(name, ("x1", "x2"), elementwise.binary, number=numbers.get(name))
        for name in _BINARY.split()
    ]
    made += [Operation(name, ("x1", "x2"), elementwise.compare) for name in _COMPARISONS.split()]
    made += [Operation(name, ("x",), elementwise.test) for name in _TESTS.split()]
    made += [Operation(name, ("x",), reduction.fold) for name in _FOLDS.split()]
    made += [Operation(name, tuple(operands.split()), value=value) for name, operands, value in _VALUES]
    made += [Operation(name, ("x", "axis"), reduction.fold, value) for name, value in _EITHER]
    made += [Operation(name, (), why=why) for name, why in _UNKNOWN]
    return {operation.name: operation for operation in made}
