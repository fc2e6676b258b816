"""Keras 1, Keras 2 and tf.keras spellings.

:func:`translate` turns a constructor call of an older Keras into one of Keras 3, driven by tables. A call is
read as Keras 1 only where it says so itself: by a keyword that only Keras 1 has, by a class that only Keras 1
has, or because the caller knows (``keras1=True``). ``Conv2D(32, 3, 3)`` alone is what Keras 3 makes of it:
strides of 3. Keras 2 made a kernel of it up to 2.3 (:func:`has_sides_as_numbers`).

Sources: the Keras 1.2.2 documentation, ``keras/legacy/interfaces.py`` of Keras 2.2 (which translated the same
keywords), and tf_keras for the classes of Keras 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from msgspec import Struct

from layoutlint.layers.spec import COMMON_PARAMETERS
from layoutlint.model.sizes import symbol

Call: TypeAlias = "tuple[str, tuple[Any, ...], dict[str, Any]]"

DROP = ""
"""The new name of an argument that has none and no bearing on shapes."""


class Dialect(Struct, frozen=True, dict=True):
    """How Keras 1 called one class: its positional arguments in order, and its names for those of today."""

    positional: tuple[str, ...] = ()
    renamed: Mapping[str, str] = {}
    kernel: tuple[str, ...] = ()
    """The arguments that together are today's ``kernel_size``."""

    @cached_property
    def only_then(self) -> frozenset[str]:
        """The names of arguments that today's class has not."""
        return frozenset(self.renamed) | frozenset(self.kernel)


# Class names ----------------------------------------------------------------------------------------

