"""What layoutlint infers of a program against what real Keras did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layoutlint.model.graph import Graph, flatten
from layoutlint.model.sizes import Expression
from layoutlint.readers.source import read
from tests.oracle.recorder import Position, Recording


@dataclass(frozen=True)
class Verdict:
    """One real output shape of one constructor call, and how it was inferred.

    ``exact``: the very shape was inferred. ``partial``: what was inferred fits. ``missing``: nothing was
    inferred. ``wrong``: something else was, or a shape that the program never has.
    """

    status: str
    position: Position
    class_name: str
    real: Any
    inferred: tuple[Any, ...]

    def __str__(self) -> str:
        path, line, column = self.position
        return (
            f"{Path(path).name}:{line}:{column} {self.class_name} {self.status}: Keras {self.real}, "
            f"layoutlint {', '.join(map(_text, self.inferred)) or 'nothing'}"
        )


def compare(program: Path, recording: Recording, graph: Graph | None = None) -> list[Verdict]:
    """A verdict for every distinct output shape of every constructor call in the program's own file."""
    path = str(program.resolve())
    graph = graph or read(program.read_text(encoding="utf-8"), path)
    inferred: dict[tuple[int, int], list[tuple[Any, bool]]] = {}
    for call in graph.calls:
        location = call.layer.origin.locate()
        if location.line is None or Path(location.path).resolve() != Path(path):
            continue
        if call.layer.kind in ("operation", "input"):
            continue
        assert location.column is not None
        shapes = _shapes(call.outputs)
        inferred.setdefault((location.line, location.column), []).append((shapes, bool(call.conditions)))
    verdicts: list[Verdict] = []
    for position, layers in recording.layers.items():
        if Path(position[0]).resolve() != Path(path) or layers[0].class_name == "InputLayer":
            continue
        ours = inferred.get(position[1:], [])
        real_shapes = {_flat(shape) for layer in layers for shape in layer.outputs}
        for real in sorted(real_shapes, key=str):
            verdicts.append(_judge(position, layers[0].class_name, real, ours))
        if real_shapes:
            for shapes, conditional in ours:
                # a shape that the program never has is wrong, unless it belongs to a branch that did not run
                if not conditional and _is_known(shapes) and shapes not in real_shapes:
                    verdicts.append(Verdict("wrong", position, layers[0].class_name, None, (shapes,)))
    return verdicts


def _judge(position: Position, class_name: str, real: Any, ours: list[tuple[Any, bool]]) -> Verdict:
    candidates = tuple(dict.fromkeys(shapes for shapes, _ in ours))
    if real in candidates:
        status = "exact"
    elif not candidates:
        status = "missing"
    elif any(_fits(shapes, real) for shapes in candidates):
        status = "partial"
    else:
        status = "wrong"
    return Verdict(status, position, class_name, real, candidates)


def _shapes(outputs: Any) -> Any:
    """The shapes of all outputs, flat; ``...`` for one of unknown rank."""
    found = tuple(... if t.shape is None else tuple(t.shape.sizes) for t in flatten(outputs))
    return found[0] if not isinstance(outputs, list | tuple | dict) else found


def _flat(shapes: Any) -> Any:
    """What Keras returned, as :func:`_shapes` gives it: nested outputs as one tuple of shapes."""
    if not isinstance(shapes, tuple) or not any(isinstance(item, tuple) for item in shapes):
        return shapes
    found: list[Any] = []
    for item in shapes:
        inner = _flat(item)
        found.extend(
            inner if isinstance(inner, tuple) and any(isinstance(i, tuple) for i in inner) else [inner]
        )
    return tuple(found)


def _is_known(shapes: Any) -> bool:
    if shapes is ...:
        return False
    return all(
        _is_known(item) if isinstance(item, tuple) else not isinstance(item, Expression) and item is not ...
        for item in shapes
    )


def _fits(inferred: Any, real: Any) -> bool:
    if inferred is ... or isinstance(inferred, Expression):
        return True
    if isinstance(inferred, tuple) and isinstance(real, tuple):
        return len(inferred) == len(real) and all(
            _fits(a, b) if not isinstance(a, int) else a == b
            for a, b in zip(inferred, real, strict=True)
            if not (a is None and b is None)
        )
    return bool(inferred == real)


def _text(shapes: Any) -> str:
    return "(" + ", ".join(map(_text, shapes)) + ")" if isinstance(shapes, tuple) else str(shapes)


def summary(verdicts: list[Verdict]) -> Counter[str]:
    """How many verdicts of each status."""
    return Counter(verdict.status for verdict in verdicts)
