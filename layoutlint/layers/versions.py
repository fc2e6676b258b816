"""Keywords that only some versions of Keras take, and a constructor's arguments bound in one of them.

What else differs by version is a family's table ``KERAS_2``. Held against Keras 3.15 and tf_keras 2.20, class
by class. Keras 1 has keywords of its own, which ``legacy`` translates: of them nothing is said here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, Final

from msgspec import Struct

from layoutlint.layers.registry import earlier, find
from layoutlint.layers.spec import LayerSpec
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.graph import Layer
from layoutlint.model.keras_version import BEFORE_3, LATEST, ONLY_3, Version

_RECURRENT: Final = "LSTM GRU SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D"
_AUGMENTING: Final = (
    "RandomBrightness RandomContrast RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom"
)


class Keywords(Struct, frozen=True):
    """Keywords that the constructors of some classes (all, where none are named) take in ``versions`` alone.

    ``but`` are the classes that take them in every version.
    """

    versions: frozenset[Version]
    names: str
    classes: str = ""
    but: str = ""


KEYWORDS: Final = (
    Keywords(BEFORE_3, "batch_input_shape batch_size dynamic", but="InputLayer HashedCrossing"),
    Keywords(BEFORE_3, "weights", but="Embedding Bidirectional HashedCrossing"),
    Keywords(BEFORE_3, "input_length time_major", _RECURRENT),
    Keywords(BEFORE_3, "implementation", but="LSTM GRU LSTMCell GRUCell"),
    Keywords(BEFORE_3, "fused virtual_batch_size adjustment", "BatchNormalization"),
    Keywords(
        BEFORE_3, "groups", "Conv1DTranspose Conv2DTranspose Conv3DTranspose SeparableConv1D SeparableConv2D"
    ),
    Keywords(BEFORE_3, "groups", "DepthwiseConv1D DepthwiseConv2D"),
    Keywords(
        BEFORE_3,
        "kernel_initializer kernel_regularizer kernel_constraint",
        "SeparableConv1D SeparableConv2D DepthwiseConv1D DepthwiseConv2D",
    ),
    Keywords(BEFORE_3, "noise_shape", "SpatialDropout1D SpatialDropout2D SpatialDropout3D"),
    Keywords(BEFORE_3, "causal", "Attention AdditiveAttention"),
    Keywords(BEFORE_3, "sparse", "Embedding"),
    Keywords(BEFORE_3, "rng_type", _AUGMENTING),
    Keywords(ONLY_3, "lora_rank lora_alpha quantization_config", "Dense EinsumDense Embedding"),
    Keywords(ONLY_3, "lora_rank lora_alpha", "Conv1D Conv2D Conv3D"),
    Keywords(ONLY_3, "use_cudnn", "LSTM GRU"),
    Keywords(ONLY_3, "seed", "SimpleRNN ConvLSTM1D ConvLSTM2D ConvLSTM3D MultiHeadAttention"),
    Keywords(ONLY_3, "flash_attention sliding_window use_gate", "MultiHeadAttention"),
    Keywords(ONLY_3, "data_format", "ZeroPadding1D Resizing CenterCrop"),
    Keywords(ONLY_3, "data_format", "RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom"),
    Keywords(ONLY_3, "pad_to_aspect_ratio antialias fill_mode fill_value", "Resizing"),
    Keywords(ONLY_3, "negative_slope", "LeakyReLU"),
)


class VersionDifference(Struct, frozen=True):
    """What the layers of some ``versions`` alone take: the words for it, and one such use of a layer.

    ``shape`` is that of the input, the batch first. The tables ``KERAS_2`` of the families say the same.
    """

    versions: frozenset[Version]
    words: str
    class_name: str
    arguments: Mapping[str, Any]
    shape: tuple[int | None, ...]


_SIGNAL: Final = (None, 12, 8)
_IMAGE: Final = (None, 12, 10, 8)
_VIDEO: Final = (None, 5, 12, 10, 8)
_WINDOW: Final = {"filters": 4, "kernel_size": 3}

DIFFERENCES: Final = (
    VersionDifference(BEFORE_3, "no `pool_size`", "AveragePooling1D", {}, _SIGNAL),
    VersionDifference(BEFORE_3, "no `pool_size`", "AveragePooling2D", {}, _IMAGE),
    VersionDifference(BEFORE_3, "no `pool_size`", "AveragePooling3D", {}, _VIDEO),
    VersionDifference(BEFORE_3, "more axes in front: each row is convolved", "Conv1D", _WINDOW, _IMAGE),
    VersionDifference(BEFORE_3, "more axes in front: each row is convolved", "Conv1D", _WINDOW, _VIDEO),
    VersionDifference(BEFORE_3, "more axes in front: each row is convolved", "Conv2D", _WINDOW, _VIDEO),
    VersionDifference(
        BEFORE_3, "`padding` in capitals", "MaxPooling2D", {"pool_size": 2, "padding": "VALID"}, _IMAGE
    ),
    VersionDifference(
        BEFORE_3, "`padding` in capitals", "AveragePooling1D", {"pool_size": 2, "padding": "SAME"}, _SIGNAL
    ),
    VersionDifference(BEFORE_3, "a float as a number of units", "Dense", {"units": 4.0}, _SIGNAL),
    VersionDifference(
        BEFORE_3, "a float as a number of filters", "Conv2D", {"filters": 4.0, "kernel_size": 3}, _IMAGE
    ),
    VersionDifference(
        BEFORE_3,
        "a float as a number of filters",
        "SeparableConv1D",
        {"filters": 4.0, "kernel_size": 3},
        _SIGNAL,
    ),
    VersionDifference(
        BEFORE_3,
        "a float as a number of filters",
        "Conv2DTranspose",
        {"filters": 4.0, "kernel_size": 3},
        _IMAGE,
    ),
    VersionDifference(BEFORE_3, "a float as a factor", "UpSampling1D", {"size": 2.0}, _SIGNAL),
    VersionDifference(BEFORE_3, "several axes", "BatchNormalization", {"axis": [1, 2]}, _SIGNAL),
    VersionDifference(BEFORE_3, "a rate or deviation above 1", "GaussianNoise", {"stddev": 1.5}, _SIGNAL),
    VersionDifference(BEFORE_3, "a rate or deviation above 1", "GaussianDropout", {"rate": 1.5}, _SIGNAL),
    VersionDifference(BEFORE_3, "a rate or deviation above 1", "AlphaDropout", {"rate": 1.5}, _SIGNAL),
    VersionDifference(
        ONLY_3,
        "strides together with dilation",
        "SeparableConv2D",
        {**_WINDOW, "strides": 2, "dilation_rate": 2},
        _IMAGE,
    ),
    VersionDifference(
        ONLY_3,
        "strides together with dilation",
        "DepthwiseConv1D",
        {"kernel_size": 3, "strides": 2, "dilation_rate": 2},
        _SIGNAL,
    ),
)


@cache
def taking(class_name: str, name: str) -> frozenset[Version] | None:
    """Return the versions that alone take a keyword of a class; None where they are all, or none, of them."""
    for row in KEYWORDS:
        if name in row.names.split() and class_name not in row.but.split():
            classes = row.classes.split()
            if not classes or class_name in classes:
                return row.versions
    return None


class Bound(Struct, frozen=True):
    """The arguments of a constructor, bound: every parameter's value.

    ``refusal`` is the error of the versions that do not take them, where nothing says which version it is.
    """

    config: dict[str, Any]
    refusal: ShapeError | None = None


def bind(
    class_name: str,
    positional: Sequence[Any],
    keywords: Mapping[str, Any],
    written: frozenset[str],
    keras: Version | None,
) -> Bound:
    """Return the arguments of a constructor as a version of Keras binds them; with None as any
    version does.

    ``class_name`` and ``keywords`` are those of Keras 3, ``written`` the keywords that the author wrote.
    Raises ShapeError where that version, or every version, refuses them.
    """
    if _is_of_all_versions(class_name, written):
        return Bound(_spec(class_name, keras or LATEST).bind(positional, keywords))
    attempt = partial(_attempt, class_name, positional, keywords, written)
    mine = attempt(2 if keras in BEFORE_3 else LATEST)
    if keras is not None and not isinstance(mine, ShapeError):
        return Bound(mine)
    other = attempt(LATEST if keras in BEFORE_3 else 2)
    if isinstance(mine, ShapeError) and isinstance(other, ShapeError):
        raise mine
    now, before = (other, mine) if keras in BEFORE_3 else (mine, other)
    if isinstance(now, ShapeError):
        refusal, config = now.only_of(ONLY_3), before
    elif isinstance(before, ShapeError):
        refusal, config = before.only_of(BEFORE_3), now
    else:
        return Bound(mine)  # type: ignore[arg-type]
    if keras in (refusal.versions or ()) and keras != 1:
        raise refusal
    return Bound(config, None if keras is not None else refusal)  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def _is_of_all_versions(class_name: str, written: frozenset[str]) -> bool:
    """Tell whether all versions of Keras take a class and these keywords of it."""
    return class_name not in earlier() and all(taking(class_name, name) is None for name in written)


def _spec(class_name: str, keras: Version) -> LayerSpec:
    spec = find(class_name, keras)
    assert spec is not None, class_name
    return spec


def _attempt(
    class_name: str,
    positional: Sequence[Any],
    keywords: Mapping[str, Any],
    written: frozenset[str],
    keras: Version,
) -> dict[str, Any] | ShapeError:
    try:
        return _bound(class_name, positional, keywords, written, keras)
    except ShapeError as error:
        return error


def _bound(
    class_name: str,
    positional: Sequence[Any],
    keywords: Mapping[str, Any],
    written: frozenset[str],
    keras: Version,
) -> dict[str, Any]:
    spec = _spec(class_name, keras)
    for name in sorted(written):
        taken = taking(spec.name, name)
        if taken is not None and keras not in taken and keras != 1:
            raise ShapeError(ErrorKind.ARGUMENT, f"{spec.name} has no argument {name}")
    return spec.bind(positional, keywords)


def differs(layer: Layer) -> bool:
    """Tell whether the versions of Keras may make different things of a layer's input."""
    if layer.class_name in earlier():
        return True
    inner = (value for value in layer.config.values() if isinstance(value, Layer))
    return any(differs(each) for each in inner)


def is_stricter_in_keras_2(layer: Layer) -> bool:
    """Tell whether Keras 2 may refuse an input, or arguments, of a layer that Keras 3 takes."""
    spec, inner = earlier().get(layer.class_name), layer.config.get("layer")
    return (spec is not None and spec.stricter) or (
        isinstance(inner, Layer) and is_stricter_in_keras_2(inner)
    )
