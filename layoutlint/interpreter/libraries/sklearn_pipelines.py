"""scikit-learn: pipelines of transformers, and functions as transformers.

Source: "Pipelines and composite estimators", https://scikit-learn.org/stable/modules/compose.html, and
``sklearn.preprocessing.FunctionTransformer`` in the API reference.
"""

from __future__ import annotations

from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import known_items
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.interpreter.language.attributes import get_attribute

PIPELINE: Final = "sklearn.pipeline.Pipeline"
FUNCTION: Final = "sklearn.preprocessing.FunctionTransformer"
LEFT_OUT: Final = (None, "passthrough")
"""Steps that do nothing."""


def _pipeline(site: Site, arguments: Arguments) -> Value:
    """Return ``Pipeline([(name, transformer), …])``."""
    steps = known_items(arguments.get(0, "steps"))
    pairs = [known_items(step) for step in steps or ()]
    if steps is None or not all(pair and len(pair) == 2 for pair in pairs):
        return site.lost("a pipeline of unknown steps")
    return _of_steps(site, [pair[1] for pair in pairs if pair])


def _made_of(site: Site, arguments: Arguments) -> Value:
    """Return ``make_pipeline(transformer, …)``."""
    if arguments.open:
        return site.lost("a pipeline of unknown steps")
    return _of_steps(site, list(arguments.positional))


def _of_steps(site: Site, steps: list[Value]) -> LibraryObject:
    kept: list[Value] = [step for step in steps if step not in LEFT_OUT]
    return LibraryObject(PIPELINE, site.origin, site.journal.born({"steps": tuple(kept)}))


def _through(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    """Return what the steps of a pipeline make of an array, one after the other."""
    steps = made.state.get("steps")
    if name not in ("fit", "fit_transform", "transform") or not isinstance(steps, tuple):
        return site.lost(f"{name} of a pipeline")
    value, *further = arguments.positional or (arguments.get(0, "X"),)
    for place, step in enumerate(steps):
        is_last_fit = name == "fit" and place == len(steps) - 1
        method = "fit" if is_last_fit else "transform" if name == "transform" else "fit_transform"
        value = site.call(get_attribute(site, step, method), Arguments((value, *further)))
    return made if name == "fit" else value


def _function(site: Site, arguments: Arguments) -> Value:
    if arguments.open or not arguments.keywords.keys().isdisjoint(("kw_args", "inv_kw_args")):
        return site.lost("a function with arguments that are not known")
    state = {"func": arguments.get(0, "func"), "inverse_func": arguments.get(1, "inverse_func")}
    return LibraryObject(FUNCTION, site.origin, site.journal.born(state))


def _applied(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    """Return what a function makes of the array that its transformer is given."""
    if name == "fit":
        return made
    if name not in ("transform", "fit_transform", "inverse_transform"):
        return site.lost(f"{name} of a FunctionTransformer")
    function, given = (
        made.state.get("inverse_func" if name.startswith("inverse") else "func"),
        arguments.get(0, "X"),
    )
    return given if function is None else site.call(function, Arguments((given,)))


LIBRARY = Library(
    "sklearn pipelines",
    functions={PIPELINE: _pipeline, "sklearn.pipeline.make_pipeline": _made_of, FUNCTION: _function},
    kinds={PIPELINE: Kind(method=_through), FUNCTION: Kind(method=_applied)},
)
