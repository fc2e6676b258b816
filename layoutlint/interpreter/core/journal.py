"""Memory: undoing what one side of a branch did, and joining what several sides left.

Only lists, dicts and sets change (scopes and objects keep their variables in dicts). Whoever changes one
calls :meth:`Journal.touch` first; inside an unknown branch the journal then keeps what it was before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from layoutlint.interpreter.core.values import (
    MAX_ALTERNATIVES,
    Choice,
    External,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    Rest,
    Unknown,
    Value,
)
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Tensor
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, unknown_size

Mutable = list[Any] | dict[Any, Any] | set[Any]
Changes = dict[int, tuple[Any, Any]]
"""For each changed object, by identity: the object, and a copy of its content."""


class Journal:
    """What was changed in the branches that are being evaluated, the innermost last."""

    def __init__(self) -> None:
        self._frames: list[tuple[Changes, dict[int, Any]]] = []

    def touch(self, target: Any) -> None:
        """Say that ``target`` is about to change."""
        if not self._frames:
            return
        changes, born = self._frames[-1]
        key = id(target)
        if key not in changes and key not in born:
            changes[key] = (target, target.copy())

    def born(self, target: Any) -> Any:
        """Say that ``target`` was made just now: nothing needs undoing. Returns it."""
        if self._frames:
            self._frames[-1][1][id(target)] = target
        return target

    def push(self) -> None:
        """Enter a branch."""
        self._frames.append(({}, {}))

    def pop(self) -> Changes:
        """Leave the branch: everything is as it was before; returns what the branch had made of it."""
        changes, born = self._frames.pop()
        after: Changes = {}
        for key, (target, before) in changes.items():
            after[key] = (target, target.copy())
            _assign(target, before)
        if self._frames:
            self._frames[-1][1].update(born)
        return after

    def snapshot(self) -> Changes:
        """What the innermost branch has changed so far."""
        return {key: (target, target.copy()) for key, (target, _) in self._frames[-1][0].items()}

    def apply(self, changes: Changes) -> None:
        """Make what a branch did real."""
        for target, content in changes.values():
            self.touch(target)
            _assign(target, content)

    def join(self, sides: list[Changes]) -> None:
        """Give every object what the sides made of it, joined; a side that did not touch it left it as it
        is.
        """
        for target, content in self.joined(sides).values():
            self.touch(target)
            _assign(target, content)

    def joined(self, sides: list[Changes]) -> Changes:
        """What the sides made of every object, joined, without making it real."""
        targets = {key: target for side in sides for key, (target, _) in side.items()}
        return {
            key: (target, _join_contents([side[key][1] if key in side else target for side in sides]))
            for key, target in targets.items()
        }


def _assign(target: Any, content: Any) -> None:
    if target is content:
        return
    if isinstance(target, list):
        target[:] = content
    else:
        content = content.copy()
        target.clear()
        target.update(content)


def _join_contents(contents: list[Any]) -> Any:
    first = contents[0]
    if isinstance(first, list):
        merged: Any = list(first)
        for other in contents[1:]:
            merged = _join_lists(merged, other)
        return merged
    if isinstance(first, dict):
        merged = dict(first)
        for other in contents[1:]:
            for name, value in other.items():
                merged[name] = join(merged[name], value) if name in merged else value
        return merged
    return set().union(*contents)


def _join_lists(left: list[Value], right: list[Value]) -> list[Value]:
    if len(left) == len(right) and not any(isinstance(item, Rest) for item in (*left, *right)):
        return [join(a, b) for a, b in zip(left, right, strict=True)]
    common: list[Value] = []
    for a, b in zip(left, right, strict=False):
        if isinstance(a, Rest) or isinstance(b, Rest) or not same(a, b):
            break
        common.append(a)
    tail = [
        item.item if isinstance(item, Rest) else item
        for item in (*left[len(common) :], *right[len(common) :])
    ]
    rest = tail[0] if tail else Unknown()
    for item in tail[1:]:
        rest = join(rest, item)
    return [*common, Rest(rest)]


def same(left: Value, right: Value) -> bool:
    """Whether two values are certainly one and the same."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, int | float | str | bytes | Expression | External | Unknown):
        return bool(left == right)
    if isinstance(left, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, list) and not isinstance(right, Shape):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return False


