"""Hyperparameters of KerasTuner: ``hp.Int(…)`` before any search is its default.

Source: "HyperParameters", https://keras.io/keras_tuner/api/hyperparameters/.
"""

from __future__ import annotations

from collections.abc import Callable

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import sequence
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value

HYPERPARAMETERS = "keras_tuner.HyperParameters"
NAMES = ("hp", "hps", "hparams", "hyperparameters", "hyper_parameters")
"""Usual names of the parameter through which a model builder gets them."""


def _number(arguments: Arguments) -> Value:
    default = arguments.get(5, "default")
    return arguments.get(1, "min_value") if default is None else default


def _choice(arguments: Arguments) -> Value:
    default = arguments.get(3, "default")
    if default is not None:
        return default
    match sequence(arguments.get(1, "values")):
        case [first, *_] if not isinstance(first, Rest):
            return first
        case _:
            return Unknown()


def _boolean(arguments: Arguments) -> Value:
    return arguments.get(1, "default", False)


def _fixed(arguments: Arguments) -> Value:
    return arguments.get(1, "value")


_KINDS: dict[str, Callable[[Arguments], Value]] = {
    "Int": _number,
    "Float": _number,
    "Choice": _choice,
    "Boolean": _boolean,
    "Fixed": _fixed,
}


def _default_of(callee: Unknown, arguments: Arguments) -> tuple[bool, Value]:
    """Return whether a call of something unknown is ``hp.Int(…)`` and the like, and its default."""
    owner, _, name = (callee.name or "").rpartition(".")
    if name not in _KINDS or owner.rpartition(".")[2] not in NAMES or arguments.open:
        return False, None
    return True, _KINDS[name](arguments)


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name in _KINDS and not arguments.open:
        return _KINDS[name](arguments)
    return site.lost(f"{name} of hyperparameters")


def _new(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(HYPERPARAMETERS, site.origin, site.journal.born({}))


_FUNCTIONS: dict[str, Handler] = {
    HYPERPARAMETERS: _new,
    "kerastuner.HyperParameters": _new,
    "keras_tuner.engine.hyperparameters.HyperParameters": _new,
}


LIBRARY = Library(
    "keras_tuner", functions=_FUNCTIONS, kinds={HYPERPARAMETERS: Kind(method=_method)}, guess=_default_of
)
