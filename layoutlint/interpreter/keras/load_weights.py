"""``model.load_weights(path)``: which shapes go into which layer, noted for the rules.

The weights are those that the program itself saves there, those in a file beside it, or those that another
program next to it saves there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.inference import layer_call
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LayerValue, ModelValue, Value, has_rest
from layoutlint.interpreter.keras import load_model, moved_weights
from layoutlint.interpreter.keras.keras_models import model_layers
from layoutlint.interpreter.keras.networks import network_of
from layoutlint.interpreter.keras.saved_before import by_another, by_itself, saved_weights
from layoutlint.interpreter.libraries.paths import key_of, path_of
from layoutlint.model.graph import Layer, LoadedWeights, Network

LENIENT: Final = ("by_name", "skip_mismatch")
"""Arguments with which weights that do not fit are passed over, or go by their names."""
INNER: Final = ("layer", "cell")
MAX_DEPTH: Final = 8

Shapes: TypeAlias = Mapping[str, Mapping[str, tuple[int, ...]]]
"""For the path of each layer, the shapes of its weights by name."""


class Saved(Struct, frozen=True, eq=False):
    """Weights that the program saves: those of two sides of a branch are one or the other, whole."""

    config: dict[str, Any]
    shapes: Shapes
    network: Network | None


def note(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """Put the weights that a model loads into the graph, where it is known which layers they go to."""
    given = arguments.get(0, "filepath")
    written = path_of(given)
    strict = all(arguments.keywords.get(name, False) is False for name in LENIENT)
    owners: dict[str, LayerValue] = {}
    config = _of_model(site, model, "", owners) if written is not None and strict else None
    if written is None or config is None or len(arguments.positional) > 1:
        return None
    saved = by_itself(site.evaluator, saved_weights, given)
    stored = {} if saved is not None else _in_file(site, written, config)
    if saved is None and not stored:
        saved = by_another(site.evaluator, saved_weights, given)
    if isinstance(saved, Saved):
        moved_weights.note(site, saved.network, model)
        stored = saved.shapes if saved.config["config"] == config["config"] else {}
    for place, owner in owners.items():
        shapes = stored.get(place)
        if shapes:
            site.graph.loaded.append(LoadedWeights(owner.layer, written, shapes, site.origin))
    return None


def save(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """Keep the shapes of the weights that a program saves, for a ``load_weights`` of the same path."""
    path = key_of(arguments.get(0, "filepath"))
    owners: dict[str, LayerValue] = {}
    config = _of_model(site, model, "", owners) if path is not None else None
    if config is not None:
        shapes = {place: found for place, owner in owners.items() if (found := _shapes(owner))}
        site.journal.touch(site.evaluator.saved_weights)
        network = network_of(site.evaluator, model)
        site.evaluator.saved_weights[path] = Saved(config, shapes, network)
    return None


def _in_file(site: Site, written: str, config: dict[str, Any]) -> Shapes:
    """Return the shapes by the path of the layer that they go to; none where nobody can say."""
    read, path = site.evaluator.read_weights, load_model.beside(site, written)
    return {} if read is None or isinstance(path, str) else read(path, config) or {}


def _shapes(owner: LayerValue) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the weights of a layer that was called; none where a size is not known."""
    needed = layer_call.weights_of(owner.calls[0]) if owner.calls else {}
    known = {name: tuple(size for size in sizes if isinstance(size, int)) for name, sizes in needed.items()}
    return known if all(len(known[name]) == len(needed[name]) for name in needed) else {}


def _of_model(
    site: Site, model: ModelValue, place: str, owners: dict[str, LayerValue]
) -> dict[str, Any] | None:
    """Return a model in the form in which Keras saves one, as far as weights need it: classes in
    their order.

    A layer is called by its number; ``owners`` gets each by its path. None where a layer is not known.
    """
    layers = model_layers(site.evaluator, model) if model.instance is None else None
    if not isinstance(layers, list) or has_rest(layers) or place.count("/") > MAX_DEPTH:
        return None
    found = []
    for number, member in enumerate(layers):
        name = str(number)
        inside = f"{place}{name}"
        match member:
            case LayerValue():
                found.append(_of_layer(member, name, inside, owners))
            case ModelValue():
                nested = _of_model(site, member, f"{inside}/", owners)
                if nested is None:
                    return None
                found.append({**nested, "name": name})
            case _:
                return None
    return {"class_name": model.class_name, "config": {"layers": found, "output_layers": []}}


def _of_layer(owner: LayerValue, name: str, place: str, owners: dict[str, LayerValue]) -> dict[str, Any]:
    owners[place] = owner
    layer = owner.layer
    inner = {
        key: _of_layer(LayerValue(held), key, f"{place}/{key}", owners)
        for key in INNER
        if isinstance(held := layer.config.get(key), Layer)
    }
    return {"class_name": layer.class_name, "name": name, "config": {"name": name, **inner}}
