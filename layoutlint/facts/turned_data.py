"""Facts about data whose axes are in another order than those of the data that the model is trained on.

Part of the facts about what is fed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import TABLE, FeedView
from layoutlint.facts.permutations import TRANSPOSES, axes_behind
from layoutlint.inference.labels import MAX_WAY, PLACING, SCALING
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Tensor

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
        if made.layer.class_name in TRANSPOSES:
            found = _pair(made)
            pair = found if pair is None else (0, 0) if found is not None else pair
        elif made.layer.class_name not in KEEPING:
            break
        array = made.input_tensors[0]
    return array, pair


def _pair(call: Call) -> Pair | None:
    """Return the two axes behind the samples that a transpose exchanges; None for one that moves nothing."""
    shape = call.input_tensors[0].shape
    if shape is None:
        return 0, 0
    made = axes_behind(call, Shape(Axis(axis.size, str(place)) for place, axis in enumerate(shape)))
    if made is None:
        return 0, 0
    moved = [place for place, axis in enumerate(made) if axis.role != str(place)]
    if not moved:
        return None
    return (moved[0], moved[1]) if len(moved) == 2 and 0 not in moved else (0, 0)
