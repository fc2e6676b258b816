"""Callbacks of a training: what they save, and the methods of the program's own, which know the model.

Source: "Writing your own callbacks", https://keras.io/guides/writing_your_own_callbacks/.
"""

from __future__ import annotations

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

OF_TRAINING: Final = ("on_train_begin", "on_train_end")
OF_EPOCHS: Final = ("on_epoch_begin", "on_epoch_end")
OF_BATCHES: Final = ("on_train_batch_begin", "on_batch_begin", "on_train_batch_end", "on_batch_end")


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
    for name in (OF_TRAINING[0], *OF_EPOCHS, *OF_BATCHES, OF_TRAINING[1]):
        method = callback.cls.find(name)[1]
        if isinstance(method, FunctionValue):
            numbers = () if name in OF_TRAINING else (Unknown(name.split("_")[-2]),)
            try:
                site.call(BoundMethod(method, callback), Arguments((*numbers, Unknown("logs"))))
            except ProgramError:
                return
