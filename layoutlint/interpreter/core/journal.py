"""Memory: undoing what one side of a branch did, and joining what several sides left.

Lists, dicts and sets change (scopes and objects keep their variables in dicts), and the few fields of objects
that :data:`_FIELDS` names. Whoever changes one calls :meth:`Journal.touch` first; inside an unknown branch
the journal then keeps what it was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial, reduce
from typing import Generic, TypeAlias, TypeVar, cast

from msgspec.structs import replace

from layoutlint.interpreter.core.limits import MAX_NESTING, MAX_PARTS
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
    alternatives,
    has_rest,
    one_of,
)
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Labels, Layer, Tensor
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, unknown_size

Object: TypeAlias = LayerValue | ModelValue | Labels
Mutable: TypeAlias = list[Value] | dict[Value, Value] | dict[str, Value] | set[Value] | Object
Content: TypeAlias = list[Value] | dict[Value, Value] | set[Value] | tuple[object, ...]
"""A copy of what is in a list, dict or set, or the fields of an object."""
Changes: TypeAlias = dict[int, tuple[Mutable, Content]]
"""For each changed object, by identity: the object, and a copy of its content."""

M = TypeVar("M", bound=Mutable)
T = TypeVar("T")


class Journal:
    """What was changed in the branches that are being evaluated, the innermost last."""

    def __init__(self) -> None:
        self._frames: list[tuple[Changes, dict[int, Mutable]]] = []

    def touch(self, target: Mutable) -> None:
        """Say that ``target`` is about to change."""
        if not self._frames:
            return
        changes, born = self._frames[-1]
        key = id(target)
        if key not in changes and key not in born:
            changes[key] = (target, content_of(target))

    def born(self, target: M) -> M:
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
            after[key] = (target, content_of(target))
            _assign(target, before)
        if self._frames:
            self._frames[-1][1].update(born)
        return after

    def snapshot(self) -> Changes:
        """Return what the innermost branch has changed so far."""
        return {key: (target, content_of(target)) for key, (target, _) in self._frames[-1][0].items()}

    def join(self, sides: list[Changes]) -> None:
        """Give every object what the sides made of it, joined; a side that did not touch it left it as it
        is.
        """
        for target, content in self.joined(sides).values():
            self.touch(target)
            _assign(target, content)

    def joined(self, sides: list[Changes]) -> Changes:
        """Return what the sides made of every object, joined, without making it real."""
        targets = {key: target for side in sides for key, (target, _) in side.items()}
        return {
            key: (
                target,
                _join_contents(
                    target, [side[key][1] if key in side else content_of(target) for side in sides]
                ),
            )
            for key, target in targets.items()
        }


def content_of(target: Mutable) -> Content:
    """Return a copy of what changes in an object."""
    if isinstance(target, list | dict | set):
        return cast("Content", target.copy())
    return tuple([getattr(target, name) for name in _FIELDS[type(target)]])


def _assign(target: Mutable, content: Content) -> None:
    match target, content:
        case list(), list():
            target[:] = content
        case dict(), dict():
            target.clear()
            cast("dict[Value, Value]", target).update(content)
        case set(), set():
            target.clear()
            target.update(content)
        case ((LayerValue() | ModelValue() | Labels()), tuple()):
            for name, value in zip(_FIELDS[type(target)], content, strict=True):
                setattr(target, name, value)


def _join_contents(target: Mutable, contents: list[Content]) -> Content:
    merged = contents[0]
    for other in contents[1:]:
        match merged, other:
            case list(), list():
                merged = _join_lists(merged, other)
            case dict(), dict():
                merged = dict(merged)
                for name, value in other.items():
                    merged[name] = join(merged[name], value) if name in merged else value
            case set(), set():
                merged = merged | other
            case tuple(), tuple():
                joining = _FIELDS[type(target)].values()
                merged = tuple([one(a, b) for one, a, b in zip(joining, merged, other, strict=True)])
    return merged


def _agreed(left: object, right: object) -> object:
    """Return a note that both sides hold; None where they differ."""
    return left if left is right or left == right else None


def _both(left: object, right: object) -> object:
    return left and right


def _either(left: object, right: object) -> object:
    return left if left is not None else right


def _uses(left: object, right: object) -> object:
    """Return the uses on both sides, each once, in order."""
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    return (*left, *(made for made in right if not any(made is other for other in left)))


_FIELDS: Mapping[type, Mapping[str, Callable[[object, object], object]]] = {
    LayerValue: {"layer": _either, "calls": _uses, "built": _both},
    ModelValue: {"name": _agreed, "losses": _either, "judges": _either, "layer": _agreed, "fed": _agreed},
    Labels: {"count": _agreed},
}
"""The fields of objects that change, each with what joins two sides of a branch."""


def _join_lists(left: list[Value], right: list[Value], walk: Walk[Value] | None = None) -> list[Value]:
    walk = walk or Walk()
    if len(left) == len(right) and not has_rest(left) and not has_rest(right):
        return [join(a, b, walk) for a, b in zip(left, right, strict=True)]
    common: list[Value] = []
    for a, b in zip(left, right, strict=False):
        if has_rest([a, b]) or not same(a, b):
            break
        common.append(a)
    tail = [one_of(item) for item in (*left[len(common) :], *right[len(common) :])]
    return [*common, Rest(reduce(partial(join, walk=walk), tail) if tail else Unknown())]


def join_all(values: Iterable[Value]) -> Value:
    """Return what is known of a value that is any of several."""
    return reduce(join, values)


class Walk(Generic[T]):
    """A walk through pairs of values: what it found of those that it has met, and how far it may still go.

    Values share their parts and may hold themselves: a pair that is met again is not walked through again.
    """

    __slots__ = ("_inside", "_left", "_met")

    def __init__(self) -> None:
        self._met: dict[tuple[int, int], tuple[Value, Value, T]] = {}
        self._left = MAX_PARTS
        self._inside = 0

    def through(self, left: Value, right: Value, run: Callable[[], T], meanwhile: T, far: T) -> T:
        """Return what ``run`` finds of a pair, once; ``meanwhile`` while it runs, ``far`` where the walk is
        too long or too deep.
        """
        key = (id(left), id(right))
        if key in self._met:
            return self._met[key][2]
        if self._left <= 0 or self._inside >= MAX_NESTING:
            return far
        # the values are kept: another must not get their identity
        self._met[key] = (left, right, meanwhile)
        self._left -= 1 + (len(left) if isinstance(left, list | tuple | dict) else 1)
        self._inside += 1
        try:
            found = run()
        finally:
            self._inside -= 1
        self._met[key] = (left, right, found)
        return found


def same(left: Value, right: Value, walk: Walk[bool] | None = None) -> bool:
    """Tell whether two values are certainly one and the same."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    match left, right:
        case ((int() | float() | str() | bytes() | Expression() | External() | Unknown()), _):
            return left == right
        case Choice(), Choice():
            return len(left.alternatives) == len(right.alternatives) and _all_same(
                left, right, left.alternatives, right.alternatives, walk
            )
        case tuple(), tuple():
            return len(left) == len(right) and _all_same(left, right, left, right, walk)
        case list(), list():
            return len(left) == len(right) and _all_same(left, right, left, right, walk)
        case dict(), dict():
            if left.keys() != right.keys():
                return False
            return _all_same(left, right, left.values(), [right[key] for key in left], walk)
        case _:
            return False


