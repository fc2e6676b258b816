"""Python's standard library: ``functools``, ``dataclasses``, ``collections``, ``copy``, ``math``, ``os``."""

from __future__ import annotations

import collections
import math
import os.path
import string
from functools import reduce

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.narrowing import known_sizes, known_whole
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
    Unknown,
    Value,
    any_number,
    has_rest,
    text_of,
)
from layoutlint.interpreter.language import records
from layoutlint.interpreter.language.calls import FIELD
from layoutlint.interpreter.libraries.builtins import leave, nothing
from layoutlint.interpreter.libraries.builtins_items import new_dict
from layoutlint.interpreter.libraries.paths import path_of
from layoutlint.model import sizes
from layoutlint.model.sizes import Expression, unknown_size

FIELDS = "dataclasses.Field"
MAX_DEPTH = 20
_NO_NUMBER = ("frexp", "modf", "isclose", "isfinite", "isinf", "isnan")


def _partial(site: Site, arguments: Arguments) -> Value:
    if not arguments.positional:
        return site.lost("a partial of nothing")
    return Partial(
        arguments.positional[0], arguments.positional[1:], dict(arguments.keywords), arguments.open
    )


def _reduce(site: Site, arguments: Arguments) -> Value:
    callee, items = arguments.get(0, "function"), site.items(arguments.get(1, "iterable"))
    if items is None or has_rest(items):
        return site.lost("a reduction of unknown items")
    values = [arguments.positional[2], *items] if len(arguments.positional) > 2 else items
    if not values:
        return site.lost("a reduction of nothing")
    return reduce(lambda result, value: site.call(callee, Arguments((result, value))), values)


def _math(name: str) -> Handler:
    """Return the handler of a function of ``math``."""
    plain = through(getattr(math, name))

    def run(site: Site, arguments: Arguments) -> Value:
        match name, arguments.get(0, "x"):
            case "ceil", Ratio() as value:
                return sizes.ceil_divide(value.numerator, value.denominator)
            case (("floor" | "trunc"), Ratio() as value):
                return sizes.floor_divide(value.numerator, value.denominator)
            case (("floor" | "ceil" | "trunc"), Expression() as size):
                return size
            case (("factorial" | "comb" | "perm"), int() as number) if number > 200:
                return site.lost("a very large number")
            case "prod", factors:
                items = site.items(factors)
                numbers = None if items is None else known_sizes(items)
                if numbers is not None:
                    return sizes.product(tuple(numbers))
        found = plain(site, arguments)
        # whatever it is, it is a number
        return unknown_size(site.origin) if isinstance(found, Unknown) and name not in _NO_NUMBER else found

    return run


def _copied(site: Site, arguments: Arguments) -> Value:
    match arguments.get(0, "x"):
        case Instance(native=None) as made:
            return Instance(made.cls, site.journal.born(dict(made.attributes)), site.origin)
        case list() | dict() | set() as value:
            return site.journal.born(value.copy())
        case other:
            return other


def _deep_copied(site: Site, arguments: Arguments) -> Value:
    def copied(value: Value, depth: int = 0) -> Value:
        match value:
            case list() if depth < MAX_DEPTH:
                return site.list_of(copied(item, depth + 1) for item in value)
            case dict() if depth < MAX_DEPTH:
                return site.dict_of((key, copied(item, depth + 1)) for key, item in value.items())
            case Instance(native=None) if depth < MAX_DEPTH:
                own = {key: copied(item, depth + 1) for key, item in value.attributes.items()}
                return Instance(value.cls, site.journal.born(own), value.origin)
            case _:
                return value

    return copied(arguments.get(0, "x"))


def _default_dict(site: Site, arguments: Arguments) -> Value:
    """Return ``defaultdict(list)``: a missing item is made when it is asked for."""
    rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
    known = new_dict(site, rest)
    if not isinstance(known, dict):
        return known
    made = Defaults(known)
    made.factory = arguments.get(0, "default_factory")
    return site.journal.born(made)


