"""The layers of a model in the order of ``model.layers``."""

from __future__ import annotations

from msgspec import Struct

from layoutlint.interpreter.keras.applications import is_stand_in
from layoutlint.model.graph import Call, Layer, Nested, Tensor, flatten


class Member(Struct):
    """A layer of a model with its calls in that model; ``depth`` is its distance from the outputs."""

    layer: Layer
    calls: list[Call] = []
    depth: int = 0
    index: int = 0


class Members(Struct, frozen=True):
    """The layers of a model. With ``headless``, any number of layers of a backbone stand before them."""

    layers: list[Layer]
    calls: dict[Layer, list[Call]]
    headless: bool = False


def members(inputs: Nested[Tensor], outputs: Nested[Tensor]) -> Members | None:
    """Return the layers between tensors as a functional model orders them; None where the order
    is not known.

    By depth and, in one depth, by the order in which a search from the outputs meets them: as
    ``keras/src/ops/function.py`` (``map_graph``).
    """
    stop = {id(tensor) for tensor in flatten(inputs) if isinstance(tensor, Tensor)}
    found: dict[Layer, Member] = {}
    finished = _search(stop, outputs, found)
    depths: dict[int, int] = {}
    for made in reversed(finished):
        member = found[made.layer]
        member.depth = max(depths.setdefault(id(made), 0), member.depth)
        for before in _producers(made, stop):
            depths[id(before)] = max(member.depth + 1, depths.get(id(before), 0))
    for made in finished:
        found[made.layer].calls.append(made)
    ordered = sorted(found.values(), key=lambda member: (-member.depth, member.index))
    operations = any(member.layer.kind == "operation" for member in ordered)
    if operations and len({member.depth for member in ordered}) < len(ordered):
        # an operation of ours may be several of Keras's: with branches beside it the depths are uncertain
        return None
    calls = {member.layer: member.calls for member in ordered}
    backbones = [member for member in ordered if is_stand_in(member.layer)]
    if backbones:
        (backbone, *others) = backbones
        beside = [m for m in ordered if m is not backbone and m.depth >= backbone.depth]
        if others or any(member.layer.kind != "input" for member in beside):
            return None
        ordered = [member for member in ordered if member.depth < backbone.depth]
    layers = [member.layer for member in ordered if member.layer.kind != "operation"]
    return Members(layers, calls, bool(backbones))


def _search(stop: set[int], outputs: Nested[Tensor], found: dict[Layer, Member]) -> list[Call]:
    """Return the calls in the order in which Keras's search leaves them; each layer's index is when it
    enters.
    """
    finished: list[Call] = []
    entered: set[int] = set()
    for output in flatten(outputs):
        waiting = [(output.producer, False)] if isinstance(output, Tensor) and output.producer else []
        while waiting:
            made, leaving = waiting.pop()
            if leaving:
                finished.append(made)
                continue
            if id(made) in entered:
                continue
            entered.add(id(made))
            found.setdefault(made.layer, Member(made.layer, index=len(found)))
            waiting.append((made, True))
            waiting.extend((before, False) for before in reversed(_producers(made, stop)))
    return finished


def _producers(made: Call, stop: set[int]) -> list[Call]:
    """Return the calls that made the inputs of a call; what made an input of the model counts only if it is
    an InputLayer.
    """
    if made.layer.kind == "input":
        return []
    tensors = [*flatten(made.inputs), *flatten(list(made.keywords.values()))]
    return [
        tensor.producer
        for tensor in tensors
        if isinstance(tensor, Tensor)
        and tensor.producer is not None
        and (id(tensor) not in stop or tensor.producer.layer.kind == "input")
    ]