def _all_same(
    left: Value,
    right: Value,
    left_parts: Iterable[Value],
    right_parts: Iterable[Value],
    walk: Walk[bool] | None,
) -> bool:
    if walk is None:
        return _parts_same(left_parts, right_parts, None)
    run = partial(_parts_same, left_parts, right_parts, walk)
    # one difference decides: until there is one, a pair that is being walked through counts as the same
    return walk.through(left, right, run, meanwhile=True, far=False)


def _parts_same(left: Iterable[Value], right: Iterable[Value], walk: Walk[bool] | None) -> bool:
    for a, b in zip(left, right, strict=True):
        if a is b:
            continue
        if walk is None and isinstance(a, _NESTED):
            walk = Walk()  # most sequences hold no others
        if not same(a, b, walk):
            return False
    return True


def join(left: Value, right: Value, walk: Walk[Value] | None = None) -> Value:
    """Return what is known of a value that is either of two."""
    if same(left, right):
        return left
    if isinstance(left, _NESTED) and isinstance(right, _NESTED):
        walk = walk or Walk()
        far = Unknown(reason="nested too deeply to follow")
        return walk.through(left, right, partial(_join_nested, left, right, walk), meanwhile=far, far=far)
    return _join(left, right)


_NESTED = (tuple, list, dict, Instance, LibraryObject)


