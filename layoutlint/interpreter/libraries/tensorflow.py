"""TensorFlow, besides its operations on tensors, its data sets and Keras."""

from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.libraries.builtins import nothing

LIBRARY = Library(
    "tensorflow",
    functions={"tensorflow.random.set_seed": nothing, "keras.utils.set_random_seed": nothing},
    constants={"tensorflow.newaxis": None},
)