def join(left: Value, right: Value) -> Value:
    """What is known of a value that is either of two."""
    if same(left, right):
        return left
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        return join_tensors(left, right)
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        return tuple(join(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, Instance) and isinstance(right, Instance) and left.cls is right.cls:
        merged = {
            name: join(left.attributes[name], right.attributes[name])
            for name in left.attributes.keys() & right.attributes.keys()
        }
        return Instance(left.cls, merged, left.origin, left.native)
    if isinstance(left, LibraryObject) and isinstance(right, LibraryObject) and left.kind == right.kind:
        common = {
            name: join(left.state[name], right.state[name]) for name in left.state.keys() & right.state.keys()
        }
        return LibraryObject(left.kind, left.origin, common)
    if isinstance(left, ModelValue) and isinstance(right, ModelValue):
        inputs, outputs = (join(left.state.get(end), right.state.get(end)) for end in ("inputs", "outputs"))
        if isinstance(inputs, Tensor) and isinstance(outputs, Tensor):
            return ModelValue("Functional", left.origin, None, {"inputs": inputs, "outputs": outputs})
    if isinstance(left, list) and isinstance(right, list):
        return _join_lists(left, right)
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        return {key: join(value, right[key]) for key, value in left.items()}
    if isinstance(left, LayerValue) and isinstance(right, LayerValue) and is_same_constructor(left, right):
        return _join_layers(left.layer, right.layer)
    alternatives = _alternatives(left)
    for alternative in _alternatives(right):
        if not any(same(alternative, other) for other in alternatives):
            alternatives.append(alternative)
    if len(alternatives) > MAX_ALTERNATIVES or any(isinstance(item, Unknown) for item in alternatives):
        name = next((item.name for item in alternatives if isinstance(item, Unknown)), None)
        return Unknown(name, reason="an unknown condition decides it")
    return Choice(tuple(alternatives))


def is_same_constructor(left: LayerValue, right: LayerValue) -> bool:
    """Whether one constructor call made both layers, in a loop for example."""
    a, b = left.layer, right.layer
    return a.class_name == b.class_name and a.origin == b.origin and a.config.keys() == b.config.keys()


def _join_layers(left: Layer, right: Layer) -> LayerValue:
    """A layer that is either of two by the same constructor: the arguments that differ are unknown."""
    config = {
        name: value if same(value, right.config[name]) else unknown_size()
        for name, value in left.config.items()
    }
    return LayerValue(replace(left, config=config))


def _alternatives(value: Value) -> list[Value]:
    return list(value.alternatives) if isinstance(value, Choice) else [value]


def join_tensors(left: Tensor, right: Tensor) -> Tensor:
    """A tensor that is either of two: sizes that differ are unknown, another rank makes the shape unknown.

    Both stay visible as inputs of the operation ``join``, so that a trail can be followed through it.
    """
    shape = join_shapes(left.shape, right.shape)
    if left.producer is right.producer and left.producer is not None:
        return Tensor(shape, left.producer, left.origin, left.name)
    origin = left.origin or right.origin or FileOrigin("")
    made = Call(Layer("join", {}, origin, kind="operation"), [left, right], {}, origin)
    made.outputs = Tensor(shape, made, origin, left.name if left.name == right.name else None)
    return made.outputs


def join_shapes(left: Shape | None, right: Shape | None) -> Shape | None:
    """The shape of what has either of two shapes."""
    if left is None or right is None or left.rank != right.rank:
        return None
    return Shape(_join_axes(a, b) for a, b in zip(left, right, strict=True))


def _join_axes(left: Axis, right: Axis) -> Axis:
    if left == right:
        return left
    size = left.size if left.size == right.size else unknown_size()
    return Axis(size, left.role if left.role == right.role else "", left.evidence)


Branch = Callable[[], Any]
