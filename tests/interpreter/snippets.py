"""What the interpreter knows of the variable ``x`` at the end of a piece of a program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Graph
from layoutlint.model.sizes import Expression
from layoutlint.readers.source import read

PREAMBLE = """import numpy as np
import pandas as pd
import cv2, librosa, mne, sklearn
import tensorflow as tf
from keras import Input
"""
UNKNOWN = "?"


def graph_of(code: str, path: Path | None = None) -> Graph:
    """The graph of the code, as the file ``path``."""
    return read(code, str(path) if path is not None else "snippet.py")


def rules_of(graph: Graph) -> list[str]:
    """The rule of each finding in a graph, of any confidence."""
    return [finding.rule for finding in judge(graph, builtin())]


def sizes_of_x(code: str, path: Path | None = None) -> Any:
    """The shape of ``x``, ``?`` for an unknown size; ``?`` alone where not even the rank is known."""
    graph = graph_of(f"{PREAMBLE}{code}\nInput(batch_shape=x.shape, name='the_end')\n", path)
    layer = next(layer for layer in graph.layers if layer.name == "the_end")
    sizes = layer.config["batch_shape"]
    if sizes is None:
        return UNKNOWN
    return tuple(UNKNOWN if isinstance(size, Expression) else size for size in sizes)


def shape_of_x(code: str) -> Shape:
    """The shape of ``x`` with the roles of its axes: what the layer that ``x`` is given to sees."""
    graph = graph_of(f"{PREAMBLE}from keras import layers\n{code}\nlayers.Activation('relu')(x)\n")
    call = graph.calls[-1]
    shape = call.input_tensors[0].shape
    assert shape is not None
    return shape


def fits(inferred: Any, real: tuple[int, ...]) -> bool:
    """Whether what was inferred agrees with the real shape."""
    if inferred == UNKNOWN:
        return True
    return len(inferred) == len(real) and all(a in (UNKNOWN, b) for a, b in zip(inferred, real, strict=True))


def really(code: str) -> tuple[int, ...]:
    """The shape of ``x`` when the code runs."""
    scope: dict[str, Any] = {}
    exec("import numpy as np\nimport pandas as pd\n" + code, scope)
    return tuple(scope["x"].shape)
