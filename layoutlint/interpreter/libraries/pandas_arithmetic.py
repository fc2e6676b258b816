"""Arithmetic and comparisons of tables.

Source: "Intro to data structures", https://pandas.pydata.org/docs/user_guide/dsintro.html.
"""

from __future__ import annotations

from layoutlint.interpreter.core.narrowing import as_array, is_kind
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, Unknown, Value
from layoutlint.interpreter.libraries.pandas_tables import (
    INDEX,
    TABLES,
    columns_of,
    is_frame,
    is_series,
    labelled,
    shape_of,
)
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Layer, Nested, Slot, Tensor
from layoutlint.model.sizes import Expression, unknown_size
from layoutlint.operations import Mask

_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply"}
_OF_FRAMES = {**_ARITHMETIC, "/": "divide"}


def operator(site: Site, sign: str, left: Value, right: Value) -> Value:
    """Return arithmetic on tables, which keeps their shape.

    Two tables are aligned by their labels; nothing is claimed of sizes that are not the same.
    """
    if is_kind(left, *TABLES, INDEX):
        table, other = left, right
    else:
        assert is_kind(right, *TABLES, INDEX)
        table, other = right, left
    if is_series(table) and is_frame(other):
        table, other = other, table
    shape = _combined(table, other)
    if shape is None:
        return site.lost("arithmetic of a table with something that is not followed")
    names = columns_of(table) if is_frame(table) else None
    made = Mask(shape) if sign in _COMPARISONS else Shape(shape)
    result = labelled(site.evaluator, table.kind, made, names, site.origin)
    numbers = [one if isinstance(one, int) else Slot(0) for one in (left, right)]
    if sign in _ARITHMETIC and is_series(table) and isinstance(other, int) and table.array is not None:
        config = dict(zip(("x1", "x2"), numbers, strict=True))
        computed = Layer(_ARITHMETIC[sign], config, site.origin, kind="operation")
        call = Call(computed, [table.array], {}, site.origin)
        call.outputs = result.state["array"] = Tensor(made, call, site.origin)
    if sign in _OF_FRAMES and is_frame(table) and table is left and table.array is not None:
        values = _of_all(site, _OF_FRAMES[sign], table.array, other, shape)
        result.state["array"] = result.state["source"] = values
    return result


def _of_all(site: Site, name: str, array: Tensor, other: Value, shape: Shape) -> Tensor:
    """Return the values of a frame after arithmetic with a number, or with a statistic of each column."""
    operand = as_array(other)
    if operand is None and not isinstance(other, int | float):
        return Tensor(shape, None, site.origin)
    given: list[Nested[Tensor]] = [array] if operand is None else [array, operand]
    config = {"x1": Slot(0), "x2": other if operand is None else Slot(1)}
    call = Call(Layer(name, config, site.origin, kind="operation"), given, {}, site.origin)
    call.outputs = Tensor(shape, call, site.origin)
    return call.outputs


def _combined(table: LibraryObject, other: Value) -> Shape | None:
    """Return the shape of a table combined with something; None where nothing is claimed."""
    shape = shape_of(table)
    match other:
        case LibraryObject() | Tensor():
            array = as_array(other)
            given = array.shape if array is not None else None
            if array is None or (given is not None and given.rank > shape.rank):
                return None
            if given is None or given.rank < shape.rank:
                # a series is matched with the columns by their names
                return shape
            return Shape(
                axis if axis.size == axis_given.size else axis.sized(unknown_size())
                for axis, axis_given in zip(shape, given, strict=True)
            )
        case Unknown() | int() | float() | complex() | str() | Expression():
            # an unknown operand is most likely a number or a column: the table keeps its axes
            return shape
        case _:
            return None
