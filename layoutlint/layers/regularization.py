"""Dropout, noise and penalties: they act while training, and no shape changes.

Facts from ``keras/src/layers/regularization``.
"""

from __future__ import annotations

from layoutlint.layers.activation import elementwise, unchanged
from layoutlint.layers.checks import check_between, refused
from layoutlint.layers.spatial import spatial_reads
from layoutlint.layers.spec import LayerArguments, LayerSpec, layer
from layoutlint.model.sizes import Expression


def _check_rate(arguments: LayerArguments) -> None:
    check_between(arguments, "rate", 0, 1)


def _check_stddev(arguments: LayerArguments) -> None:
    check_between(arguments, "stddev", 0, 1)


def _check_dropout(arguments: LayerArguments) -> None:
    _check_rate(arguments)
    noise = arguments["noise_shape"]
    if noise is None or isinstance(noise, Expression):
        return
    if not isinstance(noise, list | tuple) or not all(_is_noise_size(size) for size in noise):
        raise refused(arguments, "noise_shape", "a tuple of positive integers and None")


def _is_noise_size(size: object) -> bool:
    return size is None or isinstance(size, Expression) or (isinstance(size, int) and size > 0)


def _spatial_check(arguments: LayerArguments) -> None:
    _check_rate(arguments)
    if not isinstance(arguments["data_format"], Expression):
        _ = arguments.channels_first


def _spatial_dropout(rank: int) -> LayerSpec:
    data_format = "" if rank == 1 else "data_format=None, "
    return layer(
        f"SpatialDropout{rank}D",
        f"rate, {data_format}seed=None, name=None, dtype=None",
        unchanged,
        reads=spatial_reads(rank),
        rank=rank + 2,
        keeps_axes=True,
        check=_spatial_check,
    )


LAYERS: tuple[LayerSpec, ...] = (
    elementwise("Dropout", "rate, noise_shape=None, seed=None", check=_check_dropout),
    elementwise("AlphaDropout", "rate, noise_shape=None, seed=None", check=_check_rate),
    elementwise("GaussianDropout", "rate, seed=None", check=_check_rate),
    elementwise("GaussianNoise", "stddev, seed=None", check=_check_stddev),
    elementwise("ActivityRegularization", "l1=0.0, l2=0.0"),
    *(_spatial_dropout(rank) for rank in (1, 2, 3)),
)

KERAS_2: tuple[LayerSpec, ...] = (
    # only Dropout looks at its rate
    elementwise("AlphaDropout", "rate, noise_shape=None, seed=None"),
    elementwise("GaussianDropout", "rate, seed=None"),
    elementwise("GaussianNoise", "stddev, seed=None"),
)
