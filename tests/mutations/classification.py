"""Mutants sorted: which change what the program means, which do not, and of which nothing can be known.

A mutant that Keras stops, or that makes other shapes or values, changes the meaning. It is excluded only with
a reason out of :data:`REASONS`. The reasons look at the program and at what Keras did, and never at what
layoutlint finds; what it finds in an excluded mutant is counted by itself, to keep them honest.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any, Final

from tests.mutations.models import ModelMutant
from tests.mutations.mutants import Mutant, number
from tests.mutations.store import Outcome

REASONS: Final = {
    "computes the same": "the shapes (but for axes of size 1), the numbers computed from the same inputs "
    "and the same weights, and the data fed are those of the original",
    "not a layout": "Python stops at a name or an attribute that the mutation took away",
    "numpy refuses": "numpy or Python itself stops at an axis that an array has not, before anything reaches "
    "a layer",
    "not judged": "the run took too long",
    "sizes alone": "written numbers changed places, and no name, no data, no size and no layer contradicts "
    "them: somebody's data may be so",
    "noise": "random numbers or zeros are made in another shape, and the model takes its shape from them",
    "any rank": "all layers take any rank, no data is fed, and a free or a written leading axis may be one "
    "of steps",
    "head per place": "the last layers work at every step, as in a tagger, or the model ends there, as one "
    "that finds features does, and no data or target contradicts that",
    "other design": "a reduction, a softmax, a join or a stride along another axis whose result fits all "
    "that follows: nothing says which was meant",
    "padding hides it": 'behind other layers a kernel under padding="same" that is a little wider than the '
    "axis computes what a narrower one would",
}

NUMPY: Final = re.compile(
    r"AxisError|all the input array|cannot reshape array|could not (?:be )?broadcast|axes don't match"
)
WORDS: Final = frozenset(
    [
        "steps",
        "step",
        "time",
        "timesteps",
        "seq",
        "sequence",
        "len",
        "length",
        "window",
        "frames",
        "frame",
        "look",
        "back",
        "lookback",
        "features",
        "feature",
        "channels",
        "channel",
        "leads",
        "dim",
        "dims",
        "height",
        "width",
        "rows",
        "cols",
        "row",
        "col",
        "h",
        "w",
        "c",
        "classes",
        "vocab",
        "size",
        "chans",
        "samples",
        "past",
        "horizon",
        "tokens",
        "hop",
        "mels",
        "mel",
        "units",
        "filters",
        "maxlen",
    ]
)
"""Words in the name of a size that tell what it counts."""


def exclusion(mutant: Mutant, outcome: Outcome) -> str | None:
    """The reason for which a mutant does not count; None if it changes the meaning and something tells."""
    if outcome.kind == "same":
        return "computes the same"
    if outcome.kind == "timeout":
        return "not judged"
    if outcome.kind == "crash":
        return _crash(outcome)
    unseen = UNSEEN.get(mutant.operator)
    return None if unseen is None else unseen(mutant, outcome)


def _crash(outcome: Outcome) -> str | None:
    if outcome.said.partition(":")[0] in ("NameError", "AttributeError", "ImportError", "SyntaxError"):
        return "not a layout"
    if "encountered when calling" in outcome.said:
        return None
    return "numpy refuses" if outcome.said.startswith("IndexError") or NUMPY.search(outcome.said) else None


def telling(node: ast.AST) -> bool:
    """Whether a name in the expression says what it counts, or a size is read from an array."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr == "shape":
            return True
        name = part.id if isinstance(part, ast.Name) else part.attr if isinstance(part, ast.Attribute) else ""
        if WORDS & set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())):
            return True
    return False


def _numbers(node: Any) -> list[int | None]:
    return [number(element) for element in getattr(node, "elts", ())]


def _swapped(mutant: Mutant, _: Outcome) -> str | None:
    return None if telling(mutant.node) else "sizes alone"


def _channels_first(mutant: Mutant, _: Outcome) -> str | None:
    sizes = _numbers(mutant.node)
    if telling(mutant.node) or (sizes[-1] in (1, 3, 4) and all(s is None or s >= 8 for s in sizes[:-1])):
        return None
    return "sizes alone"


def _batch(mutant: Mutant, _: Outcome) -> str | None:
    return None if mutant.program.fed else "any rank"


def _head(mutant: Mutant, outcome: Outcome) -> str | None:
    seen = mutant.program.seen_at(mutant.node)
    if seen is not None and seen.fed:
        return None
    ends_there = outcome.said == "another number of calls"
    is_map = mutant.operator == "flatten-dropped" and seen is not None and seen.rank > 3
    return "head per place" if ends_there or not is_map else None


