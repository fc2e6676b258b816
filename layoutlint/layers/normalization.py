"""Normalisations: statistics along some axes, with weights along others; no shape changes.

Facts from ``keras/src/layers/normalization``.
"""

from __future__ import annotations

from msgspec.structs import replace

from layoutlint.layers import registry
from layoutlint.layers.activation import reading_along
from layoutlint.layers.checks import axis_at, check_defined, check_positive, known_axes, refused
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, is_number, modulo

_GAMMA_BETA = (
    "beta_initializer='zeros', gamma_initializer='ones', {moving}beta_regularizer=None, "
    "gamma_regularizer=None, beta_constraint=None, gamma_constraint=None"
)


def _reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return reading_along(arguments, shape, "features")


def _along(arguments: LayerArguments, shape: Shape) -> tuple[Size, ...] | None:
    """Return the sizes of the axes that ``axis`` names, in ascending order as given; None where it is
    unknown.
    """
    axes = known_axes(arguments, "axis")
    return None if axes is None else tuple(axis_at(arguments, shape, index).size for index in sorted(axes))


def _known_along(arguments: LayerArguments, shape: Shape) -> tuple[Size, ...]:
    sizes = _along(arguments, shape)
    if sizes is None:
        raise UndeterminedError(f"axis is {arguments['axis']}")
    return sizes


def _weighted(arguments: LayerArguments, shape: Shape) -> Shape:
    """Return the input, once its axes are found fit to carry weights."""
    for size in _along(arguments, shape) or ():
        check_defined(arguments, size, f"axis {arguments['axis']} of the input", shape)
    return shape


def _gamma_beta(arguments: LayerArguments, sizes: tuple[Size, ...]) -> Weights:
    weights: Weights = {}
    if arguments.flag("scale"):
        weights["gamma"] = sizes
    if arguments.flag("center"):
        weights["beta"] = sizes
    return weights


def _check_batch(arguments: LayerArguments) -> None:
    if not isinstance(arguments["axis"], int | Expression):
        raise refused(arguments, "axis", "an integer")


def _batch_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    sizes = _known_along(arguments, shape)
    names = ["moving_mean", "moving_variance"]
    if arguments.flag("renorm"):
        names += ["moving_stddev", "renorm_mean", "renorm_stddev"]
    return _gamma_beta(arguments, sizes) | dict.fromkeys(names, sizes)


def _check_axes(arguments: LayerArguments) -> None:
    known_axes(arguments, "axis")


def _layer_normalization(arguments: LayerArguments, shape: Shape) -> Shape:
    flags = [arguments[name] for name in ("scale", "center", "rms_scaling")]
    if any(flags) and not any(isinstance(flag, Expression) for flag in flags):
        return _weighted(arguments, shape)
    _along(arguments, shape)
    return shape


def _layer_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    sizes = _known_along(arguments, shape)
    if arguments["rms_scaling"]:
        return {"gamma": sizes}
    return _gamma_beta(arguments, sizes)


def _check_group(arguments: LayerArguments) -> None:
    if arguments["groups"] != -1:
        check_positive(arguments, "groups")


def _group_axis(arguments: LayerArguments) -> int:
    axis = arguments.known("axis")
    if not isinstance(axis, int):
        raise refused(arguments, "axis", "an integer")
    return axis


def _group_normalization(arguments: LayerArguments, shape: Shape) -> Shape:
    if isinstance(arguments["axis"], Expression):
        return shape
    size = axis_at(arguments, shape, _group_axis(arguments)).size
    check_defined(arguments, size, f"axis {arguments['axis']} of the input", shape)
    groups = arguments.size("groups")
    if groups == -1:
        return shape
    rest = modulo(size, groups)
    if is_number(rest) and rest != 0:
        raise ShapeError(
            ErrorKind.DIVISIBILITY,
            f"Number of groups ({groups}) must divide the number of channels ({size})",
            groups=groups,
            channels=size,
        )
    return shape


def _group_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    return _gamma_beta(arguments, (axis_at(arguments, shape, _group_axis(arguments)).size,))


