"""The table of all layers: what is known about each class, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from layoutlint.layers.registry import FAMILIES
from layoutlint.layers.spec import LayerArguments, LayerSpec
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ShapeError, UndeterminedError

NO_LAYERS = {"InputSpec": "describes the input of a layer; it takes no input itself"}
"""Classes that ``keras.layers`` exports and that are no layers."""

_OLDER = "removed"
"""The family of the layers that Keras 3 no longer has."""

_INTRODUCTION = """\
# Layers

<!-- Made by `python -m layoutlint.layers > docs/layers.md`; do not edit. -->

What layoutlint knows about each class that `keras.layers` exports. *exact*: the output shape is what Keras
computes, symbolic sizes included, and where Keras refuses a shape so does layoutlint; tests hold every
class against real Keras. *exact but for*: unknown in the cases named. *unknown*: unknown on purpose, for the
reason given. Unknown is never an error and never a finding.

The input's axes are named as the layer reads them with its default arguments; `…` stands for any number of
axes.
"""

_HEAD = "| class | reads its input as | output shape |\n|---|---|---|"


def document() -> str:
    """``docs/layers.md``: a row for every class of Keras 3, then the classes that it no longer has."""
    current = (spec for family in FAMILIES if family != _OLDER for spec in _family(family))
    others = (f"| `{name}` | | not a layer: {reason} |" for name, reason in NO_LAYERS.items())
    return "\n".join(
        [
            _INTRODUCTION,
            _HEAD,
            *sorted([*_rows(current), *others], key=str.lower),
            "",
            "## Layers of Keras 1, Keras 2 and tf.keras",
            "",
            "Older names and arguments of the layers above are translated first, by the tables of",
            "`layoutlint/layers/legacy.py`. These have no successor in Keras 3; tf_keras is the judge of",
            "the exact ones.",
            "",
            _HEAD,
            *sorted(_rows(_family(_OLDER)), key=str.lower),
            "",
        ]
    )


def _family(family: str) -> tuple[LayerSpec, ...]:
    specs: tuple[LayerSpec, ...] = import_module(f"layoutlint.layers.{family}").LAYERS
    return specs


def _rows(specs: Iterable[LayerSpec]) -> Iterator[str]:
    for spec in specs:
        names = ", ".join(f"`{name}`" for name in (spec.name, *spec.aliases))
        yield f"| {names} | {_reading(spec)} | {_knowledge(spec)} |"


def _knowledge(spec: LayerSpec) -> str:
    if spec.shape is None:
        return f"unknown: {spec.why}"
    return f"exact but for: {spec.why}" if spec.why else "exact"


def _reading(spec: LayerSpec) -> str:
    """Return the names of the input's axes, as for the default arguments and an input of the usual rank."""
    if spec.shape is None:
        return ""
    arguments = LayerArguments(spec.name, spec.parameters.defaults)
    usual = Shape.unknown(spec.rank or spec.min_rank or 4)
    try:
        names = spec.reads(arguments, usual) if callable(spec.reads) else spec.reads
    except (ShapeError, UndeterminedError):
        return "depends on its arguments"
    return f"({', '.join(_folded(names))})"


def _folded(names: Iterable[str]) -> Iterator[str]:
    """Yield the names with every run of axes that have none as one ellipsis."""
    before = ""
    for name in names:
        shown = "…" if name == "..." or name.startswith("axis ") else name
        if shown != "…" or before != "…":
            yield shown
        before = shown
