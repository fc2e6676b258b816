"""What each of Keras's losses asks of a target: how its shape must fit the output's, and what happens if not.

Before a loss looks at them, Keras squeezes or adds a trailing axis of 1 where the ranks differ by one. Then
the crossentropies check the shapes, and the other losses compute with them: numpy's broadcasting decides,
often in silence. Sources: ``keras/src/losses/loss.py`` (``squeeze_or_expand_to_same_rank``),
``keras/src/losses/losses.py``, ``keras/src/backend/tensorflow/nn.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.sizes import Size, symbol


class Wants(StrEnum):
    """What a loss takes for a target."""

    LABELS = "labels"
    """Whole numbers, one for each row of the output's last axis."""
    ONE_HOT = "one-hot"
    """Rows as long as the output's, one value for each class."""
    ALIKE = "alike"
    """The output's own shape."""
    SEQUENCES = "sequences"
    """Rows of labels, as long as the author likes."""


class LossOutcome(StrEnum):
    """What becomes of a target beside an output."""

    FITS = "fits"
    REFUSED = "refused"
    """Keras raises."""
    BROADCAST = "broadcast"
    """It computes in silence, one value against several."""


class Meeting(Struct, frozen=True):
    """A target beside an output: both as the loss sees them, and what becomes of it (None: unknown).

    ``message`` is what Keras would say. The batch is axis 0 of both.
    """

    target: Shape
    output: Shape
    outcome: LossOutcome | None
    message: str | None = None


_BATCH: Final = symbol("batch")
"""The number of samples of a batch: no other size equals it."""

Judge = Callable[[Shape, Shape], Meeting]


class Contract(Struct, frozen=True):
    """What a loss wants, and how it judges shapes whose trailing axis is squeezed or added."""

    wants: Wants
    judge: Judge


def losses_of_keras() -> tuple[str, ...]:
    """Return the names of the losses that are known, as Keras calls their functions."""
    return tuple(_CONTRACTS)


def contract_of(name: str | None) -> Contract | None:
    """Return the contract of a loss by Keras's own name of its function; None for what is not in Keras."""
    return None if name is None else _CONTRACTS.get(name)


def meet(name: str | None, options: Mapping[str, Any], target: Shape, output: Shape) -> Meeting | None:
    """Return what becomes of a target beside an output, both with the samples (or the batch)
    first.

    None for a loss that is not Keras's own, and where even the ranks leave it open. A batch of one sample is
    a batch of one; otherwise the batch is taken for a number that is no other axis's.
    """
    contract = contract_of(name)
    if contract is None or not output.rank or not target.rank or options.get("axis", -1) != -1:
        return None
    batch: Size = 1 if target[0].size == 1 else _BATCH
    fitted = squeezed_or_expanded(
        Shape((Axis(batch), *target[1:])),
        Shape((Axis(batch), *output[1:])),
    )
    return None if fitted is None else contract.judge(*fitted)


def squeezed_or_expanded(target: Shape, output: Shape) -> tuple[Shape, Shape] | None:
    """Return both after ``squeeze_or_expand_to_same_rank``; None where the size of a trailing axis decides
    it.
    """
    difference = output.rank - target.rank
    if abs(difference) != 1:
        return target, output
    longer, shorter = (output, target) if difference == 1 else (target, output)
    if longer[-1].size != 1:
        return (target, output) if isinstance(longer[-1].size, int) else None
    if shorter.rank == 1:
        shorter = Shape((*shorter, Axis(1)))
    else:
        longer = Shape(longer[:-1])
    return (shorter, longer) if difference == 1 else (longer, shorter)


# ---------------------------------------------------------------------- how losses judge


def _labels(target: Shape, output: Shape) -> Meeting:
    """``sparse_categorical_crossentropy``: the output's shape without its last axis."""
    if target.rank == output.rank and target[-1].size == 1:
        target = Shape(target[:-1])
    shown = _shown(target, output)
    if target.rank == output.rank and not isinstance(target[-1].size, int):
        return Meeting(target, output, None)
    if target.rank != output.rank - 1:
        return Meeting(
            target,
            output,
            LossOutcome.REFUSED,
            f"Argument `output` must have rank (ndim) `target.ndim - 1`. Received: {shown}",
        )
    message = f"Arguments `target` and `output` must have the same shape up until the last dimension: {shown}"
    return _alike_in(target, Shape(output[:-1]), Meeting(target, output, LossOutcome.REFUSED, message))


