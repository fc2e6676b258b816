"""TensorFlow, besides its operations on tensors, its data sets and Keras."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.implied import negation
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, is_tensors, to_tensors
from layoutlint.interpreter.core.values import FunctionValue, LibraryObject, Unknown, Value, truth
from layoutlint.interpreter.language.calls import WRAPPERS
from layoutlint.interpreter.libraries.builtins import nothing
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor, flatten, map_nested
from layoutlint.model.syntax_text import condition_text

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
    made = site.noted("gradient", {}, source)
    made.outputs = Tensor(source.shape, made, site.origin)
    return made.outputs


def _list_of_gradients(site: Site, arguments: Arguments) -> Value:
    """``tf.gradients(loss, x)`` and ``K.gradients``: a list, also for one array."""
    sources = arguments.get(1, "xs") if arguments.has(1, "xs") else arguments.get(1, "variables")
    found = _gradients(site, sources)
    return [found] if isinstance(found, Tensor) else found


def _cond(site: Site, arguments: Arguments) -> Value:
    """Return what one of two functions returns; both joined where the condition is not known.

    Source: https://keras.io/api/ops/core/#cond-function.
    """
    sides: list[Callable[[], Value]] = [
        partial(site.call, arguments.get(position, name), Arguments())
        for position, name in ((1, "true_fn"), (2, "false_fn"))
    ]
    known = truth(arguments.get(0, "pred"))
    if known is not None:
        return sides[0 if known else 1]()
    asked = arguments.node(0, "pred")
    text = "the condition" if asked is None else condition_text(asked)
    return site.choose(sides, (text, negation(text)))


def _map(names: tuple[str, str], site: Site, arguments: Arguments) -> Value:
    """Return what a function makes of each item along the first axis, joined along it again; ``names`` are
    those of the function and of the arrays.

    Source: https://www.tensorflow.org/api_docs/python/tf/map_fn.
    """
    given = to_tensors(arguments.get(1, names[1]))
    shapes = [tensor.shape for tensor in flatten(given)]
    if not shapes or not all(shapes):
        return site.lost("the array that a function is mapped over is not known")
    items = map_nested(lambda tensor: Tensor(Shape(tensor.shape[1:]), tensor.producer, site.origin), given)
    with site.evaluator.traced():
        results = site.call(arguments.get(0, names[0]), Arguments((as_value(items),)))
    if not is_tensors(results):
        return site.lost("what the mapped function returns is not an array")
    made = site.noted("map_fn", {}, given)

    def joined(result: Tensor) -> Tensor:
        shape = None if result.shape is None else Shape((shapes[0][0], *result.shape))
        return Tensor(shape, made, site.origin)

    made.outputs = map_nested(joined, results)
    return as_value(made.outputs)


LIBRARY = Library(
    "tensorflow",
    functions={
        **dict.fromkeys(("tensorflow.cond", "keras.ops.cond"), _cond),
        **dict.fromkeys(
            ("tensorflow.map_fn", "tensorflow.vectorized_map", "keras.backend.map_fn"),
            partial(_map, ("fn", "elems")),
        ),
        "keras.ops.map": partial(_map, ("f", "xs")),
        "keras.ops.vectorized_map": partial(_map, ("function", "elements")),
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