def _unless_batch(mutant: Mutant, _: Outcome) -> str | None:
    return None if mutant.said.endswith("-> 0") else "other design"


def _join(mutant: Mutant, outcome: Outcome) -> str | None:
    seen = mutant.program.seen_at(mutant.node)
    if mutant.said.endswith("-> 0") or (seen is not None and seen.rank >= 4):
        return None
    return "other design"


def _array(mutant: Mutant, _: Outcome) -> str | None:
    return None if telling(mutant.node) else "noise"


def _kernel(mutant: Mutant, _: Outcome) -> str | None:
    seen = mutant.program.seen_at(mutant.node)
    made = {shape for one in mutant.program.seen.values() for shape in one.outputs}
    return "padding hides it" if seen is None or seen.inputs[0] in made else None


def _strides(mutant: Mutant, _: Outcome) -> str | None:
    return "other design" if mutant.said.endswith(("-> 1, 1", "-> 2, 2", "-> 4, 4")) else None


UNSEEN: Final[dict[str, Callable[[Mutant, Outcome], str | None]]] = {
    "steps-and-features": _swapped,
    "two-axes-swapped": _swapped,
    "height-and-width": _swapped,
    "channels-first": _channels_first,
    "batch-added": _batch,
    "flatten-dropped": _head,
    "return-sequences-added": _head,
    "softmax-axis": _unless_batch,
    "concatenate-axis": _join,
    "reduction-axis": _unless_batch,
    "expand-dims-axis": _unless_batch,
    "squeeze-axis": _unless_batch,
    "reshape-target": _swapped,
    "transpose-order": lambda mutant, _: "other design",
    "kernel-wider": _kernel,
    "strides-by-position": _strides,
    "embedding-arguments": _swapped,
    "array-axes-swapped": _array,
    "array-axis": _array,
    "array-reshape": _array,
}
"""By operator, for mutants that Keras runs: the reason, or None where something tells of the mistake."""


# Saved models ----------------------------------------------------------------


def model_exclusion(mutant: ModelMutant, outcome: Outcome) -> str | None:
    """The reason for which a mutant of a saved model does not count. It has no names in it, and no data."""
    if outcome.kind in ("same", "timeout"):
        return "computes the same" if outcome.kind == "same" else "not judged"
    if outcome.kind == "crash":
        return "not a layout" if outcome.said.startswith("NameError") else None
    if outcome.said == "a layer less":
        return "head per place"
    unseen = MODEL_UNSEEN.get(mutant.operator)
    return None if unseen is None else unseen(mutant)


def _input_sizes(mutant: ModelMutant) -> list[int | None]:
    layer = next(one for one in mutant.model.layers if one["config"]["name"] == mutant.layer)
    shape: list[int | None] = layer["config"]["batch_shape"][1:]
    return shape


def _model_channels(mutant: ModelMutant) -> str | None:
    sizes = _input_sizes(mutant)
    is_plain = sizes[-1] in (1, 3, 4) and all(s is None or s >= 8 for s in sizes[:-1])
    return None if is_plain else "sizes alone"


def _model_rank(mutant: ModelMutant) -> int:
    layer = next((one for one in mutant.model.layers if one["config"]["name"] == mutant.layer), None)
    return len(mutant.model.read(layer)) if layer is not None else 0


def _model_kernel(mutant: ModelMutant) -> str | None:
    layer = next(one for one in mutant.model.layers if one["config"]["name"] == mutant.layer)
    inputs = [one["config"].get("batch_shape") for one in mutant.model.layers]
    return None if mutant.model.read(layer) in inputs else "padding hides it"


MODEL_UNSEEN: Final[dict[str, Callable[[ModelMutant], str | None]]] = {
    "model-height-and-width": lambda mutant: "sizes alone",
    "model-two-axes-swapped": lambda mutant: "sizes alone",
    "model-steps-and-features": lambda mutant: "sizes alone",
    "model-channels-first": _model_channels,
    "model-batch-added": lambda mutant: "any rank",
    "model-features-axis-missing": lambda mutant: "any rank",
    "model-flatten-dropped": lambda mutant: "head per place" if _model_rank(mutant) <= 3 else None,
    "model-return-sequences-added": lambda mutant: "head per place",
    "model-softmax-axis": lambda mutant: "other design",
    "model-concatenate-axis": lambda mutant: "other design" if _model_rank(mutant) < 4 else None,
    "model-reshape-target": lambda mutant: "sizes alone",
    "model-embedding-arguments": lambda mutant: "sizes alone",
    "model-kernel-wider": _model_kernel,
}
"""By operator, for mutants that Keras builds."""
