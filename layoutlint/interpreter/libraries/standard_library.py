"""Python's standard library, as far as programs that build models use it."""

from __future__ import annotations

import collections
import math
import os.path
import string

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.plain import Bounded, is_plain, through
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    Defaults,
    External,
    Instance,
    LibraryObject,
    Partial,
    Ratio,
    Rest,
    Unknown,
    Value,
)
from layoutlint.interpreter.language import records
from layoutlint.interpreter.language.calls import FIELD
from layoutlint.interpreter.libraries.builtins import leave, new_dict, nothing
from layoutlint.model import sizes
from layoutlint.model.sizes import Expression, symbol

_NO_NUMBER = ("frexp", "modf", "isclose", "isfinite", "isinf", "isnan")


def _partial(site: Site, arguments: Arguments) -> Value:
    if not arguments.positional:
        return site.lost("a partial of nothing")
    return Partial(arguments.positional[0], arguments.positional[1:], dict(arguments.keywords))


def _reduce(site: Site, arguments: Arguments) -> Value:
    callee, items = arguments.get(0, "function"), site.items(arguments.get(1, "iterable"))
    if items is None or any(isinstance(item, Rest) for item in items):
        return site.lost("a reduction of unknown items")
    values = [arguments.positional[2], *items] if len(arguments.positional) > 2 else items
    if not values:
        return site.lost("a reduction of nothing")
    result = values[0]
    for value in values[1:]:
        result = site.call(callee, Arguments((result, value)))
    return result


def _math(name: str) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        value = arguments.get(0, "x")
        if isinstance(value, Ratio) and name in ("floor", "ceil", "trunc"):
            divide = sizes.ceil_divide if name == "ceil" else sizes.floor_divide
            return divide(value.numerator, value.denominator)
        if isinstance(value, Expression) and name in ("floor", "ceil", "trunc"):
            return value
        if name == "prod":
            items = site.items(value)
            if items is not None and all(isinstance(item, int | Expression) for item in items):
                return sizes.product(items)
        if name in ("factorial", "comb", "perm") and isinstance(value, int) and value > 200:
            return site.lost("a very large number")
        found = through(getattr(math, name))(site, arguments)
        # whatever it is, it is a number
        return symbol("?", site.origin) if isinstance(found, Unknown) and name not in _NO_NUMBER else found

    return run


def _copied(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "x")
    if isinstance(value, Instance) and value.native is None:
        return Instance(value.cls, site.journal.born(dict(value.attributes)), site.origin)
    return site.journal.born(value.copy()) if isinstance(value, list | dict | set) else value


def _deep_copied(site: Site, arguments: Arguments) -> Value:
    def copied(value: Value, depth: int = 0) -> Value:
        if depth < 20 and isinstance(value, list):
            return site.journal.born([copied(item, depth + 1) for item in value])
        if depth < 20 and isinstance(value, dict):
            return site.journal.born({key: copied(item, depth + 1) for key, item in value.items()})
        if depth < 20 and isinstance(value, Instance) and value.native is None:
            own = {key: copied(item, depth + 1) for key, item in value.attributes.items()}
            return Instance(value.cls, site.journal.born(own), value.origin)
        return value

    return copied(arguments.get(0, "x"))


def _ordered(site: Site, arguments: Arguments) -> Value:
    return new_dict(site, arguments)


def _default_dict(site: Site, arguments: Arguments) -> Value:
    """``defaultdict(list)``: what is missing is made when it is asked for."""
    rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
    known = _ordered(site, rest)
    if not isinstance(known, dict):
        return known
    made = Defaults(known)
    made.factory = arguments.get(0, "default_factory")
    return site.journal.born(made)


def _counted(site: Site, arguments: Arguments) -> Value:
    """``collections.Counter(items)``."""
    items = site.items(arguments.get(0, "iterable", ()))
    if arguments.keywords or items is None or not is_plain(items) or isinstance(arguments.get(0, "x"), dict):
        return site.lost("a count of unknown items")
    try:
        made = Defaults(collections.Counter(items))
    except TypeError:
        return site.lost("Python would raise here")
    made.factory = External("builtins.int")
    return site.journal.born(made)


