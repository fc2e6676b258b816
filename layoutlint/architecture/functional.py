"""The layers of a functional model with their calls: who takes whose output, in which order they run."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from layoutlint.architecture.config_values import Json
from layoutlint.architecture.inbound_nodes import Node, Reference, parse, references, targets
from layoutlint.architecture.layer_config import (
    MadeLayer,
    class_name_of,
    is_architecture,
    is_input,
    layer_list,
)
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Layer
from layoutlint.model.unreadable import UnreadableError

Key = tuple[str, int]
"""One call in a functional model: the layer's name and the number of the call."""


class CalledLayer(Struct):
    """A layer of a functional model with its calls."""

    data: Mapping[str, Json]
    nodes: list[Node]
    made: MadeLayer | None = None
    shift: int = 0
    """By how much the file counts too far: a nested model may count its own making as call number 0."""

    @property
    def ends_count_from_one(self) -> bool:
        """Whether output_layers counts this nested model's calls from 1: Keras 3 does for functional ones."""
        config = self.data.get("config")
        return isinstance(config, dict) and "output_layers" in config


class Functional(Struct):
    """The configuration of a functional model: its layers by name, and the tensors at its two ends."""

    members: dict[str, CalledLayer]
    inputs: Any
    """References in the structure that the model takes."""
    outputs: Any

    @classmethod
    def of(cls, config: Mapping[str, Json]) -> Functional:
        """Read a configuration; raise ``UnreadableError`` where its nodes are none or a name stands twice."""
        layers = layer_list({"config": config})
        names = {_name(data) for data in layers}
        members: dict[str, CalledLayer] = {}
        for data in layers:
            nodes = data.get("inbound_nodes") or []
            if not isinstance(nodes, list | tuple):
                raise UnreadableError("its configuration has inbound_nodes that are not a list")
            name = _name(data)
            if name in members:
                raise UnreadableError(f"its configuration has two layers called {name}")
            members[name] = CalledLayer(data, [parse(node, names) for node in nodes])
        found = cls(members, targets(config.get("input_layers")), targets(config.get("output_layers")))
        found._count_from_zero()
        return found

    @property
    def ends(self) -> list[Reference]:
        """What the model's inputs and outputs refer to."""
        return [*references(self.inputs), *references(self.outputs)]

    def key(self, reference: Reference, *, end: bool = False) -> Key:
        """Return the call that a reference means; ``end``: it stands in output_layers or input_layers."""
        member = self.members.get(reference.layer)
        if member is None:
            return reference.layer, reference.node
        index = reference.node - member.shift
        if end and not member.shift and len(member.nodes) > 0 and member.ends_count_from_one:
            index -= 1
        if index >= len(member.nodes) > 0:
            index = len(member.nodes) - 1
        return reference.layer, max(index, 0)

    def stated(self) -> tuple[dict[Key, dict[int, Shape]], dict[Key, int]]:
        """Return the shapes that the file states of each call's outputs, and how many of them it uses."""
        shapes: dict[Key, dict[int, Shape]] = {}
        counts: dict[Key, int] = {}
        used = [
            (reference, False)
            for member in self.members.values()
            for node in member.nodes
            for reference in node.taken
        ]
        used += [(reference, True) for reference in self.ends]
        for reference, is_end in used:
            key = self.key(reference, end=is_end)
            counts[key] = max(counts.get(key, 1), reference.tensor + 1)
            if reference.shape is not None:
                shapes.setdefault(key, {}).setdefault(reference.tensor, reference.shape)
        return shapes, counts

    def followers(self) -> dict[Key, list[Mapping[str, Json]]]:
        """Return, for each call, the layers that take its output first, and take it alone."""
        found: dict[Key, list[Mapping[str, Json]]] = {}
        for member in self.members.values():
            used = member.nodes[0].only_input if member.nodes else None
            if used is not None:
                found.setdefault(self.key(used), []).append(member.data)
        return found

    def takers(self) -> dict[Key, Layer]:
        """Return, for each call, a layer that takes its first output, and takes it alone."""
        found: dict[Key, Layer] = {}
        for member in self.members.values():
            for node in member.nodes:
                used = node.only_input
                if used is not None and member.made is not None:
                    found.setdefault(self.key(used), member.made.layer)
        return found

    def ordered(self) -> tuple[list[Key], bool]:
        """Return all calls, each after those whose outputs it takes, and whether that can be; what waits in a
        circle comes last.
        """
        order = {name: index for index, name in enumerate(self.members)}
        waiting: dict[Key, set[Key]] = {}
        users: dict[Key, list[Key]] = {}
        for name, member in self.members.items():
            for index in range(max(len(member.nodes), 1 if is_input(member.data) else 0)):
                key = (name, index)
                needs = set()
                if index < len(member.nodes):
                    needs = {self.key(reference) for reference in member.nodes[index].taken}
                if index:
                    needs.add((name, index - 1))
                waiting[key] = needs
        for key, needs in waiting.items():
            waiting[key] = {need for need in needs if need in waiting and need != key}
            for need in waiting[key]:
                users.setdefault(need, []).append(key)
        ready = [(order[key[0]], key[1], key) for key, needs in waiting.items() if not needs]
        heapq.heapify(ready)
        found: list[Key] = []
        while ready:
            key = heapq.heappop(ready)[2]
            found.append(key)
            for user in users.get(key, ()):
                waiting[user].discard(key)
                if not waiting[user]:
                    heapq.heappush(ready, (order[user[0]], user[1], user))
        reached = set(found)
        circle = [key for key in waiting if key not in reached]
        return found + circle, not circle

    def _count_from_zero(self) -> None:
        """Find the nested models whose calls the file counts from 1.

        Every call that a file keeps is used somewhere, so a number as large as the number of calls tells.
        (Keras 3 counts from 1 in output_layers alone; ``key`` brings both together.)
        """
        nodes = [node for member in self.members.values() for node in member.nodes if node.is_legacy]
        if not nodes:
            return
        largest: dict[str, int] = {}
        used = [reference for node in nodes for reference in node.taken]
        for reference in [*used, *self.ends]:
            largest[reference.layer] = max(largest.get(reference.layer, 0), reference.node)
        for name, index in largest.items():
            nested = self.members.get(name)
            if nested is not None and is_architecture(nested.data) and index >= len(nested.nodes) > 0:
                nested.shift = 1


def _name(data: Mapping[str, Json]) -> str:
    name = data.get("name")
    if not isinstance(name, str):
        config = data.get("config")
        name = config.get("name") if isinstance(config, dict) else None
    return name if isinstance(name, str) else class_name_of(data)
