"""Losses: what ``compile(loss=…)`` asks of the targets.

Source: ``keras/src/losses/losses.py``.
"""

from __future__ import annotations

import ast
from typing import Final

from layoutlint.inference.loss_names import OPTIONS, canonical
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.narrowing import known_texts
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import Choice, External, LibraryObject, ModelValue, Unknown, Value
from layoutlint.interpreter.keras import judged_functions
from layoutlint.interpreter.keras.lowering import lower
from layoutlint.interpreter.keras.networks import end_of, network_of
from layoutlint.model.graph import Compilation, Loss, Nested, Network

MODULES: Final = ("keras.losses.", "keras.objectives.", "keras.metrics.", "tensorflow.losses.")


def class_of(name: str) -> Handler | None:
    """Return what carries out ``keras.losses.CategoricalCrossentropy(from_logits=True)``, by the qualified
    name; None for what is no loss.
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
    losses = _read(site.at(at) if at is not None else site, arguments.get(1, "loss"))
    site.journal.touch(model)
    model.losses = losses
    judged_functions.remember(model, arguments)
    network = network_of(site.evaluator, model) or end_of(model) or _as_it_answered(model)
    if network is not None and losses is not None:
        metrics = arguments.keywords.get("metrics")
        names = known_texts(tuple(metrics)) or () if isinstance(metrics, dict) else ()
        site.graph.compilations.append(Compilation(network, losses, site.origin, names))
        judged_functions.follow_compiled(site, model, network.outputs)
    return None


def _as_it_answered(model: ModelValue) -> Network | None:
    """Return a model class of the program as it answered a batch; None where none was seen, or the class has
    a loss of its own.
    """
    call = None if model.fed is None else model.fed[1]
    if call is None or judged_functions.has_own(model, "train_step", "compute_loss"):
        return None
    return Network(model.class_name, call.inputs, call.outputs, (call,), model.origin, model.name)


def meet_answer(site: Site, model: ModelValue) -> None:
    """Hold what a model class of the program answers to a batch against the losses that it was compiled
    with.
    """
    network = _as_it_answered(model)
    known = (compilation.losses for compilation in site.graph.compilations)
    if network is not None and model.losses is not None and all(each is not model.losses for each in known):
        site.graph.compilations.append(Compilation(network, model.losses, site.origin))


def _read(site: Site, value: Value) -> Nested[Loss | None]:
    """Return what was given for a loss, each with the place where it is written, in the structure in which it
    was given; a function of the program has no name.
    """
    match value, site.node:
        case ((list() | tuple()), (ast.List(places) | ast.Tuple(places))) if len(places) == len(value):
            return [_read(site.at(place), item) for place, item in zip(places, value, strict=True)]
        case ((list() | tuple()), _):
            return [_read(site, item) for item in value]
        case dict(), _ if any(not isinstance(key, str) for key in value):
            return None  # of a name that is not known nobody can say whose loss it is
        case dict(), ast.Dict(values=places) if len(places) == len(value):
            pairs = zip(value.items(), places, strict=True)
            return {key: _read(site.at(place), item) for (key, item), place in pairs}
        case dict(), _:
            return {key: _read(site, item) for key, item in value.items()}
        case ((None | Unknown() | Choice()), _):
            # of an unknown loss nobody can say whether there is one
            return None
        case str(), _:
            return Loss(canonical(value), {}, site.origin)
        case External(name), _ if name.startswith(MODULES):
            return Loss(canonical(name.rsplit(".", 1)[-1]), {}, site.origin)
        case LibraryObject(kind), _ if kind.startswith("keras.losses."):
            options = {key: lower(site, option) for key, option in value.state.items()}
            return Loss(canonical(kind.rsplit(".", 1)[-1]), options, site.origin)
        case _:
            return Loss(None, {}, site.origin)
