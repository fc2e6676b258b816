"""``itertools`` and ``random``: iterators as lists; endless ones as their first items and any number more.

Source: https://docs.python.org/3/library/itertools.html and ``random.html``.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.extent import joined
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.narrowing import known_whole
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    Choice,
    Rest,
    Unknown,
    Value,
    any_number,
    has_rest,
    is_number,
    one_of,
    truth,
)
from layoutlint.interpreter.language.operators import binary
from layoutlint.model.sizes import unknown_size

FIRST = 64
"""How many items of an endless iterator are told apart."""
JOINED = 256
"""How many items are looked at for what is known of any one: a loop over a list is unrolled less often."""
MOST = 1000
_MOST_CHOSEN = 8
MAX_NESTED = 3
"""Tuples in tuples whose parts are picked one by one."""
SOME_NUMBER: Final = Unknown(reason="a randomly chosen number")
"""Stands in what was picked for a number that every draw has for itself."""
Chooser: TypeAlias = Callable[[Iterable[Value], int], Iterable[tuple[Value, ...]]]


def _all_of(ev: Evaluator, value: Value) -> list[Value] | None:
    """Return the items of something of which all are known, and not too many."""
    items = ev.items(value)
    return None if items is None or has_rest(items) or len(items) > MOST else items


def _chain(site: Site, arguments: Arguments) -> Value:
    rows = [
        items if (items := site.items(value)) is not None else [Rest(site.element(value))]
        for value in arguments.positional
    ]
    return site.list_of(joined([*rows, any_number()] if arguments.open else rows))


def _chain_from(site: Site, arguments: Arguments) -> Value:
    rows = site.items(arguments.get(0, "iterable"))
    if rows is None or has_rest(rows):
        return [Rest(Unknown(reason="an item of an unknown row"))]
    return _chain(site, Arguments(tuple(rows)))


def _chosen(choose: Chooser, *, all_by_default: bool = False) -> Handler:
    """Return the handler of ``combinations`` and its like: tuples of ``r`` of the items."""

    def run(site: Site, arguments: Arguments) -> Value:
        items, written = _all_of(site.evaluator, arguments.get(0, "iterable")), arguments.get(1, "r")
        count = known_whole(written)
        if written is None and all_by_default and items is not None:
            count = len(items)
        if count is None or not 0 <= count <= _MOST_CHOSEN:
            return any_number()
        if items is not None and len(items) ** count <= 10**6:
            rows = list(itertools.islice(choose(items, count), MOST + 1))
            if len(rows) <= MOST:
                return site.list_of(rows)
        return [Rest((Unknown(),) * count)]

    return run


def _product(site: Site, arguments: Arguments) -> Value:
    columns = [site.items(value) for value in arguments.positional]
    repeat = known_whole(arguments.keywords.get("repeat", 1))
    known = [column for column in columns if column is not None and not has_rest(column)]
    if repeat is None or arguments.open:
        return any_number()
    count = math.prod(len(column) for column in known)
    if len(known) < len(columns) or count ** max(repeat, 1) > MOST:
        width = len(columns) * repeat
        return [Rest((Unknown(),) * width if width < 20 else Unknown())]
    return site.list_of(itertools.product(*known, repeat=max(repeat, 0)))


def _cycle(site: Site, arguments: Arguments) -> Value:
    items = _all_of(site.evaluator, arguments.get(0, "iterable"))
    if not items:
        return any_number()
    times = -(-FIRST // len(items))
    return site.list_of([*items * times, Rest(join_all(map(one_of, items)))])


def _count(site: Site, arguments: Arguments) -> Value:
    match arguments.get(0, "start", 0), arguments.get(1, "step", 1):
        case (int() | float() as start, int() | float() as step):
            return site.list_of([*(start + step * index for index in range(FIRST)), Rest(Unknown())])
        case _:
            return any_number()


def _repeat(site: Site, arguments: Arguments) -> Value:
    value, times = arguments.get(0, "object"), known_whole(arguments.get(1, "times"))
    if times is not None and times <= MOST:
        return site.list_of([value] * times)
    return site.list_of([Rest(value)])


def _slice(site: Site, arguments: Arguments) -> Value:
    """Return ``islice(iterable, stop)``, ``islice(iterable, start, stop, step)``."""
    items, bounds = site.items(arguments.get(0, "iterable")), _bounds(arguments.positional[1:])
    if items is None or bounds is None:
        return [Rest(site.element(arguments.get(0, "iterable")))]
    stop = bounds.stop
    rest = next((index for index, item in enumerate(items) if isinstance(item, Rest)), None)
    if rest is not None and (stop is None or stop > rest):
        if stop is None or rest < len(items) - 1 or stop > MOST:
            return any_number()
        # of an endless iterator there are as many as are asked for
        items = [*items[:rest], *[one_of(items[rest])] * (stop - rest)]
    return site.list_of(items[bounds])


def _bounds(written: tuple[Value, ...]) -> slice | None:
    """Return the bounds of ``islice``; None where they are not known or Python would raise."""
    bounds = [bound for bound in written if bound is None or (isinstance(bound, int) and bound >= 0)]
    if not 1 <= len(bounds) <= 3 or len(bounds) < len(written) or 0 in bounds[2:]:
        return None
    return slice(*bounds)


def _accumulate(site: Site, arguments: Arguments) -> Value:
    items, function = _all_of(site.evaluator, arguments.get(0, "iterable")), arguments.get(1, "func")
    if items is None:
        return any_number()
    initial = arguments.keywords.get("initial")
    values = items if initial is None else [initial, *items]
    found: list[Value] = []
    for value in values:
        if not found:
            found.append(value)
        elif function is None:
            found.append(binary(site, ast.Add(), found[-1], value))
        else:
            found.append(site.call(function, Arguments((found[-1], value))))
    return site.list_of(found)


def _starmap(site: Site, arguments: Arguments) -> Value:
    function, rows = arguments.get(0, "function"), site.items(arguments.get(1, "iterable"))
    found: list[Value] = []
    for row in rows if rows is not None else any_number():
        items = site.items(one_of(row))
        given = Arguments(tuple(items)) if items is not None and not has_rest(items) else Arguments(open=True)
        value = site.call(function, given)
        found.append(Rest(value) if isinstance(row, Rest) else value)
    return site.list_of(found)


def _zip_longest(site: Site, arguments: Arguments) -> Value:
    columns = [_all_of(site.evaluator, value) for value in arguments.positional]
    known = [column for column in columns if column is not None]
    if len(known) < len(columns) or arguments.open:
        return [Rest((Unknown(),) * len(columns))]
    return site.list_of(itertools.zip_longest(*known, fillvalue=arguments.keywords.get("fillvalue")))


def _pairs(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    if items is None:
        return [Rest((Unknown(), Unknown()))]
    if has_rest(items):
        return [Rest((join_all(map(one_of, items)),) * 2)]
    return site.list_of(itertools.pairwise(items))


def _compressed(site: Site, arguments: Arguments) -> Value:
    items = _all_of(site.evaluator, arguments.get(0, "data"))
    chosen = _all_of(site.evaluator, arguments.get(1, "selectors"))
    answers = [truth(value) for value in chosen or ()]
    if items is None or chosen is None or None in answers:
        return any_number()
    return site.list_of(itertools.compress(items, answers))


def _copies(site: Site, arguments: Arguments) -> Value:
    items, count = site.items(arguments.get(0, "iterable")), known_whole(arguments.get(1, "n", 2))
    if items is None or count is None or not 0 <= count <= FIRST:
        return site.lost("copies of an unknown iterator")
    return tuple(site.list_of(items) for _ in range(count))


# ---------------------------------------------------------------------- random


def _picked(site: Site, value: Value) -> Value:
    """Return what is known of any one of the items of something, with :data:`SOME_NUMBER` for numbers."""
    items = site.items(value)
    if not items or len(items) > JOINED:
        return Unknown(reason="a randomly chosen item")
    return _any_of([one_of(item) for item in items], MAX_NESTED)


def _any_of(values: list[Value], depth: int) -> Value:
    """Join values; of numbers that differ it is still known that it is a number, also inside of tuples."""
    if depth and all(isinstance(value, tuple) and not has_rest(value) for value in values):
        rows = [value for value in values if isinstance(value, tuple)]
        if len({len(row) for row in rows}) == 1:
            return tuple(_any_of(list(column), depth - 1) for column in zip(*rows, strict=True))
    if all(is_number(value) and not isinstance(value, bool) for value in values):
        return values[0] if all(value == values[0] for value in values) else SOME_NUMBER
    return join_all(values)


def _drawn_anew(site: Site, found: Value) -> Value:
    """Return what was picked, with a number of its own for every :data:`SOME_NUMBER`."""
    if isinstance(found, tuple):
        return tuple(_drawn_anew(site, part) for part in found)
    return unknown_size(site.origin) if found is SOME_NUMBER else found


def _randomly(site: Site, arguments: Arguments) -> Value:
    found = _drawn_anew(site, _picked(site, arguments.get(0, "seq")))
    return site.lost("a randomly chosen item") if isinstance(found, Unknown | Choice) else found


def _sample(site: Site, arguments: Arguments) -> Value:
    found = _picked(site, arguments.get(0, "population"))
    count = known_whole(arguments.get(1, "k", 1))
    if count is not None and 0 <= count <= FIRST:
        return site.list_of([_drawn_anew(site, found) for _ in range(count)])
    return site.list_of([Rest(_drawn_anew(site, found))])


def _shuffled(site: Site, arguments: Arguments) -> Value:
    """Carry out ``random.shuffle(list)``: as many items, in no known order."""
    target = arguments.get(0, "x")
    if isinstance(target, list) and target:
        found = _picked(site, target)
        site.journal.touch(target)
        target[:] = [
            Rest(made) if isinstance(item, Rest) else made
            for item in target
            for made in (_drawn_anew(site, found),)
        ]
    return None


def _drawn(site: Site, arguments: Arguments) -> Value:
    """Return ``random.randint(1, 6)``: some number."""
    return unknown_size(site.origin)


_FUNCTIONS: dict[str, Handler] = {
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_from,
    "itertools.product": _product,
    "itertools.combinations": _chosen(itertools.combinations),
    "itertools.combinations_with_replacement": _chosen(itertools.combinations_with_replacement),
    "itertools.permutations": _chosen(itertools.permutations, all_by_default=True),
    "itertools.cycle": _cycle,
    "itertools.count": _count,
    "itertools.repeat": _repeat,
    "itertools.islice": _slice,
    "itertools.accumulate": _accumulate,
    "itertools.starmap": _starmap,
    "itertools.zip_longest": _zip_longest,
    "itertools.izip_longest": _zip_longest,
    "itertools.pairwise": _pairs,
    "itertools.compress": _compressed,
    "itertools.tee": _copies,
    "random.choice": _randomly,
    "random.sample": _sample,
    "random.choices": _sample,
    "random.shuffle": _shuffled,
    **{f"random.{name}": _drawn for name in ("randint", "randrange", "random", "uniform", "gauss")},
}


LIBRARY = Library("itertools", functions=_FUNCTIONS)
