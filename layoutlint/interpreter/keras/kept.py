"""What a program finds under a path: what it saved there itself, or what another program next to it saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.values import Value
from layoutlint.interpreter.libraries.paths import key_of

Store: TypeAlias = Callable[[Evaluator], Mapping[Value, Any]]
"""What evaluators keep of one kind of saved things, by the path."""


def saved_models(ev: Evaluator) -> Mapping[Value, Any]:
    """Return the models that a program saved, and what it converted them to."""
    return ev.saved


def saved_weights(ev: Evaluator) -> Mapping[Value, Any]:
    """Return the weights that a program saved."""
    return ev.saved_weights


def kept(ev: Evaluator, store: Store, path: Value) -> Any:
    """Return what was saved under a path; None where nothing was, or where several programs save there."""
    key = key_of(path)
    own = store(ev).get(key)
    if own is not None or not isinstance(key, str):
        return own
    stores = map(store, ev.neighbours(ev, PurePosixPath(key).name))
    found = [saved[key] for saved in stores if key in saved]
    if len(found) != 1:
        return None
    ev.presumed = True
    return found[0]
