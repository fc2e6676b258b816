"""Losses: what ``compile(loss=…)`` asks of the targets.

Source: ``keras/src/losses/losses.py``.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from layoutlint.inference.loss_names import OPTIONS, canonical
from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import External, LibraryObject, ModelValue, Scope, Value, lower
from layoutlint.interpreter.keras.networks import network_of
from layoutlint.model.graph import Compilation, Loss
from layoutlint.model.origins import Origin

MODULES: Final = ("keras.losses.", "keras.objectives.", "keras.metrics.")


def class_of(name: str) -> Any:
    """What carries out ``keras.losses.CategoricalCrossentropy(from_logits=True)``, by the qualified name;
    None for what is no loss.
    """
    last = name.removeprefix("keras.losses.")
    if last == name or "." in last or not last[:1].isupper():
        return None

    def make(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        options = {key: value for key, value in arguments.keywords.items() if key in OPTIONS}
        if arguments.positional:
            options["from_logits"] = arguments.positional[0]
        return LibraryObject(name, ev.origin(node, scope), ev.journal.born(options))

    return make


def compile_model(
    ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """``model.compile(optimizer, loss)``: the loss is kept for what the model will be fed."""
    at = arguments.node(1, "loss")
    losses = _Reader(ev, scope).read(arguments.get(1, "loss"), at if at is not None else node)
    ev.journal.touch(model.state)
    model.state["losses"] = losses
    network = network_of(ev, model)
    if network is not None and losses is not None:
        ev.graph.compilations.append(Compilation(network, losses, ev.origin(node, scope)))
    return None


class _Reader:
    """Reads what ``compile`` was given for a loss, each with the place where it is written."""

    def __init__(self, ev: Evaluator, scope: Scope) -> None:
        self._ev, self._scope = ev, scope

    def read(self, value: Value, node: ast.expr) -> Any:
        """The losses in the structure in which they were given; a function of the program has no name."""
        if isinstance(value, list | tuple):
            places = node.elts if isinstance(node, ast.List | ast.Tuple) else ()
            return [
                self.read(item, places[index] if len(places) == len(value) else node)
                for index, item in enumerate(value)
            ]
        if isinstance(value, dict):
            named = isinstance(node, ast.Dict) and len(node.values) == len(value)
            places = node.values if named and isinstance(node, ast.Dict) else [node] * len(value)
            return {
                key: self.read(item, place) for (key, item), place in zip(value.items(), places, strict=True)
            }
        return None if value is None else self._one(value, self._ev.origin(node, self._scope))

    def _one(self, value: Value, origin: Origin) -> Loss:
        if isinstance(value, str):
            return Loss(canonical(value), {}, origin)
        if isinstance(value, External) and value.name.startswith(MODULES):
            return Loss(canonical(value.name.rsplit(".", 1)[-1]), {}, origin)
        if isinstance(value, LibraryObject) and value.kind.startswith("keras.losses."):
            options = {key: lower(option) for key, option in value.state.items()}
            return Loss(canonical(value.kind.rsplit(".", 1)[-1]), options, origin)
        return Loss(None, {}, origin)
