"""What stands between layers and what makes arrays: numpy, TensorFlow, ``keras.ops``, ``K.*``, operators.

One canonical operation a meaning, in families by what they do to axes; which library calls it what is data
(``tables``). A use of an operation: ``find`` the spec, ``bind`` its arguments, then let
:mod:`layoutlint.inference.operation_call` infer a shape or evaluate a value. Knows shapes and nothing of
formats or rules.
"""

from layoutlint.operations.bound_arguments import shape_of
from layoutlint.operations.lookup import find, find_method, find_operator, find_saved
from layoutlint.operations.spec import UNKNOWN, Mask, Operation, OperationSpec

__all__ = [
    "UNKNOWN",
    "Mask",
    "Operation",
    "OperationSpec",
    "find",
    "find_method",
    "find_operator",
    "find_saved",
    "shape_of",
]
