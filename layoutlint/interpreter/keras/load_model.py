"""``load_model("file next to the program")`` and ``clone_model``: models that are not built line by line."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.narrowing import is_kind
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, to_tensors
from layoutlint.interpreter.core.values import LayerValue, LibraryObject, ModelValue, Value
from layoutlint.interpreter.keras.saved_before import by_another, by_itself, saved_models
from layoutlint.interpreter.libraries.paths import key_of, path_of
from layoutlint.model.graph import Network
from layoutlint.model.origins import Origin
from layoutlint.model.unreadable import NothingToReadError, UnreadableError

CHECKPOINT = "keras.callbacks.ModelCheckpoint"


def save(site: Site, model: ModelValue, path: Value) -> None:
    """``model.save(path)``: kept for a ``load_model`` of the same path."""
    key = key_of(path)
    if key is not None and model.instance is None:
        site.journal.touch(site.evaluator.saved)
        site.evaluator.saved[key] = model


def save_model(site: Site, arguments: Arguments) -> Value:
    """``keras.models.save_model(model, path)``."""
    model = arguments.get(0, "model")
    if isinstance(model, ModelValue):
        save(site, model, arguments.get(1, "filepath"))
    return None


def checkpoint(site: Site, arguments: Arguments) -> Value:
    """``ModelCheckpoint(path)``: a callback that saves the model that is trained."""
    weights = arguments.keywords.get("save_weights_only", False)
    state = {"path": arguments.get(0, "filepath"), "weights": weights}
    return LibraryObject(CHECKPOINT, site.origin, site.journal.born(state))


def save_checkpoint(site: Site, model: ModelValue, callback: Value) -> None:
    """Keep what a callback of a ``fit`` saves."""
    if is_kind(callback, CHECKPOINT) and callback.state.get("weights") is False:
        save(site, model, callback.state.get("path"))


def load(site: Site, arguments: Arguments) -> Value:
    """``keras.models.load_model(path)``: a model that the program saved there, the one in a file inside the
    folder of the program, or the one that another program next to it saves there.

    No other file is opened: a program under test does not decide what layoutlint reads.
    """
    path = arguments.get(0, "filepath")
    known = by_itself(site.evaluator, saved_models, path)
    if not isinstance(known, ModelValue):
        network = network_in(site, path)
        if not isinstance(network, str):
            return loaded(site.evaluator, network, site.origin)
        known = by_another(site.evaluator, saved_models, path)
        if not isinstance(known, ModelValue):
            return site.lost(network)
    made = copied(site.evaluator, known, site.origin)
    made.losses, made.judges = known.losses, known.judges
    site.evaluator.models.append(made)
    return made


def network_in(site: Site, path: Value) -> Network | str:
    """Return the model in a file inside the folder of the program, or why it is not known."""
    written = path_of(path)
    if written is None:
        return "a model that is loaded when the program runs"
    found = beside(site, written)
    if isinstance(found, str):
        return found
    read_model = site.evaluator.read_model
    if read_model is None:
        return "a model in a file"
    try:
        networks = read_model(found).models
    except (UnreadableError, NothingToReadError) as problem:
        return f"the model {written}: {problem}"
    return networks[-1] if networks else f"the model {written} has no layers"


def beside(site: Site, written: str) -> Path | str:
    """Return the file or folder that a program calls so, if it is inside the folder of the program; else why
    not.
    """
    file = site.scope.module.file.path if site.scope.module is not None else site.evaluator.file.path
    folder = Path(file).resolve().parent
    try:
        # one that is not there, or elsewhere, may be here the next time
        site.graph.reads.file(str(folder / written))
        path = (folder / written).resolve()
        if path.is_relative_to(folder):
            site.graph.reads.model(str(path))
        if not path.is_relative_to(folder) or not path.exists():
            return f"the model {written} is not next to the program"
    except (OSError, ValueError):
        return f"{written[:80]!r} is not a path"
    return path


def loaded(ev: Evaluator, network: Network, origin: Origin) -> ModelValue:
    """Return a model that was read from a file or a text, as the program holds it."""
    members: list[Value] = []
    if network.class_name == "Sequential":
        members = [LayerValue(made.layer, (made,)) for made in network.calls if made.layer.kind != "input"]
    state = {
        "inputs": as_value(network.inputs),
        "outputs": as_value(network.outputs),
    }
    made = ModelValue(
        network.class_name, origin, network.name, ev.journal.born(state), ev.journal.born(members)
    )
    ev.models.append(made)
    return made


def clone(site: Site, arguments: Arguments) -> Value:
    """``clone_model(model)``: a model of the same structure, with layers of its own."""
    model = arguments.get(0, "model")
    if not isinstance(model, ModelValue) or model.instance is not None:
        return model
    made = copied(site.evaluator, model, site.origin)
    given = arguments.get(1, "input_tensors")
    if given is not None:
        from layoutlint.interpreter.keras.keras_models import call_model  # hands calls to this module

        tensors = as_value(to_tensors(given))
        made.state["inputs"] = tensors
        made.state["outputs"] = call_model(site, model, Arguments((tensors,)))
    site.evaluator.models.append(made)
    return made


def copied(ev: Evaluator, model: ModelValue, origin: Origin) -> ModelValue:
    """Return a model of the same structure; whatever becomes of the one does not change the other."""
    members = [_copied(member, origin) for member in model.members]
    state = dict(model.state)
    return ModelValue(model.class_name, origin, model.name, ev.journal.born(state), ev.journal.born(members))


def _copied(member: Value, origin: Origin) -> Value:
    if isinstance(member, LayerValue):
        return LayerValue(replace(member.layer, origin=origin), member.calls)
    return member
