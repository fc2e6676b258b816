"""Facts about data whose axes are in another order than those of the data that the model is trained on.

Part of the facts about what is fed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Any, Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import TABLE, FeedView
from layoutlint.inference.labels import MAX_WAY, PLACING, SCALING
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor

TURNING: Final = ("transpose", "swapaxes", "moveaxis")
KEEPING: Final = (PLACING | SCALING | {"getitem"}) - {"concatenate", "repeat", "tile", "flatten", "ravel"}

Pair = tuple[int, int]


@TABLE.fact(
    Type.TEXT,
    "two axes that are in another order than in the data that `fit` gets, by what the data say of them or by "
    "a transpose that only one of both has: `height and width`, `axes 1 and 2`; the empty text if none are",
)
def axes_turned_since_fit(view: FeedView) -> Value:
    learnt = view.learnt_from
    is_training = view.feed.method == "fit" and view.feed.argument == "x"
    if is_training or learnt is None or learnt.array is None or view.array is None:
        return ""
    if learnt.given is None or view.given is None or learnt.given.rank != view.given.rank:
        return ""
    return _by_roles(learnt.given, view.given) or _by_turns(learnt.array, view.array)


def _by_roles(there: Shape, here: Shape) -> str:
    pairs = zip(there[1:], here[1:], strict=True)
    moved = [(one.role, other.role) for one, other in pairs if one.role != other.role]
    if len(moved) != 2 or "" in moved[0] or moved[0] != moved[1][::-1]:
        return ""
    return f"{moved[0][0]} and {moved[0][1]}"


def _by_turns(there: Tensor, here: Tensor) -> str:
    """Return the two axes that one of two arrays of one source has exchanged, and the other has not."""
    (one_source, one), (other_source, other) = _turned(there), _turned(here)
    nodes = [getattr(source.origin, "node", None) for source in (one_source, other_source)]
    if (one is None) is (other is None) or nodes[0] is not nodes[1] or nodes[0] is None:
        return ""
    first, second = one or other or (0, 0)
    return f"axes {first} and {second}" if first else ""


def _turned(array: Tensor) -> tuple[Tensor, Pair | None]:
    """Return the array that another is made of, and the two axes that are exchanged on the way; (0, 0) for
    another change of their order.
    """
    pair: Pair | None = None
    for _ in range(MAX_WAY):
        made = array.producer
        if made is None or made.layer.kind != "operation" or not made.input_tensors:
            break
        if made.layer.class_name in TURNING:
            found = _pair(made)
            pair = found if pair is None else (0, 0) if found is not None else pair
        elif made.layer.class_name not in KEEPING:
            break
        array = made.input_tensors[0]
    return array, pair


def _pair(call: Call) -> Pair | None:
    """Return the two axes behind the samples that a transpose exchanges; None for one that moves nothing."""
    config: Any = call.layer.config
    shape = call.input_tensors[0].shape
    if shape is None:
        return 0, 0
    if call.layer.class_name == "transpose":
        axes = config.get("axes")
        if isinstance(axes, list | tuple) and len(axes) == 1 and isinstance(axes[0], list | tuple):
            axes = axes[0]
        order = list(axes) if isinstance(axes, list | tuple) else list(range(shape.rank))[::-1]
        moved = [place for place, axis in enumerate(order) if place != axis]
        if not moved:
            return None
        is_pair = len(moved) == 2 and 0 not in moved
        return (moved[0], moved[1]) if is_pair else (0, 0)
    names = ("axis1", "axis2") if call.layer.class_name == "swapaxes" else ("source", "destination")
    places = [config.get(name) for name in names]
    if not all(isinstance(place, int) for place in places):
        return 0, 0
    first, second = sorted(place % shape.rank for place in places)
    if first == second:
        return None
    is_pair = first > 0 and (call.layer.class_name == "swapaxes" or second == first + 1)
    return (first, second) if is_pair else (0, 0)
