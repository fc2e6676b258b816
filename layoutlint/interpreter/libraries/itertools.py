"""``itertools``: what its iterators give, as lists; endless ones as their first items and any number more.

Source: https://docs.python.org/3/library/itertools.html.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Callable, Iterable

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.plain import has_rest
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import Choice, Rest, Unknown, Value, truth
from layoutlint.interpreter.language.expressions import binary
from layoutlint.model.sizes import symbol

FIRST = 64
"""So many items of an endless iterator are told apart."""
MOST = 1000


def _all_of(ev: Evaluator, value: Value) -> list[Value] | None:
    """The items of something of which all are known, and not too many."""
    items = ev.items(value)
    return None if items is None or has_rest(items) or len(items) > MOST else items


def _any_of(items: Iterable[Value]) -> Value:
    """One of the items."""
    found: list[Value] = list(items)
    result = found[0]
    for item in found[1:]:
        result = join(result, item)
        if isinstance(result, Unknown):
            break
    return result


def _chain(site: Site, arguments: Arguments) -> Value:
    found: list[Value] = []
    for value in arguments.positional:
        items = site.items(value)
        found.extend(items if items is not None else [Rest(site.element(value))])
    if arguments.open:
        found.append(Rest(Unknown()))
    return site.journal.born(found)


def _chain_from(site: Site, arguments: Arguments) -> Value:
    rows = site.items(arguments.get(0, "iterable"))
    if rows is None or has_rest(rows):
        return site.journal.born([Rest(Unknown(reason="an item of an unknown row"))])
    return _chain(site, Arguments(tuple(rows)))


def _chosen(function: Callable[..., Iterable[tuple[Value, ...]]]) -> Handler:
    """``combinations`` and its like: tuples of so many of the items."""

    def run(site: Site, arguments: Arguments) -> Value:
        items, count = _all_of(site.evaluator, arguments.get(0, "iterable")), arguments.get(1, "r")
        if count is None and function is itertools.permutations and items is not None:
            count = len(items)
        if items is None or not isinstance(count, int) or not 0 <= count <= 8 or len(items) ** count > 10**6:
            known = isinstance(count, int) and 0 <= count <= 8
            return [Rest((Unknown(),) * count if known else Unknown())]
        rows = list(itertools.islice(function(items, count), MOST + 1))
        if len(rows) <= MOST:
            return site.journal.born(rows)
        return [Rest(tuple(Unknown() for _ in range(count)))]

    return run


def _product(site: Site, arguments: Arguments) -> Value:
    columns = [site.items(value) for value in arguments.positional]
    repeat = arguments.keywords.get("repeat", 1)
    known = [column for column in columns if column is not None and not has_rest(column)]
    if not isinstance(repeat, int) or arguments.open:
        return [Rest(Unknown())]
    count = math.prod(len(column) for column in known)
    if len(known) < len(columns) or count ** max(repeat, 1) > MOST:
        return [Rest((Unknown(),) * (len(columns) * repeat) if len(columns) * repeat < 20 else Unknown())]
    return site.journal.born([tuple(row) for row in itertools.product(*known, repeat=repeat)])


def _cycle(site: Site, arguments: Arguments) -> Value:
    items = _all_of(site.evaluator, arguments.get(0, "iterable"))
    if not items:
        return [Rest(Unknown())]
    times = -(-FIRST // len(items))
    return site.journal.born([*items * times, Rest(_any_of(items))])


def _count(site: Site, arguments: Arguments) -> Value:
    start, step = arguments.get(0, "start", 0), arguments.get(1, "step", 1)
    if not isinstance(start, int | float) or not isinstance(step, int | float):
        return [Rest(Unknown())]
    return site.journal.born([*(start + step * index for index in range(FIRST)), Rest(Unknown())])


def _repeat(site: Site, arguments: Arguments) -> Value:
    value, times = arguments.get(0, "object"), arguments.get(1, "times")
    if arguments.has(1, "times") and isinstance(times, int) and times <= MOST:
        return site.journal.born([value] * times)
    return site.journal.born([Rest(value)])


def _slice(site: Site, arguments: Arguments) -> Value:
    """``islice(iterable, stop)``, ``islice(iterable, start, stop, step)``."""
    items, bounds = site.items(arguments.get(0, "iterable")), arguments.positional[1:]
    if items is None or not bounds or not all(isinstance(bound, int | None) for bound in bounds):
        return [Rest(site.element(arguments.get(0, "iterable")))]
    rest = next((index for index, item in enumerate(items) if isinstance(item, Rest)), None)
    stop = bounds[0] if len(bounds) == 1 else bounds[1]
    if rest is not None and (stop is None or stop > rest):
        tail = items[rest]
        if stop is None or rest < len(items) - 1 or stop > MOST:
            return [Rest(Unknown())]
        # of an endless iterator there are as many as are asked for
        items = [*items[:rest], *[tail.item] * (stop - rest)]
    return site.journal.born(list(itertools.islice(items, *bounds)))


def _accumulate(site: Site, arguments: Arguments) -> Value:
    items, function = _all_of(site.evaluator, arguments.get(0, "iterable")), arguments.get(1, "func")
    if items is None:
        return [Rest(Unknown())]
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
    return site.journal.born(found)


def _starmap(site: Site, arguments: Arguments) -> Value:
    function, rows = arguments.get(0, "function"), site.items(arguments.get(1, "iterable"))
    found: list[Value] = []
    for row in rows if rows is not None else [Rest(Unknown())]:
        inner = row.item if isinstance(row, Rest) else row
        items = site.items(inner)
        given = Arguments(tuple(items)) if items is not None and not has_rest(items) else Arguments(open=True)
        value = site.call(function, given)
        found.append(Rest(value) if isinstance(row, Rest) else value)
    return site.journal.born(found)


def _zip_longest(site: Site, arguments: Arguments) -> Value:
    columns = [_all_of(site.evaluator, value) for value in arguments.positional]
    known = [column for column in columns if column is not None]
    if len(known) < len(columns) or arguments.open:
        return [Rest((Unknown(),) * len(columns))]
    rows = itertools.zip_longest(*known, fillvalue=arguments.keywords.get("fillvalue"))
    return site.journal.born(list(rows))


def _pairs(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    if items is None:
        return [Rest((Unknown(), Unknown()))]
    if has_rest(items):
        one = _any_of(item.item if isinstance(item, Rest) else item for item in items)
        return [Rest((one, one))]
    return site.journal.born(list(itertools.pairwise(items)))


def _compressed(site: Site, arguments: Arguments) -> Value:
    items, chosen = (
        _all_of(site.evaluator, arguments.get(0, "data")),
        _all_of(site.evaluator, arguments.get(1, "selectors")),
    )
    answers = [truth(value) for value in chosen or ()]
    if items is None or chosen is None or None in answers:
        return [Rest(Unknown())]
    return site.journal.born(list(itertools.compress(items, answers)))


def _copies(site: Site, arguments: Arguments) -> Value:
    items, count = site.items(arguments.get(0, "iterable")), arguments.get(1, "n", 2)
    if items is None or not isinstance(count, int) or not 0 <= count <= FIRST:
        return site.lost("copies of an unknown iterator")
    return tuple(site.journal.born(list(items)) for _ in range(count))


def one_of(ev: Evaluator, value: Value) -> Value:
    """Any one of the items of something: what ``random.choice`` gives."""
    items = ev.items(value)
    if not items or len(items) > FIRST:
        return Unknown(reason="an item that chance picks")
    return _any_of(item.item if isinstance(item, Rest) else item for item in items)


def _randomly(site: Site, arguments: Arguments) -> Value:
    found = one_of(site.evaluator, arguments.get(0, "seq"))
    return site.lost("an item that chance picks") if isinstance(found, Unknown | Choice) else found


def _sample(site: Site, arguments: Arguments) -> Value:
    found, count = one_of(site.evaluator, arguments.get(0, "population")), arguments.get(1, "k", 1)
    if isinstance(count, int) and 0 <= count <= FIRST:
        return site.journal.born([found] * count)
    return site.journal.born([Rest(found)])


def _shuffled(site: Site, arguments: Arguments) -> Value:
    """``random.shuffle(list)``: as many items, in no known order."""
    target = arguments.get(0, "x")
    if isinstance(target, list) and target:
        found = one_of(site.evaluator, target)
        site.journal.touch(target)
        target[:] = [Rest(found) if isinstance(item, Rest) else found for item in target]
    return None


def _drawn(site: Site, arguments: Arguments) -> Value:
    """``random.randint(1, 6)``: some number."""
    return symbol("?", site.origin)


_FUNCTIONS: dict[str, Handler] = {
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_from,
    "itertools.product": _product,
    "itertools.combinations": _chosen(itertools.combinations),
    "itertools.combinations_with_replacement": _chosen(itertools.combinations_with_replacement),
    "itertools.permutations": _chosen(itertools.permutations),
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