def _counted(site: Site, arguments: Arguments) -> Value:
    """Return ``collections.Counter(items)``."""
    items = site.items(arguments.get(0, "iterable", ()))
    if arguments.keywords or items is None or not is_plain(items) or isinstance(arguments.get(0, "x"), dict):
        return site.lost("a count of unknown items")
    try:
        made = Defaults(dict(collections.Counter(items)))
    except TypeError:
        return site.lost("Python would raise here")
    made.factory = External("builtins.int")
    return site.journal.born(made)


def _queue(site: Site, arguments: Arguments) -> Value:
    """Return ``deque(items, maxlen=…)``: a list that forgets its first items."""
    items, most = site.items(arguments.get(0, "iterable", ())), arguments.get(1, "maxlen")
    made = Bounded(items if items is not None else any_number())
    made.most = known_whole(most)
    if most is not None and made.most is None:
        # the number of items that are left is not known
        made[:] = any_number()
    made.forget()
    return site.journal.born(made)


def _path_join(site: Site, arguments: Arguments) -> Value:
    given = (part if isinstance(part, str) else path_of(part) for part in arguments.positional)
    parts = [text for text in given if text is not None]
    if not parts or len(parts) < len(arguments.positional):
        return site.lost("a path with an unknown part")
    return os.path.join(*parts)  # noqa: PTH118 (the program's own os.path.join)


def _environment(site: Site, arguments: Arguments) -> Value:
    """Return the default of ``os.environ.get("SIZE", "64")``, as a program without settings gets it."""
    default = arguments.get(1, "default")
    name, reason = text_of(arguments.get(0, "key")) or "", "the environment in which the program runs"
    return site.presumed(default, name, reason) if isinstance(default, str | int) else site.lost(reason)


def _replaced(site: Site, arguments: Arguments) -> Value:
    """Return ``dataclasses.replace(record, field=…)``: a new record."""
    value = arguments.get(0, "obj")
    if not isinstance(value, Instance) or value.cls.fields is None:
        return site.lost("a record that is not known")
    names = () if arguments.open else value.cls.fields
    fields = {name: value.attributes[name] for name in names if name in value.attributes}
    given = Arguments((), {**fields, **arguments.keywords}, arguments.open)
    return site.call(value.cls, given)


def _as_dict(site: Site, arguments: Arguments) -> Value:
    """Return ``dataclasses.asdict(record)``, the records inside as dicts too."""

    def plain(value: Value, depth: int = 0) -> Value:
        match value:
            case _ if depth > MAX_DEPTH:
                return Unknown()
            case Instance(cls=ClassValue(fields=tuple() as names)):
                known = [(name, value.attributes.get(name, Unknown(f"self.{name}"))) for name in names]
                return site.dict_of((name, plain(item, depth + 1)) for name, item in known)
            case list():
                return [plain(item, depth + 1) for item in value]
            case tuple():
                return tuple(plain(item, depth + 1) for item in value)
            case dict():
                return site.dict_of((key, plain(item, depth + 1)) for key, item in value.items())
            case _:
                return value

    found = plain(arguments.get(0, "obj"))
    return found if isinstance(found, dict) else site.lost("a record that is not known")


def _fields(site: Site, arguments: Arguments) -> Value:
    """Return ``dataclasses.fields(record)``: each with its name."""
    value = arguments.get(0, "class_or_instance")
    cls = value.cls if isinstance(value, Instance) else value
    if not isinstance(cls, ClassValue) or cls.fields is None:
        return site.lost("a record that is not known")
    origin = site.origin
    return tuple(LibraryObject(FIELDS, origin, {"fields": {"name": name}}) for name in cls.fields)


def _field(site: Site, arguments: Arguments) -> Value:
    """Return ``dataclasses.field(…)``, kept until an object is made: each calls the ``default_factory``."""
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
    "collections.OrderedDict": new_dict,
    "collections.defaultdict": _default_dict,
    "collections.Counter": _counted,
    "collections.deque": _queue,
    "os.path.join": _path_join,
    "os.environ.get": _environment,
    "os.getenv": _environment,
    "sys.exit": leave,
    "os._exit": leave,
    "random.seed": nothing,
}


def _find(name: str) -> Handler | None:
    """Return the handler of a function of ``math``."""
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
