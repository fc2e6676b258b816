"""Which target and which loss are for which output of a model, by names or in order.

Source: ``keras/src/trainers/compile_utils.py`` (``CompileLoss``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from layoutlint.model.graph import Loss, Tensor, flatten


class Output(Struct, frozen=True):
    """An output of a model: its name (None: Keras makes one up) and its place in order."""

    name: str | None
    place: int


def outputs_of(nested: Any) -> list[Output]:
    """Return the outputs of a model, flat: named by the keys of a dict, else by the layers that make them."""
    if isinstance(nested, dict):
        return [Output(str(key), place) for place, key in enumerate(sorted(nested, key=str))]
    return [Output(_name(tensor), place) for place, tensor in enumerate(flatten(nested))]


def _name(tensor: Any) -> str | None:
    """Return the name of the layer that makes an output; None for what an operation makes: in the ``call`` of
    a layer of the program's own, that layer has the name.
    """
    if not isinstance(tensor, Tensor) or tensor.producer is None or tensor.producer.layer.kind == "operation":
        return None
    return tensor.producer.layer.name


def places(given: Any, outputs: Sequence[Output]) -> list[int | None]:
    """For each leaf of what was given for the outputs, flat: the place of its output; None if unknown."""
    if isinstance(given, dict):
        named = {output.name: output.place for output in outputs}
        if any(isinstance(item, dict | list | tuple) for item in given.values()):
            return [None] * sum(1 for _ in flatten(given))
        return [named.get(str(key)) for key in sorted(given, key=str)]
    count = sum(1 for _ in flatten(given))
    return list(range(count)) if count == len(outputs) else [None] * count


def loss_for(losses: Any, outputs: Sequence[Output], place: int) -> Loss | None:
    """Return the loss of the output at a place: one is for all of them."""
    if isinstance(losses, Loss):
        return losses
    flat = list(flatten(losses))
    found = places(losses, outputs)
    loss = flat[found.index(place)] if place in found else None
    return loss if isinstance(loss, Loss) else None


def losses_for(losses: Any, outputs: Sequence[Output]) -> list[Loss | None]:
    """Return the loss of each output."""
    return [loss_for(losses, outputs, output.place) for output in outputs]
