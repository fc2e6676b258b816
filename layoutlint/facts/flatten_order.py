"""Facts about weights that go from one model into another: whether both flatten the axes in one order.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Network, Tensor


def _flattened(network: Network) -> list[tuple[int, ...]] | None:
    """Return for each Flatten of a model the sizes of the axes in the order in which it takes them; None
    where a size is not known.
    """
    found = [_taken(call) for call in network.calls if call.layer.class_name == "Flatten"]
    known = [sizes for sizes in found if sizes is not None]
    return known if len(known) == len(found) else None


def _taken(call: Call) -> tuple[int, ...] | None:
    tensor = call.input_tensors[0] if call.input_tensors else None
    shape = tensor.shape if isinstance(tensor, Tensor) else None
    if shape is None:
        return None
    sizes = tuple(size for size in shape.sizes[1:] if isinstance(size, int))
    if len(sizes) < shape.rank - 1:
        return None
    is_first = call.layer.config.get("data_format") == "channels_first" and len(sizes) > 1
    return (*sizes[1:], sizes[0]) if is_first else sizes


@TABLE.fact(
    Type.TEXT,
    "for weights of one model that go into another: the axes of a Flatten in both, where they are in another "
    "order: `(8, 40) and (40, 8)`; the empty text for others",
    of_class=lambda view: view.layer.class_name == "moved_weights",
)
def flattened_in_other_order(view: LayerView) -> Value:
    config = view.layer.config
    source, target = config.get("source"), config.get("target")
    if not isinstance(source, Network) or not isinstance(target, Network):
        return ""
    there, here = _flattened(source), _flattened(target)
    if there is None or here is None or len(there) != len(here):
        return ""
    for one, other in zip(there, here, strict=True):
        if one != other and sorted(one) == sorted(other):
            return f"{Shape.of(*one).words} and {Shape.of(*other).words}"
    return ""
