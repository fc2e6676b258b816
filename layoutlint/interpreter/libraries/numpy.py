"""numpy, besides its operations on arrays: constants, generators of random numbers, ``np.r_`` and ``np.c_``.

Source of the last two: https://numpy.org/doc/stable/reference/generated/numpy.r_.html and ``numpy.c_.html``.
"""

from __future__ import annotations

import math
from functools import partial

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.narrowing import as_array, known_items
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import External, Value
from layoutlint.interpreter.libraries.builtins import nothing
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression

ROWS, COLUMNS = "numpy.r_", "numpy.c_"


def _joined(name: str, site: Site, key: Value) -> Value:
    """Return ``np.r_[key]`` or ``np.c_[key]``."""
    parts = [_array(site, part) for part in (key if isinstance(key, tuple) else (key,))]
    shapes = [part.shape for part in parts if part is not None and part.shape is not None]
    ranks = {shape.rank for shape in shapes}
    if not shapes or len(shapes) < len(parts):
        return site.lost(f"{name} of something unknown")
    given = Arguments(([*parts],))
    if name == COLUMNS and max(ranks) <= 2:
        return site.call(External("numpy.column_stack"), given)
    if len(ranks) > 1:
        return site.lost(f"{name} of arrays of different ranks")
    axis = {"axis": -1} if name == COLUMNS else {}
    return site.call(External("numpy.concatenate"), Arguments(given.positional, axis))


def _array(site: Site, part: Value) -> Tensor | None:
    """Return one part as an array of at least one axis; None where it is not known."""
    match part:
        case slice():
            return _range(site, part)
        case int() | float() | Expression():
            return Tensor(Shape.of(1))
        case list() | tuple() if known_items(part) is not None:
            made = as_array(site.call(External("numpy.array"), Arguments((part,))))
        case _:
            made = as_array(part)
    if made is None or made.shape is None:
        return None
    return made if made.shape.rank else Tensor(Shape.of(1))


def _range(site: Site, part: slice) -> Tensor | None:
    """Return ``1:5``, ``0:1:10j`` (10 points)."""
    if isinstance(part.step, complex):
        return Tensor(Shape.of(int(abs(part.step))))
    start = 0 if part.start is None else part.start
    step = 1 if part.step is None else part.step
    return as_array(site.call(External("numpy.arange"), Arguments((start, part.stop, step))))


def _drawing(name: str) -> Handler:
    """Return the handler of a generator of random numbers: its methods are operations under this name."""

    def make(site: Site, arguments: Arguments) -> Value:
        return External(name)

    return make


LIBRARY = Library(
    "numpy",
    functions={
        "numpy.random.RandomState": _drawing("numpy.random.RandomState"),
        "numpy.random.default_rng": _drawing("numpy.random.Generator"),
        "numpy.random.seed": nothing,
    },
    constants={
        "numpy.pi": math.pi,
        "numpy.e": math.e,
        "numpy.inf": math.inf,
        "numpy.nan": math.nan,
        "numpy.newaxis": None,
    },
    subscripts={name: partial(_joined, name) for name in (ROWS, COLUMNS)},
)