def _alike(target: Shape, output: Shape) -> Meeting:
    """Crossentropies of the same shape, checked axis by axis."""
    shown = _shown(target, output)
    if target.rank != output.rank:
        message = f"Arguments `target` and `output` must have the same rank (ndim). Received: {shown}"
        return Meeting(target, output, LossOutcome.REFUSED, message)
    message = f"Arguments `target` and `output` must have the same shape. Received: {shown}"
    return _alike_in(target, output, Meeting(target, output, LossOutcome.REFUSED, message))


def _alike_in(one: Shape, other: Shape, refused: Meeting) -> Meeting:
    """``refused`` if an axis differs, the same with another outcome if none does or nobody knows."""
    answers = [sizes.equal(a, b) for a, b in zip(one.sizes, other.sizes, strict=True)]
    if False in answers:
        return refused
    return Meeting(refused.target, refused.output, None if None in answers else LossOutcome.FITS)


def _broadcast(target: Shape, output: Shape) -> Meeting:
    """Losses that compute value by value: axes of 1, and missing ones in front, are repeated."""
    rank = max(target.rank, output.rank)
    one, other = (Shape([Axis(1)] * (rank - s.rank) + list(s)) for s in (target, output))
    answers = [_paired(a, b) for a, b in zip(one.sizes, other.sizes, strict=True)]
    if LossOutcome.REFUSED in answers:
        message = f"the shapes {_seen(target)} and {_seen(output)} cannot be broadcast together"
        return Meeting(target, output, LossOutcome.REFUSED, message)
    if None in answers:
        return Meeting(target, output, None)
    stretched = target.rank != output.rank or LossOutcome.BROADCAST in answers
    return Meeting(target, output, LossOutcome.BROADCAST if stretched else LossOutcome.FITS)


def _paired(one: Size, other: Size) -> LossOutcome | None:
    """Return what becomes of two axes that lie over each other; None if nobody knows."""
    same = sizes.equal(one, other)
    if same:
        return LossOutcome.FITS
    known = all(isinstance(size, int) or size == _BATCH for size in (one, other))
    if 1 in (one, other):
        return LossOutcome.BROADCAST if known else None
    return LossOutcome.REFUSED if known or same is False else None


def _sequences(target: Shape, output: Shape) -> Meeting:
    """``ctc``: (batch, labels) beside (batch, steps, classes)."""
    if target.rank != 2:
        message = (
            "Targets `y_true` are expected to be a tensor of shape `(batch_size, max_length)` in integer "
            f"format. Received: y_true.shape={_seen(target)}"
        )
        return Meeting(target, output, LossOutcome.REFUSED, message)
    if output.rank != 3:
        message = (
            "Logits `y_pred` are expected to be a tensor of shape `(batch_size, max_length, num_classes)`. "
            f"Received: y_pred.shape={_seen(output)}"
        )
        return Meeting(target, output, LossOutcome.REFUSED, message)
    return Meeting(target, output, LossOutcome.FITS)


def _shown(target: Shape, output: Shape) -> str:
    return f"target.shape={_seen(target)}, output.shape={_seen(output)}"


def _seen(shape: Shape) -> str:
    """Return a shape with the batch as Keras shows it."""
    return str(Shape((Axis(None), *shape[1:])))


_CONTRACTS: Final[Mapping[str, Contract]] = {
    "sparse_categorical_crossentropy": Contract(Wants.LABELS, _labels),
    "categorical_crossentropy": Contract(Wants.ONE_HOT, _alike),
    "categorical_focal_crossentropy": Contract(Wants.ONE_HOT, _broadcast),
    "categorical_hinge": Contract(Wants.ONE_HOT, _broadcast),
    "binary_crossentropy": Contract(Wants.ALIKE, _alike),
    "binary_focal_crossentropy": Contract(Wants.ALIKE, _alike),
    "ctc": Contract(Wants.SEQUENCES, _sequences),
    **{
        name: Contract(Wants.ALIKE, _broadcast)
        for name in [
            "mean_squared_error",
            "mean_absolute_error",
            "mean_absolute_percentage_error",
            "mean_squared_logarithmic_error",
            "cosine_similarity",
            "huber",
            "log_cosh",
            "kl_divergence",
            "poisson",
            "hinge",
            "squared_hinge",
            "dice",
            "tversky",
        ]
    },
}
"""By the name of Keras's function. ``circle`` compares samples with each other and is not among them."""
