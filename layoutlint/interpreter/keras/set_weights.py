"""``layer.set_weights([kernel, bias])``: what a program puts into a layer by hand, noted for the rules."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import to_tensors
from layoutlint.interpreter.core.values import LayerValue, has_rest
from layoutlint.model.graph import Tensor

SET_WEIGHTS = "set_weights"


def note(site: Site, receiver: LayerValue, arguments: Arguments) -> None:
    """Put a ``set_weights`` into the graph, as an operation that takes the arrays and knows the layer.

    Under a condition in a loop of any number of rounds, the layer is that of a round in which the condition
    may not hold: ``model.layers[place]`` of the first.
    """
    if site.evaluator.open_rounds and site.evaluator.conditions:
        return
    given = arguments.get(0, "weights")
    if not isinstance(given, list | tuple) or has_rest(given):
        return
    tensors = [to_tensors(item) for item in given]
    if not all(isinstance(tensor, Tensor) for tensor in tensors):
        return
    site.noted(SET_WEIGHTS, {"owner": receiver.layer}, tensors)
