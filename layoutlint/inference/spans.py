"""Between which whole numbers the values of an array are, where the program writes, draws or counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any, Final

from msgspec import Struct

from layoutlint.inference.labels import DRAWN, MAX_WAY, PLACING, labels_of, way
from layoutlint.model.graph import Call, Slot, Tensor, flatten

MAX_NUMBERS: Final = 100_000
"""Written numbers that are looked at."""


class Span(Struct, frozen=True):
    """The lowest and the highest whole number that an array may hold."""

    lowest: int
    highest: int


def span_of(tensor: Tensor) -> Span | None:
    """Return the span of an array, or of one that its values are placed from; None where nobody can say."""
    steps = takewhile(lambda step: step.producer is None or not step.producer.stored_into, way(tensor))
    return next((found for step in steps if (found := _span(step, MAX_WAY)) is not None), None)


def _span(tensor: Tensor, depth: int) -> Span | None:
    if tensor.labels is not None:
        return None if tensor.labels.count is None else Span(0, tensor.labels.count - 1)
    made = tensor.producer
    if made is None or made.layer.kind != "operation" or made.stored_into or not depth:
        return None
    name = made.layer.class_name
    inputs = made.input_tensors
    if name in PLACING and len(inputs) == 1:
        return None if "bool" in str(made.layer.config.get("dtype")) else _span(inputs[0], depth - 1)
    makes = MAKERS.get(name)
    return None if makes is None else makes(made, depth - 1)


def distinct(tensor: Tensor) -> int | None:
    """Return how many different texts or whole numbers an array holds that the program writes down."""
    *_, root = way(tensor)
    made = root.producer
    if made is None or made.layer.class_name != "array" or made.input_tensors or made.stored_into:
        return None
    items = list(flatten(made.layer.config.get("x")))[:MAX_NUMBERS]
    return len(set(items)) if items and all(isinstance(item, str | int) for item in items) else None


def _of(numbers: Iterable[Any]) -> Span | None:
    found = list(numbers)[:MAX_NUMBERS]
    whole = found and all(isinstance(one, int) and not isinstance(one, bool) for one in found)
    return Span(min(found), max(found)) if whole else None


def _written(call: Call, depth: int) -> Span | None:
    """``np.array([3, 1])``."""
    return None if call.input_tensors else _of(flatten(call.layer.config.get("x")))


def _counted(call: Call, depth: int) -> Span | None:
    """``np.arange(1, 501)``: where it counts upwards."""
    start, stop, step = (call.layer.config.get(name) for name in ("start", "stop", "step"))
    if stop is None:
        start, stop = 0, start
    match start, stop, step:
        case int(), int(), int() if step >= 1 and start < stop:
            return Span(start, start + (stop - start - 1) // step * step)
        case _:
            return None


def _drawn(call: Call, depth: int) -> Span | None:
    """``np.random.randint(1, 6, n)``."""
    config = call.layer.config
    low, high = config.get("low"), config.get("high")
    if high is None:
        low, high = 0, low
    match low, high:
        case int(), int() if low < high and (call.layer.name or "").endswith(DRAWN):
            return Span(low, high - 1)
        case _:
            return None


def _chosen(call: Call, depth: int) -> Span | None:
    """``np.random.choice([-1, 1], n)``, ``rows.map({"a": 0, "b": 1})``."""
    given = call.layer.config.get("x")
    if isinstance(given, Slot):
        return _span(call.input_tensors[given.index], depth)
    return _of(range(given)) if isinstance(given, int) and 0 < given < MAX_NUMBERS else _of(flatten(given))


def _either(call: Call, depth: int) -> Span | None:
    """``np.where(x > 0, 1, -1)``."""
    sides = [_operand(call, name, depth) for name in ("x", "y")]
    found = [side for side in sides if side is not None]
    if len(found) < len(sides):
        return None
    return Span(min(side.lowest for side in found), max(side.highest for side in found))


def _computed(compute: Callable[[int, int], int]) -> Callable[[Call, int], Span | None]:
    """``y - 1``, ``2 * y``."""

    def of(call: Call, depth: int) -> Span | None:
        one, two = (_operand(call, name, depth) for name in ("x1", "x2"))
        if one is None or two is None:
            return None
        ends = [compute(a, b) for a in (one.lowest, one.highest) for b in (two.lowest, two.highest)]
        return Span(min(ends), max(ends))

    return of


def _operand(call: Call, name: str, depth: int) -> Span | None:
    value = call.layer.config.get(name)
    if isinstance(value, Slot):
        return _span(call.input_tensors[value.index], depth)
    return _of([value])


MAKERS: Final[dict[str, Callable[[Call, int], Span | None]]] = {
    "array": _written,
    "arange": _counted,
    "random": _drawn,
    "choice": _chosen,
    "where": _either,
    "add": _computed(lambda one, two: one + two),
    "subtract": _computed(lambda one, two: one - two),
    "multiply": _computed(lambda one, two: one * two),
}


def highest_label(tensor: Tensor) -> int | None:
    """Return the highest of an array's labels: of what is known to be one, else of its whole numbers."""
    labels = labels_of(tensor)
    if labels is not None and labels.count is not None:
        return labels.count - 1
    span = span_of(tensor)
    return span.highest if span is not None and span.lowest >= 0 else None
