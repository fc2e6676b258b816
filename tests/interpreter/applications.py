"""The builders of keras.applications, called for real, and their source as layoutlint evaluates it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
from keras.src import applications

from layoutlint.model.graph import flatten
from layoutlint.readers.source import read
from tests.oracle.recorder import Recording, _recording

FOLDER = Path(applications.__file__).parent
Line = tuple[int, int]


def builders(module: ModuleType) -> list[Callable[..., Any]]:
    """The public functions of a module of keras.applications that build a model with no argument given."""
    return [
        function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and name[0].isupper()
        and "weights" in inspect.signature(function).parameters
        and all(
            p.default is not p.empty or p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
            for p in inspect.signature(function).parameters.values()
        )
    ]


def real_shapes(module: ModuleType) -> dict[Line, set[Any]]:
    """The output shapes of every layer of all the module's models, by its constructor's line and column."""
    keras.backend.clear_session()
    recording = Recording()
    with _recording(recording, str(FOLDER)):
        for build in builders(module):
            # no memory for hundreds of millions of weights: only shapes are wanted
            with keras.StatelessScope():
                build(weights=None)
    found: dict[Line, set[Any]] = {}
    for (path, line, column), layers in recording.layers.items():
        if path == module.__file__ and layers[0].class_name != "InputLayer":
            shapes = {shape for layer in layers for shape in layer.outputs}
            if shapes:
                found.setdefault((line, column), set()).update(shapes)
    return found


def inferred_shapes(path: str) -> tuple[dict[Line, set[Any]], list[str]]:
    """What layoutlint infers of the module's source, where nobody calls the builders; and its notes."""
    graph = read(Path(path).read_text(encoding="utf-8"), path)
    found: dict[Line, set[Any]] = {}
    for call in graph.calls:
        place = call.layer.origin.locate()
        if call.layer.kind in ("operation", "input") or Path(place.path) != Path(path):
            continue
        shapes = tuple(None if t.shape is None else tuple(t.shape.sizes) for t in flatten(call.outputs))
        found.setdefault((place.line, place.column), set()).add(shapes if len(shapes) > 1 else shapes[0])
    return found, graph.notes
