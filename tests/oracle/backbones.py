"""``python -m tests.oracle.backbones``: writes from the real models what layoutlint knows of
``keras.applications``.

Along one path through a network the size of an image is a chain of windows. For each application the chain
of the path that is the strictest is taken from the graph of the real model, with its channels, its default
and its minimum size and its arguments. What stands in the file is therefore what Keras builds, and a test
holds the two together.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
from keras.src.applications import imagenet_utils

from layoutlint.interpreter.keras.applications import FILE
from tests.oracle.session import begin

Step = list[Any]
"""``["pad", before, after]``, ``["window", kernel, stride, padding]`` or ``["correct", kernel, stride]``: a
window of that kernel behind the padding that ``imagenet_utils.correct_pad`` gives it.
"""
Chain = tuple[tuple[Any, ...], ...]


def exported() -> dict[str, Callable[..., Any]]:
    """The model functions that Keras exports in ``keras.applications``."""
    return {
        name: function
        for name, function in sorted(vars(keras.applications).items())
        if inspect.isfunction(function) and name[0].isupper()
    }


@contextmanager
def weightless() -> Iterator[None]:
    """Models are built without memory for their weights: only shapes are wanted."""
    begin()
    with keras.StatelessScope():
        yield


def describe(name: str) -> dict[str, Any]:
    """What the file holds for one application."""
    build = exported()[name]
    parameters = inspect.signature(build).parameters
    limits = _limits(build)
    with weightless(), _correct_pads_marked() as marked:
        model = build(weights=None, include_top=False, input_shape=(None, None, 3))
        chain = _chain_of(model, marked)
    with weightless():
        headless = build(weights=None, include_top=False)
        whole = build(weights=None)
    return {
        "parameters": {key: p.default for key, p in parameters.items()},
        "default": limits["default_size"] or whole.input.shape[1],
        "headless_default": headless.input.shape[1],
        "minimum": limits["min_size"] or 32,
        "flattens": any(
            isinstance(layer, keras.layers.Flatten) and layer.input.shape[1] != 1 for layer in whole.layers
        ),
        "channels": model.output.shape[-1],
        "chain": [list(step) for step in chain],
    }


def _limits(build: Callable[..., Any]) -> dict[str, Any]:
    """The sizes with which an application calls ``obtain_input_shape``; None where it does not call it."""
    found: dict[str, Any] = {"default_size": None, "min_size": None}

    class SeenError(Exception):
        pass

    def note(input_shape: Any, **keywords: Any) -> Any:
        found.update({key: keywords[key] for key in found})
        raise SeenError

    with patch.object(imagenet_utils, "obtain_input_shape", note), weightless(), suppress(SeenError):
        build(weights=None)
    return found


@contextmanager
def _correct_pads_marked() -> Iterator[set[str]]:
    """The names of the ZeroPadding2D layers whose padding ``correct_pad`` computed."""
    marked: set[str] = set()
    results: list[Any] = []
    correct, initialize = imagenet_utils.correct_pad, keras.layers.ZeroPadding2D.__init__

    def noted(*args: Any, **kwargs: Any) -> Any:
        results.append(correct(*args, **kwargs))
        return results[-1]

    def made(self: Any, padding: Any = (1, 1), **kwargs: Any) -> None:
        initialize(self, padding, **kwargs)
        if any(padding is result for result in results):
            marked.add(self.name)

    with (
        patch.object(imagenet_utils, "correct_pad", noted),
        patch.object(keras.layers.ZeroPadding2D, "__init__", made),
    ):
        yield marked


def _chain_of(model: Any, marked: set[str]) -> Chain:
    """The chain from input to output whose smallest possible input is the largest; the first of equal ones.

    None stands for a path on which the image was pooled away (squeeze and excite): it says nothing of sizes.
    """
    chains: dict[int, Chain | None] = {id(tensor): () for tensor in model.inputs}
    for depth in sorted(model._operations_by_depth, reverse=True):
        for operation in model._operations_by_depth[depth]:
            if isinstance(operation, keras.layers.InputLayer):
                continue
            (node,) = operation._inbound_nodes[:1]
            before = [chains[id(tensor)] for tensor in node.input_tensors]
            known = [chain for chain in before if chain is not None]
            strictest = max(known, key=_smallest, default=None)
            after = None if strictest is None else _through(operation, strictest, marked)
            for tensor in node.outputs:
                chains[id(tensor)] = after
    found = chains[id(model.outputs[0])]
    assert found is not None
    return _corrected(found)


def _through(operation: Any, chain: Chain, marked: set[str]) -> Chain | None:
    layers = keras.layers
    if isinstance(operation, keras.Sequential):
        result: Chain | None = chain
        for layer in operation.layers:
            result = _through(layer, result, marked) if result is not None else None
        return result
    if isinstance(operation, layers.GlobalAveragePooling2D | layers.GlobalMaxPooling2D):
        return None
    if isinstance(operation, layers.ZeroPadding2D):
        (top, bottom), (left, right) = operation.padding
        if operation.name in marked:
            return (*chain, ("correct", 2 * bottom + 1))
        assert (top, bottom) == (left, right), operation.name
        return (*chain, ("pad", top, bottom))
    if isinstance(operation, layers.Cropping2D):
        (top, bottom), (left, right) = operation.cropping
        assert (top, bottom) == (left, right), operation.name
        return (*chain, ("pad", -top, -bottom))
    kernel = getattr(operation, "kernel_size", getattr(operation, "pool_size", None))
    if kernel is None:
        return chain
    strides, padding = operation.strides, operation.padding
    assert kernel[0] == kernel[1] or strides == (1, 1), operation.name
    if strides == (1, 1) and (padding == "same" or kernel == (1, 1)):
        return chain
    assert (kernel[0], strides[0]) == (kernel[1], strides[1]), operation.name
    return (*chain, ("window", kernel[0], strides[0], padding))


def _corrected(chain: Chain) -> Chain:
    """The chain with each correct_pad and the window behind it as one step."""
    found: list[tuple[Any, ...]] = []
    for step in chain:
        if found and found[-1] == ("correct", step[1]):
            assert step[2:] == (2, "valid")
            found[-1] = ("correct", step[1], step[2])
        else:
            found.append(step)
    return tuple(found)


def _smallest(chain: Chain) -> int:
    """The smallest size that a chain leaves anything of."""
    return next(size for size in range(1, 400) if (_size(chain, size) or 0) > 0)


def _size(chain: Chain, size: int) -> int | None:
    for step in chain:
        if step[0] == "pad":
            size += step[1] + step[2]
        elif step[0] == "correct":
            size += step[1] - 1 - (1 - size % 2)
        elif step[3] == "same":
            size = -(-size // step[2])
        else:
            size = (size - step[1]) // step[2] + 1
        if size < 1:
            return None
    return size


def text(names: list[str] | None = None) -> str:
    """The content of the file: one application a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(describe(name))}" for name in names or exported()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(re.sub(r'"chain"', '\n  "chain"', text(sys.argv[1:])))
    else:
        Path(FILE).write_text(text(), encoding="utf-8")
