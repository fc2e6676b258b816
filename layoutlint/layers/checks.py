"""What many constructors check about their arguments, and what many layers check about an axis.

Every check lets an unknown value pass: only the running program could refuse it.
"""

from __future__ import annotations

from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.sizes import Expression, Size


def refused(arguments: LayerArguments, name: str, wanted: str) -> ShapeError:
    """Return the error for an argument that is not what the constructor wants."""
    value = arguments[name]
    said = f"{name} is a tensor, but" if isinstance(value, Shape) else f"{name}={value!r}"
    return ShapeError(ErrorKind.ARGUMENT, f"{arguments.class_name}: {said} must be {wanted}")


def check_positive(arguments: LayerArguments, *names: str) -> None:
    """Raise ShapeError unless each of these arguments is a whole number above 0."""
    for name in names:
        if arguments.is_numpy_number(name):
            message = (
                f"{arguments.class_name}: {name} is a numpy integer, which it does not take: write int(...)"
            )
            raise ShapeError(ErrorKind.ARGUMENT, message)
        value = arguments[name]
        if not isinstance(value, Expression) and (not isinstance(value, int) or value <= 0):
            raise refused(arguments, name, "a positive integer")


def check_optional_positive(arguments: LayerArguments, *names: str) -> None:
    """Check the same of arguments that may be None."""
    check_positive(arguments, *(name for name in names if arguments[name] is not None))


def check_between(arguments: LayerArguments, name: str, low: float, high: float | None = None) -> None:
    """Raise ShapeError unless the argument is a number from ``low`` to ``high`` (None: any above)."""
    value = arguments[name]
    if isinstance(value, Expression):
        return
    if not isinstance(value, int | float) or value < low or (high is not None and value > high):
        raise refused(arguments, name, f"{low} or more" if high is None else f"between {low} and {high}")


def known_axes(arguments: LayerArguments, name: str = "axis") -> list[int] | None:
    """Return the axes that an argument names, a single one as a list; None where they are not known."""
    value = arguments[name]
    axes = list(value) if isinstance(value, list | tuple) else [value]
    if any(isinstance(axis, Expression) for axis in axes):
        return None
    if not all(isinstance(axis, int) for axis in axes):
        raise refused(arguments, name, "an integer or a list of them")
    return axes


def axis_at(arguments: LayerArguments, shape: Shape, index: int) -> Axis:
    """Return the axis at ``index``, counted from the end if negative; raises ShapeError where
    there is none.
    """
    if not -shape.rank <= index < shape.rank:
        raise ShapeError(
            ErrorKind.AXIS,
            f"{arguments.class_name}: axis {index} is out of bounds for input shape {shape}",
            axis=index,
        )
    return shape[index]


def check_defined(arguments: LayerArguments, size: Size, what: str, shape: Shape) -> None:
    """Raise ShapeError if a size that a weight takes is None."""
    if size is None:
        raise ShapeError(
            ErrorKind.UNDEFINED, f"{arguments.class_name}: {what} must be defined, found None in {shape}"
        )


def is_size(value: object) -> bool:
    """Tell whether a value may stand in a shape."""
    return value is None or isinstance(value, Expression) or (isinstance(value, int) and value >= 0)


def stated_sizes(arguments: LayerArguments, name: str) -> tuple[Size, ...]:
    """Return the sizes that an argument states, a single one as a tuple; raises ShapeError for
    what are none.
    """
    value = arguments.known(name)
    sizes = tuple(value) if isinstance(value, list | tuple) else (value,)
    if value is None or not all(map(is_size, sizes)):
        raise refused(arguments, name, "an integer or a tuple of sizes")
    return sizes
