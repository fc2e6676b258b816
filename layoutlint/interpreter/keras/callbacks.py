"""Callbacks of a training: what they save, and the methods of the program's own, which know the model.

Source: "Writing your own callbacks", https://keras.io/guides/writing_your_own_callbacks/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    FunctionValue,
    Instance,
    ModelValue,
    Unknown,
    Value,
)
from layoutlint.interpreter.keras import load_model

METHODS: Final[Mapping[str, str | None]] = {
    "on_train_begin": None,
    "on_epoch_begin": "epoch",
    "on_epoch_end": "epoch",
    "on_train_batch_begin": "batch",
    "on_batch_begin": "batch",
    "on_train_batch_end": "batch",
    "on_batch_end": "batch",
    "on_train_end": None,
}
"""Methods that a training calls, in the order in which they are followed here; with a name, they get the
number of the epoch or batch before the logs.
"""


def follow(site: Site, model: ModelValue, callbacks: Value) -> None:
    """Carry out what the callbacks of a ``fit`` do, once for a model."""
    for callback in callbacks if isinstance(callbacks, list | tuple) else ():
        if isinstance(callback, Instance):
            _follow_own(site, model, callback)
        else:
            load_model.save_checkpoint(site, model, callback)


def _follow_own(site: Site, model: ModelValue, callback: Instance) -> None:
    known: Value = model if model.instance is None else model.instance
    if callback.attributes.get("model") is known:
        return
    site.journal.touch(callback.attributes)
    callback.attributes["model"] = known
    for name, counted in METHODS.items():
        method = callback.cls.find(name)[1]
        if isinstance(method, FunctionValue):
            numbers = () if counted is None else (Unknown(counted),)
            try:
                site.call(BoundMethod(method, callback), Arguments((*numbers, Unknown("logs"))))
            except ProgramError:
                return