def _unit_normalization(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    if isinstance(inputs, Shape):
        for index in known_axes(arguments, "axis") or ():
            axis_at(arguments, inputs, index)
    return inputs


def _rms_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    return {"scale": _known_along(arguments, shape)}


# --- SpectralNormalization: a wrapper


def _wrapped(arguments: LayerArguments) -> LayerSpec | None:
    """Return the entry of the wrapped layer's class; None for a class that nobody knows."""
    return registry.find(getattr(arguments["layer"], "class_name", ""))


def _kernel(arguments: LayerArguments, shape: Shape) -> Weights | None:
    """Return the weights of the wrapped layer; None where they are not known."""
    spec = _wrapped(arguments)
    if spec is None:
        return None
    layer_arguments = LayerArguments(spec.name, arguments["layer"].config, {}, arguments.infer)
    if spec.weights is not None:
        return spec.weights(layer_arguments, shape)
    return {} if spec.keeps_axes else None


def _check_spectral(arguments: LayerArguments) -> None:
    check_positive(arguments, "power_iterations")


def _spectral(arguments: LayerArguments, shape: Shape) -> Shapes:
    """Return what the wrapped layer makes of the input; it must have a ``kernel`` or ``embeddings``."""
    if arguments.infer is None:
        raise UndeterminedError("the wrapped layer is unknown")
    outputs = arguments.infer(arguments["layer"], shape)
    weights = _kernel(arguments, shape)
    if weights is not None and not weights.keys() & {"kernel", "embeddings"}:
        name = getattr(arguments["layer"], "class_name", "")
        raise ShapeError(ErrorKind.ARGUMENT, f"{name} object has no attribute 'kernel' nor 'embeddings'")
    return outputs


def _spectral_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    weights = _kernel(arguments, shape)
    if weights is None:
        raise UndeterminedError("the weights of the wrapped layer are unknown")
    kernel = weights.get("kernel") or weights["embeddings"]
    return {"vector_u": (1, kernel[-1])} | weights


def _spectral_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    spec = _wrapped(arguments)
    if spec is None:
        return ("batch", "...")
    if callable(spec.reads):
        return spec.reads(LayerArguments(spec.name, arguments["layer"].config, {}, arguments.infer), shape)
    return spec.reads


_BATCH = layer(
    "BatchNormalization",
    "axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, "
    + _GAMMA_BETA.format(moving="moving_mean_initializer='zeros', moving_variance_initializer='ones', ")
    + ", renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False",
    _weighted,
    reads=_reads,
    keeps_axes=True,
    weights=_batch_weights,
    check=_check_batch,
)


def _batch_weights_of_several_axes(arguments: LayerArguments, shape: Shape) -> Weights:
    axes = known_axes(arguments, "axis")
    if axes is not None and len(axes) > 1:
        raise UndeterminedError("its weights have an axis of 1 for each axis that is not normalised")
    return _batch_weights(arguments, shape)


LAYERS: tuple[LayerSpec, ...] = (
    _BATCH,
    layer(
        "LayerNormalization",
        "axis=-1, epsilon=0.001, center=True, scale=True, " + _GAMMA_BETA.format(moving=""),
        _layer_normalization,
        reads=_reads,
        keeps_axes=True,
        weights=_layer_weights,
        check=_check_axes,
        accepts=("rms_scaling",),
    ),
    layer(
        "GroupNormalization",
        "groups=32, axis=-1, epsilon=0.001, center=True, scale=True, " + _GAMMA_BETA.format(moving=""),
        _group_normalization,
        reads=_reads,
        keeps_axes=True,
        weights=_group_weights,
        check=_check_group,
    ),
    layer(
        "UnitNormalization",
        "axis=-1",
        _unit_normalization,
        reads=_reads,
        many=True,
        keeps_axes=True,
        check=_check_axes,
    ),
    layer(
        "RMSNormalization",
        "axis=-1, epsilon=1e-06",
        _weighted,
        reads=_reads,
        keeps_axes=True,
        weights=_rms_weights,
    ),
    layer(
        "SpectralNormalization",
        "layer, power_iterations=1",
        _spectral,
        reads=_spectral_reads,
        weights=_spectral_weights,
        check=_check_spectral,
    ),
)

KERAS_2: tuple[LayerSpec, ...] = (replace(_BATCH, check=_check_axes, weights=_batch_weights_of_several_axes),)