def _join_nested(left: Value, right: Value, walk: Walk[Value]) -> Value:
    match left, right:
        case tuple(), tuple() if len(left) == len(right):
            return tuple(join(a, b, walk) for a, b in zip(left, right, strict=True))
        case Instance(), Instance() if left.cls is right.cls:
            common = _common(left.attributes, right.attributes, walk)
            possible = tuple(dict.fromkeys(left.possible + right.possible))
            return Instance(left.cls, common, left.origin, left.native, either_of=possible)
        case LibraryObject(), LibraryObject() if left.kind == right.kind:
            return LibraryObject(left.kind, left.origin, _common(left.state, right.state, walk))
        case list(), list():
            return _join_lists(left, right, walk)
        case dict(), dict() if left.keys() == right.keys():
            return {key: join(value, right[key], walk) for key, value in left.items()}
    return _choice(left, right)


def _join(left: Value, right: Value) -> Value:
    match left, right:
        case Tensor(), Tensor():
            return join_tensors(left, right)
        case ModelValue(), ModelValue():
            ends = {end: join(left.state.get(end), right.state.get(end)) for end in ("inputs", "outputs")}
            if all(isinstance(end, Tensor) for end in ends.values()):
                return ModelValue("Functional", left.origin, None, ends)
        case LayerValue(), LayerValue() if is_same_constructor(left, right):
            return _join_layers(left.layer, right.layer)
    return _choice(left, right)


def _common(left: Mapping[str, Value], right: Mapping[str, Value], walk: Walk[Value]) -> dict[str, Value]:
    return {name: join(value, right[name], walk) for name, value in left.items() if name in right}


def _choice(left: Value, right: Value) -> Value:
    found = list(alternatives(left))
    for alternative in alternatives(right):
        if not any(same(alternative, other) for other in found):
            found.append(alternative)
    unknown = next((item for item in found if isinstance(item, Unknown)), None)
    if len(found) > MAX_ALTERNATIVES and all(type(item) in (int, Expression) for item in found):
        return unknown_size()  # one of many numbers is a number
    if len(found) > MAX_ALTERNATIVES or unknown is not None:
        name = unknown.name if unknown is not None else None
        return Unknown(name, reason="an unknown condition decides it")
    return Choice(tuple(found))


def is_same_constructor(left: LayerValue, right: LayerValue) -> bool:
    """Tell whether one constructor call made both layers, in a loop for example."""
    a, b = left.layer, right.layer
    return a.class_name == b.class_name and a.origin == b.origin and a.config.keys() == b.config.keys()


def _join_layers(left: Layer, right: Layer) -> LayerValue:
    """Return a layer that is either of two by the same constructor: the arguments that differ are unknown."""
    config = {
        name: value if same(value, right.config[name]) else unknown_size()
        for name, value in left.config.items()
    }
    possible = tuple(dict.fromkeys(left.possible + right.possible))
    return LayerValue(replace(left, config=config, either_of=possible))


def join_tensors(left: Tensor, right: Tensor) -> Tensor:
    """Return a tensor that is either of two: sizes that differ are unknown, another rank makes the shape
    unknown.

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
    """Return the shape of what has either of two shapes."""
    if left is None or right is None or left.rank != right.rank:
        return None
    return Shape(_join_axes(a, b) for a, b in zip(left, right, strict=True))


def _join_axes(left: Axis, right: Axis) -> Axis:
    if left == right:
        return left
    size = left.size if left.size == right.size else unknown_size()
    return Axis(size, left.role if left.role == right.role else "", left.evidence)
