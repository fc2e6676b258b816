"""Hyperparameters of KerasTuner: what ``hp.Int(…)`` gives before any search, its default.

Source: "HyperParameters", https://keras.io/keras_tuner/api/hyperparameters/.
"""

from __future__ import annotations

from collections.abc import Callable

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value

HYPERPARAMETERS = "keras_tuner.HyperParameters"
NAMES = ("hp", "hps", "hparams", "hyperparameters", "hyper_parameters")
"""What people call the parameter through which a tuner hands them over."""


def _number(arguments: Arguments) -> Value:
    default = arguments.get(5, "default")
    return arguments.get(1, "min_value") if default is None else default


def _choice(arguments: Arguments) -> Value:
    default = arguments.get(3, "default")
    values = arguments.get(1, "values")
    if default is not None:
        return default
    is_known = isinstance(values, list | tuple) and len(values) > 0 and not isinstance(values[0], Rest)
    return values[0] if is_known else Unknown()


_KINDS: dict[str, Callable[[Arguments], Value]] = {
    "Int": _number,
    "Float": _number,
    "Choice": _choice,
    "Boolean": lambda arguments: arguments.get(1, "default", False),
    "Fixed": lambda arguments: arguments.get(1, "value"),
}


def _default_of(callee: Unknown, arguments: Arguments) -> tuple[bool, Value]:
    """Whether a call of something unknown is ``hp.Int(…)`` and the like, and the default that it gives."""
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
