"""Python's built-in functions of numbers: ``int``, ``float``, ``round``, ``max``, ``min``, ``sum``."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import cast

from layoutlint.inference.highest import number
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.limits import MAX_BITS
from layoutlint.interpreter.core.narrowing import known_sizes
from layoutlint.interpreter.core.plain import through
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    Choice,
    Instance,
    Ratio,
    Unknown,
    Value,
    any_number,
    has_rest,
    is_enum,
)
from layoutlint.interpreter.language.ordering import keys_of
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import NAMELESS, Expression, Size, symbol, unknown_size


def _int(site: Site, arguments: Arguments) -> Value:
    match value := arguments.get(0, "x", 0):
        case Choice():
            return _of_each(site, value, _int)
        case Ratio():
            return sizes.floor_divide(value.numerator, value.denominator)
        case Expression():
            return value
        case Tensor() if (held := number(value)) is not None:
            return held
        case Unknown(like=None):
            return value.size()
        case Instance(cls, {"value": int() as whole}) if is_enum(cls):
            return whole
        case Tensor():
            return unknown_size(site.origin)
        case _:
            return _plain_int(site, arguments)


def _float(site: Site, arguments: Arguments) -> Value:
    match value := arguments.get(0, "x", 0):
        case Choice():
            return _of_each(site, value, _float)
        case Ratio() | Expression():
            return value
        case Unknown(like=None):
            return symbol(value.name or NAMELESS, value.origin or site.origin)
        case Tensor():
            return unknown_size(site.origin)
        case _:
            return _plain_float(site, arguments)


_plain_int, _plain_float = through(int), through(float)


def _of_each(site: Site, choice: Choice, convert: Handler) -> Value:
    """Return what is known of a number that is made of one of several values."""
    return reduce(join, [convert(site, Arguments((each,))) for each in choice.alternatives])


def _round(site: Site, arguments: Arguments) -> Value:
    value, digits = arguments.get(0, "number"), arguments.get(1, "ndigits")
    if isinstance(digits, int) and abs(digits) > MAX_BITS:
        return site.lost("a number rounded to nothing")
    return value if isinstance(value, Expression) else _plain_round(site, arguments)


_plain_round = through(round)


def _extremum(choose: Callable[[Size, Size], Size], python_function: Callable[..., Value]) -> Handler:
    """Return the handler of ``max`` or ``min``: ``choose`` is the same for symbolic sizes."""
    plain = through(python_function)

    def run(site: Site, arguments: Arguments) -> Value:
        values = _values(site, arguments)
        if not values or has_rest(values):
            return site.lost("the largest or smallest of unknown values")
        key = arguments.keywords.get("key")
        if key is not None:
            keys = keys_of(site, values, key)
            if keys is None:
                return site.lost("the largest or smallest of unknown values")
            place = python_function(range(len(values)), key=keys.__getitem__)
            return values[place] if isinstance(place, int) else Unknown()
        numbers = known_sizes(values)
        if numbers is not None and any(map(sizes.is_symbolic, numbers)):
            return reduce(choose, numbers[1:], cast("Size", numbers[0]))
        return plain(site, Arguments((values,)))

    return run


def _values(site: Site, arguments: Arguments) -> list[Value]:
    """Return the values that ``max`` and ``min`` choose from: several arguments, or the items of one."""
    if len(arguments.positional) != 1:
        return list(arguments.positional)
    items = site.items(arguments.positional[0])
    return items if items is not None else any_number()


def _sum(site: Site, arguments: Arguments) -> Value:
    items, start = site.items(arguments.get(0, "iterable")), arguments.get(1, "start", 0)
    numbers = None if items is None else known_sizes([start, *items])
    return _plain_sum(site, arguments) if numbers is None else reduce(sizes.add, numbers, cast("Size", 0))


_plain_sum = through(sum)


FUNCTIONS: dict[str, Handler] = {
    "int": _int,
    "float": _float,
    "round": _round,
    "max": _extremum(sizes.maximum, max),
    "min": _extremum(sizes.minimum, min),
    "sum": _sum,
}
