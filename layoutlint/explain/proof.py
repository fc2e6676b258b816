"""A proof by numbers, in a process of its own: a Conv1D and the Conv2D that is said to equal it, built both
ways and run by real Keras on random numbers.

The child process reads the facts as JSON from standard input and writes its result as JSON to standard
output. :func:`prove` starts the child.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from layoutlint.explain.story import Equivalent
from layoutlint.system.tensorflow_child import Child, ChildError, serve

BATCH = 2
SYMBOLIC_SIZE = 8
"""What an input_dim or a number of filters that only the program knows is taken to be."""

MAX_WEIGHTS = 50_000_000
TIMEOUT_SECONDS = 300
TOLERANCE = 1e-4
"""The largest difference, as a share of the largest output, that rounding in 32-bit floats explains."""


class ProofError(Exception):
    """The proof could not be run; ``str(error)`` says why."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way to build the Conv2D: the shapes and how far its output is from the Conv1D's."""

    way: str
    input_shape: tuple[int, ...]
    kernel_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    difference: float


@dataclass(frozen=True, slots=True)
class Proof:
    """What real Keras computed. ``largest`` is the largest absolute value in the Conv1D's output."""

    input_shape: tuple[int, ...]
    kernel_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    largest: float
    comparisons: tuple[Comparison, ...]

    @property
    def holds(self) -> bool:
        """Whether no difference is larger than rounding explains."""
        return all(way.difference <= TOLERANCE * max(self.largest, 1.0) for way in self.comparisons)


def prove(layer: Equivalent) -> Proof:
    """Run the comparison in a child process. Raises ProofError."""
    facts = _numbers(layer)
    if facts["kernel_size"] * facts["input_dim"] * facts["filters"] > MAX_WEIGHTS:
        raise ProofError("the kernel is too large to build three times here")
    child = Child(__name__)
    try:
        answer = child.ask(json.dumps(facts).encode(), TIMEOUT_SECONDS)
    except ChildError as error:
        raise ProofError(str(error)) from None
    finally:
        child.end()
    result = json.loads(answer)
    ways = tuple(Comparison(**_tuples(way)) for way in result.pop("comparisons"))
    return Proof(**_tuples(result), comparisons=ways)


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def _numbers(layer: Equivalent) -> dict[str, Any]:
    """Return the facts with a number for every size that is free or known to the program alone."""
    facts = asdict(layer)
    for name in ("input_dim", "filters"):
        if not isinstance(facts[name], int):
            facts[name] = SYMBOLIC_SIZE
    if not isinstance(layer.steps, int):
        facts["steps"] = 2 * layer.reach + layer.strides
    return facts


def run(facts: Mapping[str, Any]) -> Proof:
    """Build and compare, in this process, with Keras.

    The Conv1D reads (batch, steps, input_dim) and its kernel is (kernel_size, input_dim, filters). Both
    Conv2D kernels are that kernel, reshaped: (kernel_size, input_dim, 1, filters) on (batch, steps,
    input_dim, 1), and (1, kernel_size, input_dim, filters) on (batch, 1, steps, input_dim).
    """
    import keras
    import numpy as np

    steps, depth, filters = facts["steps"], facts["input_dim"], facts["filters"]
    size, stride, dilation = facts["kernel_size"], facts["strides"], facts["dilation_rate"]
    rng = np.random.default_rng(0)
    signal = rng.standard_normal((BATCH, steps, depth)).astype("float32")
    one = keras.layers.Conv1D(filters, size, strides=stride, dilation_rate=dilation, padding=facts["padding"])
    expected = np.asarray(one(signal))
    kernel, bias = one.get_weights()
    bias = rng.standard_normal(bias.shape).astype("float32")
    one.set_weights([kernel, bias])
    expected = np.asarray(one(signal))
    padded = np.pad(signal, ((0, 0), _zeros(facts), (0, 0)))
    ways = (
        ("a trailing axis of 1", padded[..., None], (size, depth), (stride, 1), (dilation, 1), 2),
        ("a leading axis of 1", padded[:, None], (1, size), (1, stride), (1, dilation), 1),
    )
    comparisons = []
    for way, data, window, strides, dilations, added in ways:
        two = keras.layers.Conv2D(filters, window, strides=strides, dilation_rate=dilations)
        two.build(data.shape)
        two.set_weights([kernel.reshape(two.kernel.shape), bias])
        output = np.asarray(two(data))
        difference = float(np.abs(output.squeeze(added) - expected).max(initial=0.0))
        comparisons.append(Comparison(way, data.shape, tuple(two.kernel.shape), output.shape, difference))
    largest = float(np.abs(expected).max(initial=0.0))
    return Proof(signal.shape, tuple(kernel.shape), expected.shape, largest, tuple(comparisons))


def _zeros(facts: Mapping[str, Any]) -> tuple[int, int]:
    """Return the zeros that the padding puts before and after the steps (TensorFlow's rule for "same")."""
    reach = (facts["kernel_size"] - 1) * facts["dilation_rate"] + 1
    if facts["padding"] == "causal":
        return reach - 1, 0
    if facts["padding"] == "valid":
        return 0, 0
    places = -(-facts["steps"] // facts["strides"])
    total = max((places - 1) * facts["strides"] + reach - facts["steps"], 0)
    return total // 2, total - total // 2


def main() -> None:
    """Run as the child process."""
    serve(lambda facts: json.dumps(asdict(run(json.loads(facts)))).encode())