def _queue(site: Site, arguments: Arguments) -> Value:
    """``deque(items, maxlen=…)``: a list that forgets its first items."""
    items, most = site.items(arguments.get(0, "iterable", ())), arguments.get(1, "maxlen")
    made = Bounded(items if items is not None else [Rest(Unknown())])
    made.most = most if isinstance(most, int) else None
    if most is not None and not isinstance(most, int):
        # nobody knows how many are left
        made[:] = [Rest(Unknown())]
    made.forget()
    return site.journal.born(made)


def _path_join(site: Site, arguments: Arguments) -> Value:
    if all(isinstance(value, str) for value in arguments.positional) and arguments.positional:
        return os.path.join(*arguments.positional)  # noqa: PTH118 (the program's own os.path.join)
    return site.lost("a path with an unknown part")


def _environment(site: Site, arguments: Arguments) -> Value:
    return site.lost("the environment in which the program runs")


def _replaced(site: Site, arguments: Arguments) -> Value:
    """``dataclasses.replace(record, field=…)``: a new record."""
    value = arguments.get(0, "obj")
    if not isinstance(value, Instance) or value.cls.fields is None:
        return site.lost("a record that is not known")
    fields = {name: value.attributes[name] for name in value.cls.fields if name in value.attributes}
    given = Arguments((), {**fields, **arguments.keywords}, arguments.open)
    return site.call(value.cls, given)


def _as_dict(site: Site, arguments: Arguments) -> Value:
    """``dataclasses.asdict(record)``, the records inside too."""

    def plain(value: Value, depth: int = 0) -> Value:
        if depth > 20:
            return Unknown()
        if isinstance(value, Instance) and value.cls.fields is not None:
            known = {name: value.attributes.get(name, Unknown(f"self.{name}")) for name in value.cls.fields}
            return site.journal.born({name: plain(item, depth + 1) for name, item in known.items()})
        if isinstance(value, list | tuple):
            return type(value)(plain(item, depth + 1) for item in value)
        if isinstance(value, dict):
            return site.journal.born({key: plain(item, depth + 1) for key, item in value.items()})
        return value

    found = plain(arguments.get(0, "obj"))
    return found if isinstance(found, dict) else site.lost("a record that is not known")


def _fields(site: Site, arguments: Arguments) -> Value:
    """``dataclasses.fields(record)``: each with its name."""
    value = arguments.get(0, "class_or_instance")
    cls = value.cls if isinstance(value, Instance) else value
    if not isinstance(cls, ClassValue) or cls.fields is None:
        return site.lost("a record that is not known")
    origin = site.origin
    return tuple(
        LibraryObject("dataclasses.Field", origin, {"fields": {"name": name}}) for name in cls.fields
    )


def _field(site: Site, arguments: Arguments) -> Value:
    """``dataclasses.field(…)``: kept until an object is made, for its ``default_factory`` runs anew each
    time.
    """
    return Partial(FIELD, (), dict(arguments.keywords))


_FUNCTIONS: dict[str, Handler] = {
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "dataclasses.field": _field,
    "dataclasses.replace": _replaced,
    "dataclasses.asdict": _as_dict,
    "dataclasses.fields": _fields,
    "collections.namedtuple": records.named_tuple,
    "typing.NamedTuple": records.named_tuple,
    "copy.copy": _copied,
    "copy.deepcopy": _deep_copied,
    "collections.OrderedDict": _ordered,
    "collections.defaultdict": _default_dict,
    "collections.Counter": _counted,
    "collections.deque": _queue,
    "os.path.join": _path_join,
    "os.getenv": _environment,
    "sys.exit": leave,
    "os._exit": leave,
    "random.seed": nothing,
}


def _find(name: str) -> Handler | None:
    """The functions of ``math``."""
    last = name.removeprefix("math.")
    return _math(last) if last != name and callable(getattr(math, last, None)) else None


LIBRARY = Library(
    "the standard library",
    functions=_FUNCTIONS,
    constants={
        **{f"math.{name}": getattr(math, name) for name in ("pi", "e", "inf", "nan")},
        **{
            f"string.{name}": text
            for name, text in vars(string).items()
            if isinstance(text, str) and name[0] != "_"
        },
    },
    find=_find,
)