RENAMED_CLASSES = {
    # older name: today's class with the same arguments
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "SyncBatchNormalization": "BatchNormalization",
    "UnifiedLSTM": "LSTM",
    "UnifiedGRU": "GRU",
    "Deconv2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "Deconv3D": "Conv3DTranspose",
}
KERAS1_CLASSES = {
    # class that only Keras 1 has: today's class
    "AtrousConvolution1D": "Conv1D",
    "AtrousConv1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "AtrousConv2D": "Conv2D",
    "TimeDistributedDense": "Dense",
}
DECONVOLUTIONS = frozenset(["Deconv2D", "Deconvolution2D"])
"""Names of Conv2DTranspose in Keras 1, and in Keras 2 up to 2.3."""
CUDNN_CLASSES = {"CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"}
_CUDNN_INITIALIZERS = ("kernel_initializer", "recurrent_initializer", "bias_initializer")
_CUDNN_REST = (
    *("kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "activity_regularizer"),
    *("kernel_constraint", "recurrent_constraint", "bias_constraint"),
    *("return_sequences", "return_state", "go_backwards", "stateful"),
)
_CUDNN_POSITIONAL = {
    "CuDNNLSTM": ("units", *_CUDNN_INITIALIZERS, "unit_forget_bias", *_CUDNN_REST),
    "CuDNNGRU": ("units", *_CUDNN_INITIALIZERS, *_CUDNN_REST),
}

# Keras 1 --------------------------------------------------------------------------------------------

WEIGHTS = {
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
}
_WINDOWS = {"border_mode": "padding", "dim_ordering": "data_format"}
_CONVOLUTION = {**WEIGHTS, **_WINDOWS, "nb_filter": "filters", "subsample": "strides"}
_RECURRENT = {
    **WEIGHTS,
    "output_dim": "units",
    "inner_init": "recurrent_initializer",
    "forget_bias_init": DROP,
    "inner_activation": "recurrent_activation",
    "U_regularizer": "recurrent_regularizer",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "consume_less": DROP,
}
_AFTER_KERNEL = ("init", "activation", "weights", "border_mode")
_REGULARIZERS = (
    "W_regularizer",
    "b_regularizer",
    "activity_regularizer",
    "W_constraint",
    "b_constraint",
    "bias",
)
_PLANE = ("nb_row", "nb_col")
_SPACE = ("kernel_dim1", "kernel_dim2", "kernel_dim3")
_GATES = ("W_regularizer", "U_regularizer", "b_regularizer", "dropout_W", "dropout_U")


def _conv1d(*extra: str) -> Dialect:
    positional = ("nb_filter", "filter_length", *_AFTER_KERNEL, "subsample_length", *extra, *_REGULARIZERS)
    names = {"filter_length": "kernel_size", "subsample_length": "strides", "atrous_rate": "dilation_rate"}
    return Dialect(positional, {**_CONVOLUTION, **names})


def _conv2d(*extra: str, before: tuple[str, ...] = ()) -> Dialect:
    order = (
        "nb_filter",
        *_PLANE,
        *before,
        *_AFTER_KERNEL,
        "subsample",
        *extra,
        "dim_ordering",
        *_REGULARIZERS,
    )
    return Dialect(order, {**_CONVOLUTION, "atrous_rate": "dilation_rate"}, _PLANE)


def _pool1d() -> Dialect:
    names = {**_WINDOWS, "pool_length": "pool_size", "stride": "strides"}
    return Dialect(("pool_length", "stride", "border_mode"), names)


_POOL = Dialect(("pool_size", "strides", "border_mode", "dim_ordering"), _WINDOWS)
_DIM_ORDERING = {"dim_ordering": "data_format"}
_RATE = Dialect(("p",), {"p": "rate"})

DIALECTS: Mapping[str, Dialect] = {
    "Dense": Dialect(
        ("output_dim", "init", "activation", "weights", *_REGULARIZERS, "input_dim"),
        {**WEIGHTS, "output_dim": "units"},
    ),
    "Conv1D": _conv1d(),
    "Conv2D": _conv2d(),
    "SeparableConv2D": _conv2d("depth_multiplier"),
    "Deconvolution2D": _conv2d(before=("output_shape",)),
    "Conv3D": Dialect(
        ("nb_filter", *_SPACE, *_AFTER_KERNEL, "subsample", "dim_ordering", *_REGULARIZERS),
        _CONVOLUTION,
        _SPACE,
    ),
    "LocallyConnected1D": _conv1d(),
    "LocallyConnected2D": _conv2d(),
    "ConvLSTM2D": Dialect(
        (
            "nb_filter",
            *_PLANE,
            "init",
            "inner_init",
            "forget_bias_init",
            "activation",
            "inner_activation",
            "dim_ordering",
            "border_mode",
            "subsample",
            *_GATES,
        ),
        {**_RECURRENT, **_CONVOLUTION},
        _PLANE,
    ),
    "LSTM": Dialect(
        ("output_dim", "init", "inner_init", "forget_bias_init", "activation", "inner_activation", *_GATES),
        _RECURRENT,
    ),
    "GRU": Dialect(
        ("output_dim", "init", "inner_init", "activation", "inner_activation", *_GATES), _RECURRENT
    ),
    "SimpleRNN": Dialect(("output_dim", "init", "inner_init", "activation", *_GATES), _RECURRENT),
    "Embedding": Dialect(
        (
            "input_dim",
            "output_dim",
            "init",
            "input_length",
            "W_regularizer",
            "activity_regularizer",
            "W_constraint",
            "mask_zero",
            "weights",
            "dropout",
        ),
        {
            "init": "embeddings_initializer",
            "W_regularizer": "embeddings_regularizer",
            "W_constraint": "embeddings_constraint",
            "dropout": DROP,
        },
    ),
    "BatchNormalization": Dialect(
        ("epsilon", "mode", "axis", "momentum", "weights", "beta_init", "gamma_init"),
        {"mode": DROP, "beta_init": "beta_initializer", "gamma_init": "gamma_initializer"},
    ),
    "MaxPooling1D": _pool1d(),
    "AveragePooling1D": _pool1d(),
    **{f"{kind}Pooling{rank}D": _POOL for kind in ("Max", "Average") for rank in (2, 3)},
    **{
        f"Global{kind}Pooling{rank}D": Dialect(("dim_ordering",), _DIM_ORDERING)
        for kind in ("Max", "Average")
        for rank in (2, 3)
    },
    "UpSampling1D": Dialect(("length",), {"length": "size"}),
    **{f"UpSampling{rank}D": Dialect(("size", "dim_ordering"), _DIM_ORDERING) for rank in (2, 3)},
    "ZeroPadding1D": Dialect(("padding",)),
    **{f"ZeroPadding{rank}D": Dialect(("padding", "dim_ordering"), _DIM_ORDERING) for rank in (2, 3)},
    **{f"Cropping{rank}D": Dialect(("cropping", "dim_ordering"), _DIM_ORDERING) for rank in (2, 3)},
    "Flatten": Dialect((), _DIM_ORDERING),
    "Dropout": _RATE,
    "GaussianDropout": _RATE,
    "SpatialDropout1D": _RATE,
    **{
        f"SpatialDropout{rank}D": Dialect(("p", "dim_ordering"), {"p": "rate", **_DIM_ORDERING})
        for rank in (2, 3)
    },
    "GaussianNoise": Dialect(("sigma",), {"sigma": "stddev"}),
    "PReLU": Dialect(("init", "weights", "shared_axes"), {"init": "alpha_initializer"}),
}

SPELLINGS = {
    # other names of the classes in DIALECTS
    **{f"Convolution{rank}D": f"Conv{rank}D" for rank in (1, 2, 3)},
    "SeparableConvolution2D": "SeparableConv2D",
    "Deconv2D": "Deconvolution2D",
    "Conv2DTranspose": "Deconvolution2D",
    "AvgPool1D": "AveragePooling1D",
    "AvgPool2D": "AveragePooling2D",
    "AvgPool3D": "AveragePooling3D",
    "MaxPool1D": "MaxPooling1D",
    "MaxPool2D": "MaxPooling2D",
    "MaxPool3D": "MaxPooling3D",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalAvgPool3D": "GlobalAveragePooling3D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "GlobalMaxPool3D": "GlobalMaxPooling3D",
    **KERAS1_CLASSES,
}

_DATA_FORMATS = {"th": "channels_first", "tf": "channels_last", "default": None}


def _value(name: str, value: Any) -> Any:
    """Return an old argument's value as it is said today."""
    if name == "dim_ordering" and isinstance(value, str):
        return _DATA_FORMATS.get(value, value)
    if name == "border_mode" and value == "full":
        return symbol("border_mode='full'")  # only Theano's Keras 1 had it
    if name == "padding":
        return _margins(value)
    return value


_MARGINS = (("left_pad", "right_pad"), ("top_pad", "bottom_pad", "left_pad", "right_pad"))
"""What Keras 1 called the sides of a signal and of an image, where ``padding`` was a dict."""


def _margins(value: Any) -> Any:
    """Return ``padding`` of one number for each side of an image as pairs, a dict of the sides likewise."""
    if isinstance(value, dict):
        names = next((names for names in _MARGINS if value.keys() <= set(names)), None)
        if names is None:
            return value
        value = tuple(value.get(name, 0) for name in names)
    if isinstance(value, list | tuple) and len(value) == 4:
        return (tuple(value[:2]), tuple(value[2:]))
    return value


def _from_keras1(
    dialect: Dialect, positional: Sequence[Any], keywords: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Today's keywords of a Keras 1 call; None where it cannot be read as one."""
    names = dialect.positional
    if len(positional) > len(names) or any(name in keywords for name in names[: len(positional)]):
        return None
    given = dict(zip(names, positional, strict=False)) | dict(keywords)
    present = [name for name in dialect.kernel if name in given]
    if present and len(present) < len(dialect.kernel):
        return None
    found: dict[str, Any] = {}
    if present:
        found["kernel_size"] = tuple(given[name] for name in dialect.kernel)
    for name, value in given.items():
        new = dialect.renamed.get(name, name)
        if new and name not in dialect.kernel:
            found[new] = _value(name, value)
    return found


def _renamed(renamed: Mapping[str, str], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keywords alone under today's names, the positional arguments being today's."""
    pairs = [(renamed.get(name, name), _value(name, value)) for name, value in keywords.items()]
    return {name: value for name, value in pairs if name}


# Keras 2 --------------------------------------------------------------------------------------------

_DROPPED: Mapping[tuple[str, ...], tuple[str, ...]] = {
    # classes: what Keras 2 wrote into their configurations that Keras 3 does not know, of no bearing
    # on shapes. time_major is off here: on, it makes another class.
    ("BatchNormalization",): ("fused", "virtual_batch_size", "adjustment", "mode"),
    ("LSTM", "GRU", "SimpleRNN", "LSTMCell", "GRUCell", "SimpleRNNCell"): ("implementation", "time_major"),
    ("RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"): ("implementation", "time_major"),
    ("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"): ("groups",),
    ("Convolution1DTranspose", "Convolution2DTranspose", "Convolution3DTranspose"): ("groups",),
    ("DepthwiseConv1D", "DepthwiseConv2D"): ("groups",),
    ("SeparableConv1D", "SeparableConv2D", "SeparableConvolution1D", "SeparableConvolution2D"): (
        *("groups", "kernel_initializer", "kernel_regularizer", "kernel_constraint"),
    ),
    ("MultiHeadAttention",): ("softmax_robust_masking", "query_shape", "key_shape", "value_shape"),
    ("Softmax",): ("robust_masking",),
    ("Attention", "AdditiveAttention"): ("causal",),
    ("Embedding",): ("sparse",),
    ("Lambda",): ("function_type", "module", "output_shape_type", "output_shape_module"),
    ("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"): ("noise_shape",),
    (
        *("RandomBrightness", "RandomContrast", "RandomCrop", "RandomFlip", "RandomHeight", "RandomRotation"),
        *("RandomTranslation", "RandomWidth", "RandomZoom"),
    ): ("rng_type",),
}

RENAMED_KEYWORDS: Mapping[str, Mapping[str, str]] = {
    **{name: dict.fromkeys(keywords, DROP) for names, keywords in _DROPPED.items() for name in names},
    "LeakyReLU": {"alpha": "negative_slope"},
    "Discretization": {"bins": "bin_boundaries"},
    "CategoryEncoding": {"max_tokens": "num_tokens"},
}
"""Keywords of Keras 2 that Keras 3 calls otherwise, or that it dropped."""

MERGE_MODES: Mapping[str, str] = {
    "sum": "Add",
    "mul": "Multiply",
    "concat": "Concatenate",
    "ave": "Average",
    "max": "Maximum",
    "dot": "Dot",
    "cos": "Dot",
}
_MERGE_POSITIONAL = ("layers", "mode", "concat_axis", "dot_axes", "output_shape", "output_mask", "arguments")


def _merge(positional: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
    """``Merge(layers, mode=…)`` and ``merge(inputs, mode=…)``: today's layer, without the inputs."""
    given = dict(zip(_MERGE_POSITIONAL, positional, strict=False)) | dict(keywords)
    mode = given.get("mode", "sum")
    if not isinstance(mode, str) or mode not in MERGE_MODES:
        return "Merge", (), {name: value for name, value in given.items() if name != "layers"}
    kept = {"name": given["name"]} if "name" in given else {}
    if mode == "concat":
        kept["axis"] = given.get("concat_axis", -1)
    if mode in ("dot", "cos"):
        kept["axes"] = _dot_axes(given.get("dot_axes", -1))
        kept["normalize"] = mode == "cos"
    return MERGE_MODES[mode], (), kept


def _dot_axes(axes: Any) -> Any:
    """Keras 1 wrote ``[1, 2]`` as ``[[1], [2]]`` too."""
    if isinstance(axes, list | tuple) and all(isinstance(a, list | tuple) and len(a) == 1 for a in axes):
        return [axis[0] for axis in axes]
    return axes


def merged_layers(positional: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """Return what a ``Merge`` or ``merge`` call merges: its first argument, None where it is not given."""
    return positional[0] if positional else keywords.get("layers", keywords.get("inputs"))


def split_initial_state(
    class_name: str, inputs: Any, keywords: Mapping[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """``lstm([x, h, c])`` of Keras 2 as Keras 3 has it: ``x`` and the keyword ``initial_state=[h, c]``."""
    known = dict(keywords)
    if class_name in RECURRENT and isinstance(inputs, list | tuple) and len(inputs) > 1:
        return inputs[0], {"initial_state": list(inputs[1:])} | known
    return inputs, known


RECURRENT = frozenset(
    ["LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"]
)


CHANGED = (
    frozenset(
        name
        for table in (CUDNN_CLASSES, SPELLINGS, DIALECTS, KERAS1_CLASSES, RENAMED_CLASSES, RENAMED_KEYWORDS)
        for name in table
    )
    | RECURRENT
)
"""The classes that an older Keras spelt in another way; all others are today's already."""


def translate(
    class_name: str, positional: Sequence[Any], keywords: Mapping[str, Any], keras1: bool = False
) -> Call:
    """Return a constructor call of any Keras as one of Keras 3: (class name, positional
    arguments, keywords).

    ``keras1`` says that the program is known to be written for Keras 1, where ``Convolution2D(32, 3, 3)`` has
    a kernel of (3, 3). A call that is Keras 3 already comes back as it is, and so does one that makes no
    sense in any Keras: binding it then says what is wrong. Never raises.
    """
    class_name = class_name.rsplit(".", 1)[-1]  # experimental.preprocessing.Rescaling
    if class_name in ("Merge", "merge"):
        return _merge(positional, keywords)
    arguments, given = tuple(positional), dict(keywords)
    if class_name not in CHANGED and not keras1:
        return class_name, arguments, given
    if class_name in CUDNN_CLASSES:
        given = dict(zip(_CUDNN_POSITIONAL[class_name], arguments, strict=False)) | given
        class_name, arguments = CUDNN_CLASSES[class_name], ()
    class_name, arguments, given = _translated_keras1(class_name, arguments, given, keras1)
    class_name = RENAMED_CLASSES.get(class_name, class_name)
    if given.get("time_major") is True and class_name in RECURRENT:
        return "TimeMajorRNN", (), {name: value for name, value in given.items() if name in COMMON_PARAMETERS}
    renamed = RENAMED_KEYWORDS.get(class_name)
    return class_name, arguments, _renamed(renamed, given) if renamed else given


_OF_TODAY = frozenset(["padding", "strides", "data_format"])


def has_sides_as_numbers(class_name: str, positional: Sequence[Any], keywords: Mapping[str, Any]) -> bool:
    """Tell whether a call gives a number for each side of a kernel, as Keras 1 had it: ``Conv2D(32, 3, 3)``.

    Up to 2.3 Keras 2 read these as the kernel too (``conv2d_args_preprocessor`` of its
    ``legacy/interfaces.py``) and refused them together with the names of today; since then they are the
    kernel and the strides. A kernel of 1 is the same in both.
    """
    dialect = DIALECTS.get(SPELLINGS.get(class_name, class_name))
    if dialect is None or not dialect.kernel or len(positional) != 1 + len(dialect.kernel):
        return False
    sides = positional[1:]
    return all(type(side) is int for side in sides) and set(sides) != {1} and _OF_TODAY.isdisjoint(keywords)


def _translated_keras1(
    class_name: str, positional: tuple[Any, ...], keywords: dict[str, Any], keras1: bool
) -> Call:
    spelling = SPELLINGS.get(class_name, class_name)
    dialect = DIALECTS.get(spelling)
    today = KERAS1_CLASSES.get(class_name, class_name)
    if dialect is None:
        return class_name, positional, keywords
    is_keras1 = keras1 or class_name in KERAS1_CLASSES or not dialect.only_then.isdisjoint(keywords)
    if spelling == "Deconvolution2D" and "output_shape" in keywords:
        is_keras1 = True
    if not is_keras1:
        return "Conv2DTranspose" if class_name == "Deconvolution2D" else class_name, positional, keywords
    found = (
        None
        if _is_todays_order(dialect, positional, keywords)
        else _from_keras1(dialect, positional, keywords)
    )
    if found is None and class_name in DECONVOLUTIONS:
        # up to 2.3 Keras 2 took the shape of Keras 1 and computed its own
        rest = {name: value for name, value in keywords.items() if name != "output_shape"}
        return "Conv2DTranspose", positional, _renamed(dialect.renamed, rest)
    if found is None:
        return today, positional, _renamed(dialect.renamed, keywords)
    if class_name in DECONVOLUTIONS and "output_shape" in found:
        today = "Deconvolution2D"
    elif spelling == "Deconvolution2D":
        found.pop("output_shape", None)  # by its name of Keras 2 it computes its own
    return today, (), found


def _is_todays_order(dialect: Dialect, positional: Sequence[Any], keywords: Mapping[str, Any]) -> bool:
    """``Conv2D(32, (3, 3), border_mode="same")``: Keras 2 took its own order together with older keywords."""
    if not dialect.kernel or len(positional) < 2:
        return False
    sides = len(positional) - 1 + sum(name in keywords for name in dialect.kernel)
    return isinstance(positional[1], list | tuple) or sides < len(dialect.kernel)
