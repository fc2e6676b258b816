"""Focus: the few words of a finding's code that it is about, instead of a call of several lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from layoutlint.model.origins import Location, Origin, SourceOrigin
from layoutlint.operations.spec import ALIASES

_ARGUMENT = re.compile(r"\b(\w+)=")


def focus(
    origin: Origin,
    message: str,
    at_fault: Iterable[str] = (),
    positions: Sequence[str] = (),
    part: Origin | None = None,
) -> tuple[Location, ...]:
    """Return the places of a call's name and of the arguments that are at fault or named by a message.

    Nothing for what is not a call.

    ``positions`` are the names of the parameters that bind by position; ``part`` is an argument that is
    known to be at fault.
    """
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.Call):
        return ()
    named = frozenset([*_ARGUMENT.findall(message), *at_fault])
    places = list(_places(origin, origin.node, named, positions))
    if part is not None and not any(_holds(place, part.locate()) for place in places):
        places.append(part.locate())
    return tuple(places)


def _holds(place: Location, other: Location) -> bool:
    """Tell whether a place in the same text holds another one."""
    begins, ends = (place.line or 0, place.column or 0), (place.end_line or 0, place.end_column or 0)
    return (
        begins <= (other.line or 0, other.column or 0)
        and (other.end_line or 0, other.end_column or 0) <= ends
    )


def _places(
    origin: SourceOrigin, call: ast.Call, named: frozenset[str], positions: Sequence[str]
) -> Iterator[Location]:
    # Bidirectional(LSTM(3))(x): the name is that of the inner call
    while isinstance(call.func, ast.Call):
        call = call.func
    yield _name(origin, call.func)
    for name, argument in zip(positions, call.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        if name in named:
            yield replace(origin, node=argument).locate()
    for keyword in call.keywords:
        if keyword.arg is not None and (keyword.arg in named or ALIASES.get(keyword.arg) in named):
            yield replace(origin, node=keyword).locate()


def _name(origin: SourceOrigin, function: ast.expr) -> Location:
    """Return the name of what is called: with its modules, but without an object that an expression makes."""
    place = replace(origin, node=function).locate()
    if not isinstance(function, ast.Attribute) or _is_dotted(function):
        return place
    end = place.end_column or 1
    return Location(place.path, place.end_line, end - len(function.attr), place.end_line, end, place.cell)


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
