"""Losses: what ``compile(loss=…)`` asks of the targets.

Source: ``keras/src/losses/losses.py``.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from layoutlint.inference.loss_names import OPTIONS, canonical
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.site import Site
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

    def make(site: Site, arguments: Arguments) -> Value:
        options = {key: value for key, value in arguments.keywords.items() if key in OPTIONS}
        if arguments.positional:
            options["from_logits"] = arguments.positional[0]
        return LibraryObject(name, site.origin, site.journal.born(options))

    return make


def compile_model(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """``model.compile(optimizer, loss)``: the loss is kept for what the model will be fed."""
    at = arguments.node(1, "loss")
    losses = _Reader(site.evaluator, site.scope).read(
        arguments.get(1, "loss"), at if at is not None else site.node
    )
    site.journal.touch(model.state)
    model.state["losses"] = losses
    network = network_of(site.evaluator, model)
    if network is not None and losses is not None:
        site.graph.compilations.append(Compilation(network, losses, site.origin))
    return None


class _Reader:
    """Reads what ``compile`` was given for a loss, each with the place where it is written."""

    def __init__(self, ev: Evaluator, scope: Scope) -> None:
        self._ev, self._scope = ev, scope

    def read(self, value: Value, node: ast.AST) -> Any:
        """The losses in the structure in which they were given; a function of the program has no name."""
        if isinstance(value, list | tuple):
            parts = node.elts if isinstance(node, ast.List | ast.Tuple) else ()
            return [
                self.read(item, parts[index] if len(parts) == len(value) else node)
                for index, item in enumerate(value)
            ]
        if isinstance(value, dict):
            named = isinstance(node, ast.Dict) and len(node.values) == len(value)
            places: list[ast.expr] | list[ast.AST] = (
                node.values if named and isinstance(node, ast.Dict) else [node] * len(value)
            )
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
