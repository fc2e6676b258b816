"""Arrays of fractions: values that are no whole numbers, told by what made them."""

from __future__ import annotations

from typing import Final

from layoutlint.model.graph import Call, Tensor

SCALED: Final = "scaled"
"""The operation that stands in the graph for a scaler of scikit-learn, with its name."""
UNSCALED: Final = "unscaled"
"""The operation that stands in the graph for the way back: ``inverse_transform`` of such a scaler."""
DRAWN: Final = ("rand", "randn", "random", "random_sample", "ranf", "normal", "standard_normal", "uniform")
"""The last part of the names of functions that draw fractions."""
FRACTIONAL: Final = frozenset(
    ["normalize", "l2_normalize", "exp", "sqrt", "log", "log1p", "sin", "cos", "tanh", "sigmoid", "softmax"]
)
DIVIDING: Final = frozenset(["divide", "divide_no_nan"])
KEEPING: Final = frozenset(
    [
        "add",
        "subtract",
        "multiply",
        "getitem",
        "reshape",
        "expand_dims",
        "squeeze",
        "transpose",
        "swapaxes",
        "moveaxis",
        "array",
        "identity",
        "copy",
        "convert_to_tensor",
        "flatten",
        "concatenate",
        "permutation",
        "cast",
    ]
)
"""Operations that make no whole numbers of fractions."""
ROUNDING: Final = ("int", "bool")
MAX_WAY: Final = 100


def maker_of_fractions(tensor: Tensor) -> Call | None:
    """Return what made an array of fractions; None for one that may hold whole numbers."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or made.layer.kind != "operation":
            return None
        if _makes(made):
            return made
        if not _keeps(made):
            return None
        before = next((t for t in made.input_tensors if isinstance(t, Tensor)), None)
        if before is None:
            return None
        tensor = before
    return None


def _makes(call: Call) -> bool:
    layer = call.layer
    if layer.class_name == "random":
        whole = any(word in _dtype(call) for word in ROUNDING)
        return (layer.name or "").rpartition(".")[2] in DRAWN and not whole
    return layer.class_name == SCALED or layer.class_name in FRACTIONAL | DIVIDING


def _keeps(call: Call) -> bool:
    name = call.layer.class_name
    if name in ("cast", "array") and any(word in _dtype(call) for word in ROUNDING):
        return False
    # np.digitize is written down as an operation that keeps the shape
    plain = not (call.layer.name or "").endswith("digitize")
    return name in KEEPING and plain


def _dtype(call: Call) -> str:
    return str(call.layer.config.get("dtype"))


def said(call: Call) -> str:
    """Return what made the fractions, in words: `MinMaxScaler`, `the division`."""
    layer = call.layer
    if layer.class_name == SCALED:
        return str(layer.config["by"])
    if layer.class_name in DIVIDING:
        return "the division"
    return (layer.name or layer.class_name).rpartition(".")[2]
