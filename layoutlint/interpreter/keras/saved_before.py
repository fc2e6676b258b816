"""What was saved under a path before a program loads it: by itself, or by another program next to it.

A file that is there comes between the two: whoever loads something asks for it in this order.
"""

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


def by_itself(ev: Evaluator, store: Store, path: Value) -> Any:
    """Return what the program saved under a path; None where it saved nothing."""
    return store(ev).get(key_of(path))


def by_another(ev: Evaluator, store: Store, path: Value) -> Any:
    """Return what another program saves under a path; None where none does, or several do, or this one has
    saved something there. What that program feeds its models is kept too: a loaded model is trained on it.
    """
    key = key_of(path)
    if not isinstance(key, str) or key in store(ev):
        return None
    saving = [other for other in ev.neighbours(ev, PurePosixPath(key).name) if key in store(other)]
    if len(saving) != 1:
        return None
    ev.presumed = True
    known = set(map(id, ev.graph.feeds_before))
    ev.graph.feeds_before += [feed for feed in saving[0].graph.feeds if id(feed) not in known]
    return store(saving[0])[key]
