"""Between which whole numbers the values of an array are, where the program writes, draws or counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from msgspec import Struct

from layoutlint.inference.labels import COLUMN, MAX_WAY, PICKED, drawn_between, labels_of, placed_from, way
from layoutlint.model.graph import Call, Slot, Tensor, flatten

MAX_NUMBERS: Final = 100_000
"""Written numbers that are looked at."""
MAX_JOINED: Final = 1000
"""Arrays in a join whose spans are looked for."""
LISTED: Final = frozenset(["array", "arange"])
"""What writes down or counts numbers one by one: a part of them may lack the highest or the lowest."""


class Span(Struct, frozen=True):
    """The lowest and the highest whole number that an array may hold."""

    lowest: int
    highest: int


def span_of(tensor: Tensor) -> Span | None:
    """Return the span of an array, or of one that its values are placed from; None where nobody can say."""
    return _span(tensor, MAX_WAY)


def _span(tensor: Tensor, depth: int) -> Span | None:
    if tensor.labels is not None:
        return Span(0, tensor.labels.count - 1) if isinstance(tensor.labels.count, int) else None
    made = tensor.producer
    if made is None or made.layer.kind != "operation" or made.stored_into or not depth:
        return None
    if "bool" in str(made.layer.config.get("dtype")):
        return None
    return MAKERS.get(made.layer.class_name, _placed)(made, depth - 1)


def _placed(call: Call, depth: int) -> Span | None:
    """Return the span of the array that a call places anew."""
    before = placed_from(call)
    if before is None or call.layer.class_name == PICKED:
        return None
    if not (keeps_all(call) or _is_of_any_order(before)):
        return None
    return _span(before, depth)


def keeps_all(call: Call) -> bool:
    """Tell whether the values behind a call are all those of the one array that it takes."""
    if call.layer.class_name == COLUMN:
        return True
    key = call.layer.config.get("key")
    parts = key if isinstance(key, tuple) else (key,)
    is_whole = all(part is None or part is Ellipsis or part == slice(None) for part in parts)
    is_of_one = len(call.input_tensors) == 1 and not call.stored_into
    return is_of_one and is_whole and call.layer.class_name != PICKED


def _is_of_any_order(tensor: Tensor) -> bool:
    """Tell whether a part of an array has the span of all of it, as of drawn numbers: ``np.arange(9)[:5]``
    lacks the highest.
    """
    queue = [tensor]
    for current in queue:
        made = current.producer
        if made is not None and made.layer.class_name in LISTED and not made.input_tensors:
            return False
        if made is not None and len(queue) < MAX_WAY:
            queue += made.input_tensors
    return True


def distinct(tensor: Tensor) -> int | None:
    """Return how many different texts or whole numbers an array holds that the program writes down."""
    *passed, root = way(tensor)
    if not all(step.producer is not None and keeps_all(step.producer) for step in passed):
        return None
    made = root.producer
    if made is None or made.layer.class_name != "array" or made.input_tensors or made.stored_into:
        return None
    items = list(flatten(made.layer.config.get("x")))[:MAX_NUMBERS]
    return len(set(items)) if items and all(isinstance(item, str | int) for item in items) else None


def _of(numbers: Iterable[Any]) -> Span | None:
    found = list(numbers)[:MAX_NUMBERS]
    whole = found and all(_is_whole(one) for one in found)
    return Span(int(min(found)), int(max(found))) if whole else None


def _is_whole(number: Any) -> bool:
    """Tell whether something is a whole number: ``1``, ``1.0``."""
    return type(number) is int or (isinstance(number, float) and number.is_integer())


def _written(call: Call, depth: int) -> Span | None:
    """``np.array([3, 1])``, or an array of arrays."""
    return _joined(call, depth) if call.input_tensors else _of(flatten(call.layer.config.get("x")))


def _joined(call: Call, depth: int) -> Span | None:
    """``np.concatenate([one, other])``."""
    items = list(flatten([call.layer.config.get(name) for name in ("xs", "x") if name in call.layer.config]))
    if len(items) > MAX_JOINED or not all(isinstance(item, Slot) for item in items):
        return None
    return _hull([_span(call.input_tensors[item.index], depth) for item in items])


def _hull(spans: Sequence[Span | None]) -> Span | None:
    """Return the span of several arrays together."""
    found = [span for span in spans if span is not None]
    if not found or len(found) < len(spans):
        return None
    return Span(min(span.lowest for span in found), max(span.highest for span in found))


def _either_side(call: Call, depth: int) -> Span | None:
    """Return the span of what two sides of a branch, or the rounds of a loop, make."""
    return _hull([_span(side, depth) for side in call.input_tensors])


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


def _part(call: Call, depth: int) -> Span | None:
    """``ids[i : i + 20]``: exactly those of the numbers that the program writes; a part that nobody knows may
    lack what is only at the end.
    """
    made, key = call.input_tensors[0].producer, call.layer.config.get("key")
    if type(key) is int and len(call.input_tensors) == 1:
        return _span(call.input_tensors[0], depth) if _is_of_any_order(call.input_tensors[0]) else None
    numbers = made.layer.config.get("x") if made is not None and made.layer.class_name == "array" else None
    if made is None or made.input_tensors or not isinstance(numbers, list) or not isinstance(key, slice):
        return _placed(call, depth)
    if made.stored_into or key.step is not None:
        return None
    if all(bound is None or isinstance(bound, int) for bound in (key.start, key.stop)):
        return _of(numbers[key.start : key.stop])
    return _of(numbers[: len(numbers) * 4 // 5])


def _drawn(call: Call, depth: int) -> Span | None:
    """``np.random.randint(1, 6, n)``."""
    bounds = drawn_between(call)
    return None if bounds is None else Span(*bounds)


def _chosen(call: Call, depth: int) -> Span | None:
    """``np.random.choice([-1, 1], n)``, ``rows.map({"a": 0, "b": 1})``."""
    given = call.layer.config.get("x")
    if isinstance(given, Slot):
        return _span(call.input_tensors[given.index], depth)
    return _of(range(given)) if isinstance(given, int) and 0 < given < MAX_NUMBERS else _of(flatten(given))


def _either(call: Call, depth: int) -> Span | None:
    """``np.where(x > 0, 1, -1)``."""
    return _hull([_operand(call, name, depth) for name in ("x", "y")])


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
    "concatenate": _joined,
    "stack": _joined,
    "join": _either_side,
    "getitem": _part,
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
    if labels is not None and isinstance(labels.count, int):
        return labels.count - 1
    span = span_of(tensor)
    return span.highest if span is not None and span.lowest >= 0 else None
