"""Whether a value is an object of a class: ``isinstance`` over abstract values."""

from __future__ import annotations

from layoutlint.interpreter.core.plain import is_plain
from layoutlint.interpreter.core.values import (
    Choice,
    ClassValue,
    External,
    Instance,
    LayerValue,
    ModelValue,
    Unknown,
    Value,
)
from layoutlint.model.sizes import Expression

TYPES: dict[str, type | tuple[type, ...]] = {
    "builtins.int": int,
    "builtins.float": float,
    "builtins.str": str,
    "builtins.unicode": str,
    "builtins.basestring": str,
    "builtins.bool": bool,
    "builtins.list": list,
    "builtins.tuple": tuple,
    "builtins.dict": dict,
    "builtins.set": set,
    "numbers.Number": (int, float),
    "collections.abc.Iterable": (list, tuple, dict, set, str),
    "collections.Iterable": (list, tuple, dict, set, str),
    "typing.Iterable": (list, tuple, dict, set, str),
    "collections.abc.Sequence": (list, tuple, str),
    "collections.abc.Mapping": dict,
}


def is_a(value: Value, kind: Value) -> bool | None:
    """Tell whether a value is an object of a class; None where nobody can say."""
    match value, kind:
        case ((Unknown() | Expression() | Choice()), _):
            return None
        case External(), _ if not value.is_definite:
            return None
        case _, External(name) if name in TYPES:
            return isinstance(value, TYPES[name])
        case Instance(), External(name):
            bases = value.cls.external_bases()
            return True if name in bases else None if bases else False
        case LayerValue(), External(name):
            return name.rsplit(".", 1)[-1] in ("Layer", value.layer.class_name)
        case ModelValue(), External(name):
            return name in ("keras.Model", "keras.layers.Layer") or name.endswith(value.class_name)
        case ((list() | tuple() | dict()), External()):
            return False
        case _, External():
            return False if is_plain(value) else None
        case Instance(), ClassValue():
            return any(ancestor is kind for ancestor in value.cls.ancestors())
        case _, ClassValue():
            return False
        case _:
            return None
