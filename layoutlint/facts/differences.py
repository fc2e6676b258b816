"""How an array differs from the input of the model that it is for: judged by sizes alone.

Both shapes have the samples first, and their number is never compared. ``None`` is a size that the model
leaves open. A functional model takes or gives away a trailing axis of 1 in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations, starmap
from typing import Final, TypeAlias

from msgspec import Struct

from layoutlint.model.sizes import Expression, Size, equal, product

Sizes: TypeAlias = Sequence[Size]

KINDS: Final = (
    "one sample",
    "samples counted",
    "order",
    "axes",
    "batched twice",
    "flat",
    "not flat",
    "no axis",
    "axis",
    "rank",
    "size",
)
CHANNELS: Final = (1, 3, 4)
MAX_PERMUTED: Final = 4
"""Axes behind the samples."""


class Difference(Struct, frozen=True):
    """What is different, one of :data:`KINDS`, and the code that makes it fit, with ``{x}`` for the array."""

    kind: str
    remedy: str | None = None


def _equal(given: Size, wanted: Size) -> bool | None:
    return True if wanted is None else equal(given, wanted)


def _all(given: Sizes, wanted: Sizes) -> bool | None:
    """Tell whether all sizes are equal; a size that is open takes any."""
    answers = list(starmap(_equal, zip(given, wanted, strict=True)))
    return False if False in answers else None if None in answers else True


def fits(given: Sizes, wanted: Sizes) -> bool | None:
    """Tell whether a functional model takes the array."""
    if len(given) == len(wanted):
        return _all(given[1:], wanted[1:])
    if not given or not wanted:
        return False
    if len(given) == len(wanted) + 1 and given[-1] == 1:
        return _all(given[1:-1], wanted[1:])
    if len(given) == len(wanted) - 1 and wanted[-1] == 1:
        return _all(given[1:], wanted[1:-1])
    if len(given) == len(wanted) - 1 and isinstance(wanted[-1], Expression):
        return None if _all(given[1:], wanted[1:-1]) is not False else False
    return False


def is_sample(given: Sizes, wanted: Sizes) -> bool:
    """Tell whether an array may be one sample, perhaps with a batch axis of 1; nothing may speak
    against it.
    """
    if len(given) == len(wanted) - 1:
        return _all(given, wanted[1:]) is not False
    return len(given) == len(wanted) and given[:1] == (1,) and _all(given[1:], wanted[1:]) is not False


class Given(Struct, frozen=True):
    """What is known of an array besides its sizes.

    ``in_batches``: it is one batch of a data set. ``picked``: it is one item of a longer array, and
    ``of_samples``: of one with as many axes as the input. ``asked``: it is given for a prediction, and not to
    learn from. ``counted``: there are as many targets as it is long.
    """

    in_batches: bool = False
    picked: bool = False
    of_samples: bool = False
    asked: bool = False
    counted: bool = False


def between(given: Sizes, wanted: Sizes, known: Given) -> Difference | None:
    """Return how an array differs from an input; None where it fits, or nobody can say."""
    if _is_column_of_a_sample(given, wanted, known):
        return Difference("one sample", "{x}[None]")
    fitting = fits(given, wanted)
    if fitting is True or not wanted:
        return None  # an input without axes is that of a model that was first called on a single value
    if _is_one_sample(given, wanted, known):
        if known.counted:
            return Difference("samples counted")
        return Difference("one sample", "{x}.batch(32)" if known.in_batches else "{x}[None]")
    lacks_channel = fitting is False and wanted[-1] == 1 and not known.in_batches and not known.counted
    if lacks_channel and _is_one_sample(given, wanted[:-1], known):
        return Difference("one sample", "{x}[None, ..., None]")
    order = _order(given, wanted)
    if order is not None:
        return Difference("axes", _turned(order))
    if fitting is None:
        return None
    if known.in_batches and len(given) == len(wanted) + 1 and _all(given[2:], wanted[1:]):
        return Difference("batched twice")
    if len(given) != len(wanted):
        return _of_ranks(given, wanted)
    is_transparent = given[-1] == 4 and wanted[-1] == 3 and _all(given[1:-1], wanted[1:-1])
    return Difference("size", "{x}[..., :3]" if is_transparent else None)


def _is_column_of_a_sample(given: Sizes, wanted: Sizes, known: Given) -> bool:
    """Tell whether an array that may fit, because Keras adds a last axis of 1, has that axis already and is
    one sample: ``X[0]`` of shape (500, 1) for (batch, 500, 1) or (batch, any, 1).
    """
    if not known.of_samples or not known.asked or len(given) != len(wanted) - 1 or len(given) < 2:
        return False
    return given[-1] == 1 == wanted[-1] and wanted[1] != 1 and _all(given, wanted[1:]) is not False


def _is_one_sample(given: Sizes, wanted: Sizes, known: Given) -> bool:
    """Tell whether an array has every axis of the input but the batch."""
    if not given or len(given) != len(wanted) - 1:
        return False
    answers = list(starmap(equal, zip(given, wanted[1:], strict=True)))
    if False in answers:
        return False
    if None not in answers:
        return True
    if wanted[1] is None and len(given) > 2 and None not in answers[1:]:
        return known.asked  # else the samples are many, and it is the input that counts them twice
    if fits(given, wanted) is None:
        return False
    pictured = len(given) >= 3 and answers[-1] is True and wanted[-1] in CHANNELS
    return known.picked or pictured or (len(given) == 1 and known.asked)


def _order(given: Sizes, wanted: Sizes) -> tuple[int, ...] | None:
    """Return another order in which the axes fit, as ``np.transpose`` takes it; None if there is none."""
    count = len(given) - 1
    if len(given) != len(wanted) or not 2 <= count <= MAX_PERMUTED:
        return None
    known = [size for size in wanted[1:] if size is not None]
    if not known or (None in wanted[1:] and set(known) == {1}) or _all(given[1:], wanted[1:]) is True:
        return None
    if len(known) < len(wanted) - 1 and _all(given[1:], wanted[1:]) is not False:
        return None
    orders = sorted(permutations(range(1, count + 1)), key=_moved)
    for order in orders:
        if order == tuple(range(1, count + 1)):
            continue
        turned = [given[at] for at in order]
        if all(_equal(a, b) is True for a, b in zip(turned, wanted[1:], strict=True)):
            return (0, *order)
    return None


def _moved(order: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Channels first or last before other orders: the axes that stay neighbours count."""
    return (sum(b - a != 1 for a, b in pairwise(order)), order)


def _turned(order: tuple[int, ...]) -> str:
    last = len(order) - 1
    if order == (0, *range(2, last + 1), 1):
        return "np.moveaxis({x}, 1, -1)"
    if order == (0, last, *range(1, last)):
        return "np.moveaxis({x}, -1, 1)"
    return f"{{x}}.transpose({', '.join(map(str, order))})"


def _of_ranks(given: Sizes, wanted: Sizes) -> Difference:
    total, needed = product(list(given[1:])), product(list(wanted[1:]))
    same = None not in wanted[1:] and equal(total, needed) is True
    if same and len(given) == len(wanted) - 1 and 1 in wanted[1:]:
        return Difference("no axis", _reshaped(wanted))
    if same and len(given) == len(wanted) + 1 and 1 in given[1:]:
        return Difference("axis", _reshaped(wanted))
    if same and len(given) == 2:
        return Difference("flat", _reshaped(wanted))
    if same and len(wanted) == 2:
        return Difference("not flat", _reshaped(wanted))
    return Difference("rank")


def _reshaped(wanted: Sizes) -> str | None:
    target = ", ".join(map(str, (-1, *wanted[1:])))
    return None if "?" in target else f"{{x}}.reshape({target})"
