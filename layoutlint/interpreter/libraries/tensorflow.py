"""TensorFlow, besides its operations on tensors, its data sets and Keras."""

from dataclasses import replace
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.arrays import as_value, to_tensors
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import FunctionValue, LibraryObject, Unknown, Value
from layoutlint.interpreter.language.calls import WRAPPERS
from layoutlint.interpreter.libraries.builtins import nothing
from layoutlint.model.graph import Call, Layer, Tensor, map_nested

TAPE: Final = "tensorflow.GradientTape"
NOTED: Final = frozenset(["watch", "reset"])
"""Methods of a tape that return nothing."""


def _custom_gradient(site: Site, arguments: Arguments) -> Value:
    """Return a function that returns the value alone, where its body returns it with its gradient.

    Source: https://www.tensorflow.org/api_docs/python/tf/custom_gradient.
    """
    match arguments.get(0, "f"):
        case FunctionValue() as function:
            made = replace(function, returns_first=True)
            function.called = True  # callers reach what is made of it
            site.evaluator.functions.append(made)
            return made
        case None:
            return WRAPPERS[0]  # @tf.custom_gradient()
        case _:
            return site.lost("a function with a gradient of its own")


def _tape(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(TAPE, site.origin, site.journal.born({}))


def _tape_method(site: Site, tape: LibraryObject, name: str, arguments: Arguments) -> Value:
    """``tape.gradient(loss, sources)``. Source: https://www.tensorflow.org/api_docs/python/tf/GradientTape."""
    if name == "gradient":
        return _gradients(site, arguments.get(1, "sources"))
    return None if name in NOTED else site.lost(f"{name} of a tape")


def _gradients(site: Site, sources: Value) -> Value:
    """Return the gradients with respect to arrays, in the structure and with the shapes of these."""
    if isinstance(sources, Unknown):
        return site.lost("the gradients with respect to weights that are not known")
    return as_value(map_nested(lambda source: _gradient(site, source), to_tensors(sources)))


def _gradient(site: Site, source: Tensor) -> Tensor:
    made = Call(Layer("gradient", {}, site.origin, kind="operation"), source, {}, site.origin)
    made.outputs = Tensor(source.shape, made, site.origin)
    site.evaluator.record(made)
    return made.outputs


def _list_of_gradients(site: Site, arguments: Arguments) -> Value:
    """``tf.gradients(loss, x)`` and ``K.gradients``: a list, also for one array."""
    sources = arguments.get(1, "xs") if arguments.has(1, "xs") else arguments.get(1, "variables")
    found = _gradients(site, sources)
    return [found] if isinstance(found, Tensor) else found


LIBRARY = Library(
    "tensorflow",
    functions={
        "tensorflow.random.set_seed": nothing,
        "keras.utils.set_random_seed": nothing,
        "tensorflow.gradients": _list_of_gradients,
        "keras.backend.gradients": _list_of_gradients,
        TAPE: _tape,
        **{wrapper.name: _custom_gradient for wrapper in WRAPPERS},
    },
    kinds={TAPE: Kind(method=_tape_method)},
    constants={"tensorflow.newaxis": None},
)
