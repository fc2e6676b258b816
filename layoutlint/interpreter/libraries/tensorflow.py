"""TensorFlow, besides its operations on tensors, its data sets and Keras."""

from dataclasses import replace

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import FunctionValue, Value
from layoutlint.interpreter.language.calls import WRAPPERS
from layoutlint.interpreter.libraries.builtins import nothing


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


LIBRARY = Library(
    "tensorflow",
    functions={
        "tensorflow.random.set_seed": nothing,
        "keras.utils.set_random_seed": nothing,
        **{wrapper.name: _custom_gradient for wrapper in WRAPPERS},
    },
    constants={"tensorflow.newaxis": None},
)
