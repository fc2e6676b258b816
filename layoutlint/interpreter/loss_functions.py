"""Losses: what ``compile(loss=…)`` asks of the targets.

Source: ``keras/src/losses/losses.py`` and the aliases in ``keras/src/losses/__init__.py``.
"""

from __future__ import annotations

import ast
import re
from typing import Any, Final

from layoutlint.graph import Loss
from layoutlint.interpreter.evaluator import Arguments, Evaluator
from layoutlint.interpreter.values import External, LibraryObject, Scope, Value, lower
from layoutlint.origins import Origin

MODULES: Final = ("keras.losses.", "keras.objectives.", "keras.metrics.")
OPTIONS: Final = ("from_logits", "label_smoothing", "axis", "reduction")

ALIASES: Final = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "kld": "kl_divergence",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
    "cosine_proximity": "cosine_similarity",
    "huber_loss": "huber",
    "cce": "categorical_crossentropy",
}
"""Other names of a function, Keras 1's and 2's among them."""


def _snake(name: str) -> str:
    """``MeanSquaredError`` is ``mean_squared_error``, ``KLDivergence`` ``kl_divergence``, ``MSE`` ``mse``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _canonical(name: str) -> str:
    snake = _snake(name)
    return ALIASES.get(snake, snake)


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


def compiled(value: Value, origin: Origin) -> Any:
    """The losses in the structure in which ``compile`` was given them; None for what is no loss of Keras."""
    if isinstance(value, list | tuple):
        return [compiled(item, origin) for item in value]
    if isinstance(value, dict):
        return {key: compiled(item, origin) for key, item in value.items()}
    if isinstance(value, str):
        return Loss(_canonical(value), {}, origin)
    if isinstance(value, External) and value.name.startswith(MODULES):
        return Loss(_canonical(value.name.rsplit(".", 1)[-1]), {}, origin)
    if isinstance(value, LibraryObject) and value.kind.startswith("keras.losses."):
        options = {key: lower(option) for key, option in value.state.items()}
        return Loss(_canonical(value.kind.rsplit(".", 1)[-1]), options, origin)
    return None
