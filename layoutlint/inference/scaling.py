"""How the values of an array were scaled on the way from its source: by a scaler, by its mean, by a number.

Followed through what only places the values; what computes anything else ends the way.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from layoutlint.inference.fractions import SCALED, UNSCALED
from layoutlint.inference.labels import COLUMN, COLUMNS
from layoutlint.inference.pixels import UNCHANGED
from layoutlint.model.graph import Call, Slot, Tensor

PLACING: Final = frozenset(
    [
        "reshape",
        "expand_dims",
        "squeeze",
        "transpose",
        "swapaxes",
        "moveaxis",
        "getitem",
        "array",
        "cast",
        "copy",
        "convert_to_tensor",
        "ravel",
        "flatten",
        COLUMN,
    ]
)
ARITHMETIC: Final = {
    "divide": "the division by",
    "subtract": "the subtraction of",
    "multiply": "the product with",
}
NORMALISING: Final = frozenset(["normalize", "l2_normalize"])
REDUCING: Final = frozenset(["mean", "std", "max", "min", "var", "median"])
MAX_WAY: Final = 60
MAX_PARTS: Final = 1000
JOINING: Final = frozenset(["array", "stack", "concatenate", COLUMNS])
"""What makes one array of several parts."""
PARTS: Final = ("getitem", COLUMN)


class Stage(Struct, frozen=True):
    """An array on the way back, and what scaled it from there on, in words, the last first."""

    array: Tensor
    by: tuple[str, ...]


def way_back(tensor: Tensor) -> list[Stage]:
    """Return the arrays that an array is made of, itself first, as far as every step is known."""
    stages = [Stage(tensor, ())]
    while len(stages) < MAX_WAY:
        made = stages[-1].array.producer
        if made is None or not made.input_tensors or made.layer.kind != "operation":
            break
        whole = _cut_from(made)
        found = "" if whole is not None else _scales(made)
        if found is None:
            break
        before = made.input_tensors[0] if whole is None else whole
        stages.append(Stage(before, (*stages[-1].by, found) if found else stages[-1].by))
    return stages


def _cut_from(made: Call) -> Tensor | None:
    """Return the one array whose parts a call joins: ``np.stack([x[i : i + 10] for i in …])``."""
    wholes: dict[int, Tensor] = {}
    waiting = list(made.input_tensors) if made.layer.class_name in JOINING else []
    for part in waiting:
        by = part.producer
        if by is None or len(waiting) > MAX_PARTS:
            return None
        if by.layer.class_name == "join":
            waiting += by.input_tensors
        elif by.layer.class_name in PARTS and len(by.input_tensors) == 1:
            wholes[id(by.input_tensors[0])] = by.input_tensors[0]
        else:
            return None
    return next(iter(wholes.values())) if len(wholes) == 1 else None


def scaled_by(tensor: Tensor, raw: Tensor) -> str:
    """Return what scaled an array on the way from the data that another array is a part of, and not that one.

    Both may have been scaled alike before. The empty text: nothing did, or the two are not known to be of one
    source.
    """
    others = way_back(raw)
    for stage in way_back(tensor):
        for other in others:
            if _is_of_one_source(stage.array, other.array):
                more = len(stage.by) - len(other.by)
                return stage.by[0] if more > 0 and stage.by[more:] == other.by else ""
    return ""


def fitted_again(tensor: Tensor, trained: Tensor) -> str:
    """Return the scaler that was fitted on this array itself, where another call of one scaled the data for
    training; the empty text where there is none.
    """
    own, other = _scaling(tensor), _scaling(trained)
    if own is None or other is None:
        by = _own_statistic(tensor)
        return by if by and by == _own_statistic(trained) and not are_of_one_array(tensor, trained) else ""
    if own is other or own.layer.config.get("is_own") is not True:
        return ""
    by = str(own.layer.config["by"])
    return by if other.layer.config["by"] == by else ""


def _own_statistic(tensor: Tensor) -> str:
    """Return the statistic that each feature of an array was first divided by or freed from, if it is that of
    the array itself: ``(x - x.mean(axis=0)) / x.std(axis=0)``; else the empty text.
    """
    found = ""
    for stage in way_back(tensor):
        made = stage.array.producer
        if made is None or made.layer.class_name not in ARITHMETIC or len(made.input_tensors) != 2:
            continue
        statistic = made.input_tensors[1].producer
        if statistic is not None and statistic.layer.class_name in REDUCING:
            is_of_features = statistic.layer.config.get("axis") == 0
            is_own = statistic.input_tensors[0] is _unscaled(made.input_tensors[0])
            found = statistic.layer.class_name if is_of_features and is_own else ""
    return found


def _unscaled(tensor: Tensor) -> Tensor:
    """Return the array that a difference from its own mean was taken of."""
    made = tensor.producer
    is_difference = made is not None and made.layer.class_name == "subtract" and len(made.input_tensors) == 2
    return made.input_tensors[0] if made is not None and is_difference else tensor


def are_of_one_array(one: Tensor, other: Tensor) -> bool:
    """Return whether two arrays are made of one and the same array."""
    arrays = {id(stage.array) for stage in way_back(one)}
    return any(id(stage.array) in arrays for stage in way_back(other))


def _scaling(tensor: Tensor) -> Call | None:
    """Return the call of a scaler's method that an array is made by, as far as every step is known."""
    makers = (stage.array.producer for stage in way_back(tensor))
    return next((made for made in makers if made is not None and made.layer.class_name == SCALED), None)


