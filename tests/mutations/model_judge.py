"""Real Keras as the judge of saved models: collects the known-good ones, and rebuilds the mutants."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import keras
from keras.src.models.functional import Functional

from tests.mutations import judge
from tests.mutations.models import APPLICATIONS, Model, ModelMutant, mutants, save, stored, stripped
from tests.mutations.store import Outcome, Store, corpus

BUILTIN = "keras"
PER_PROGRAM = 3
"""So many models of each kind are kept of a program."""


def collect() -> None:
    """Write the architectures of the applications, and of what the programs of the corpus build."""
    for name in APPLICATIONS:
        _store(name.lower(), judge.in_child(lambda name=name: [_application(name)]))
    for path in corpus():
        _store(path.stem, judge.in_child(lambda path=path: _of_program(path)))


def _store(name: str, answers: list[Any] | None) -> None:
    for kind, ending in (("Sequential", ""), ("Functional", "-functional")):
        of_kind = [pair for pair in answers or [] if pair[0]["class_name"] == kind]
        for number, (architecture, shapes) in enumerate(of_kind[:PER_PROGRAM]):
            save(f"{name}{ending}-{number}" if number else f"{name}{ending}", architecture, shapes)


def _application(name: str) -> tuple[Any, Any]:
    with keras.StatelessScope():
        model = getattr(keras.applications, name)(weights=None)
    return json.loads(model.to_json()), shapes_of(model)


def _of_program(path: Path) -> list[tuple[Any, Any]]:
    """The different architectures of a program that hold layers of Keras alone, the largest first."""
    judge.run_text(path.read_text(encoding="utf-8"), path)
    found: dict[str, tuple[Any, Any]] = {}
    models = [m for m in gc.get_objects() if isinstance(m, Functional | keras.Sequential) and m.built]
    for model in sorted(models, key=lambda model: (-len(model.layers), model.name)):
        try:
            architecture = json.loads(model.to_json())
            shapes = shapes_of(model)
            if _is_plain(architecture):
                kinds = json.dumps([layer["class_name"] for layer in architecture["config"]["layers"]])
                found.setdefault(kinds, (architecture, shapes))
        except Exception:
            continue
    return [pair for pair in found.values() if len(pair[0]["config"]["layers"]) > 2]


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        if value.get("class_name") in ("Lambda", "function") or (value.get("registered_name") or "").count(
            ">"
        ):
            return False
        if "module" in value and not str(value["module"] or "").startswith(BUILTIN):
            return False
        return all(_is_plain(part) for part in value.values())
    return all(_is_plain(part) for part in value) if isinstance(value, list) else True


def shapes_of(model: Any) -> dict[str, Any]:
    """The shapes that each layer reads and makes at its first use, by the layer's name."""
    found: dict[str, Any] = {}
    for layer in model.layers:
        try:
            found[layer.name] = [_first(layer.input), _first(layer.output)]
        except (AttributeError, IndexError, ValueError):
            continue
    return found


def _first(tensors: Any) -> list[Any]:
    return [None if size is None else int(size) for size in keras.tree.flatten(tensors)[0].shape]


def run(store: Store, names: Iterable[str] = (), sample: int = 2) -> None:
    """Judge all mutants of the stored models whose outcome is not stored, the small models first."""
    wanted = set(names)
    chosen = [model for model in stored() if not wanted or model.name in wanted]
    for model in sorted(chosen, key=lambda model: len(model.layers)):
        todo = [mutant for mutant in mutants(model, sample=sample) if mutant.id not in store.outcomes]
        if todo:
            answers = judge.in_child(lambda model=model, todo=todo: _outcomes(model, todo), 600.0)
            for mutant, answer in zip(todo, answers or [], strict=False):
                store.outcomes[mutant.id] = Outcome(*answer)
            store.save()
        print(f"{model.name}: {len(todo)} judged", flush=True)


def outcome(mutant: ModelMutant) -> Outcome:
    """What Keras does with one mutant, in a child."""
    answers = judge.in_child(lambda: _outcomes(mutant.model, [mutant]))
    return Outcome("timeout") if answers is None else Outcome(*answers[0])


def _outcomes(model: Model, todo: list[ModelMutant]) -> list[Any]:
    original = _rebuilt(model.config)
    assert not isinstance(original, str), original
    return [_outcome(original, mutant) for mutant in todo]


def _rebuilt(config: dict[str, Any]) -> Any:
    """The shapes of each layer and of its weights; the error's text where Keras refuses."""
    try:
        with keras.StatelessScope():
            model = keras.models.model_from_json(json.dumps(_with_placeholders(config)))
            if not model.built and not isinstance(model, Functional):
                model.build(config["config"].get("build_input_shape"))
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0][:110]
    weights = {layer.name: [list(w.shape) for w in layer.weights] for layer in model.layers}
    return {"shapes": shapes_of(model), "weights": weights}


def _with_placeholders(value: Any) -> Any:
    """The configuration with some shape for every tensor, which Keras asks for and then looks past."""
    if isinstance(value, dict):
        placed = {key: _with_placeholders(part) for key, part in value.items()}
        if placed.get("class_name") == "__keras_tensor__":
            placed["config"] = {**placed["config"], "shape": [None]}
        return placed
    return [_with_placeholders(part) for part in value] if isinstance(value, list) else value


def _outcome(original: Any, mutant: ModelMutant) -> list[Any]:
    made = _rebuilt(mutant.config)
    if isinstance(made, str):
        return ["crash", "build", None, made]
    if made == original:
        return ["values" if stripped(mutant.config) != mutant.model.config else "same", "", None, ""]
    for part in ("shapes", "weights"):
        for name, shapes in made[part].items():
            if original[part].get(name) != shapes:
                return ["shapes", "", None, f"{name} {shapes}"[:110]]
    return ["shapes", "", None, "a layer less"]