def are_of_one_source(one: Tensor, other: Tensor) -> bool:
    """Return whether two arrays are made of parts of one array, one split or one loader's result. What one
    function scales each time that it is called, it has loaded each time.
    """
    own, its = _scaling(one), _scaling(other)
    if own is not None and its is not None and own is not its and own.origin == its.origin:
        return False
    others = way_back(other)
    return any(_is_of_one_source(a.array, b.array) for a in way_back(one) for b in others)


def scaler_of(tensor: Tensor) -> Call | None:
    """Return the call of a scaler that left the values of an array as they are, whichever way it scaled."""
    last = way_back(tensor)[-1].array.producer
    made = last if last is not None and last.layer.class_name == UNSCALED else _scaling(tensor)
    return None if made is None or made.layer.config.get("scaler") is None else made


def is_by_object(by: str) -> bool:
    """Return whether an object of a library scaled the data, and no arithmetic of the program."""
    return by.endswith(("Scaler", "Transformer", "Normalizer"))


def is_by_statistic(by: str) -> bool:
    """Return whether a number that was computed from the data scaled them: their mean, their maximum."""
    return " its " in by


def _scales(call: Call) -> str | None:
    """Return what a step scales by, the empty text for one that only places; None for any other."""
    layer = call.layer
    name = layer.class_name
    if name == SCALED:
        return str(layer.config["by"])
    if name in NORMALISING:
        return name
    if name in ARITHMETIC:
        other = _other_operand(call)
        return None if other is None else f"{ARITHMETIC[name]} {other}"
    if name == "identity":
        return "" if (layer.name or "").rpartition(".")[2] in UNCHANGED else None
    return "" if name in PLACING and len(call.input_tensors) == 1 else None


def _other_operand(call: Call) -> str | None:
    """Return the second operand in words: a number, or a statistic of an array."""
    one, other = call.layer.config.get("x1"), call.layer.config.get("x2")
    if not isinstance(one, Slot):
        return None
    if isinstance(other, int | float) and not isinstance(other, bool):
        return f"{other:g}"
    if not isinstance(other, Slot) or len(call.input_tensors) != 2:
        return None
    made = call.input_tensors[1].producer
    statistic = None if made is None else made.layer.class_name
    return f"its {statistic}" if statistic in REDUCING else None


def _is_of_one_source(first: Tensor, second: Tensor) -> bool:
    """Return whether two arrays are parts of one array, of one split or of one loader's result."""
    if first is second:
        return True
    if first.producer is not None or second.producer is not None:
        return first.producer is second.producer
    return first.origin is not None and first.origin == second.origin
