"""Whether a value is an object of a class: ``isinstance`` over abstract values."""

from __future__ import annotations

from typing import Any

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

TYPES: dict[str, Any] = {
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
    if isinstance(value, Unknown | Expression | Choice):
        return None
    if isinstance(kind, External):
        known = TYPES.get(kind.name)
        if known is not None:
            return isinstance(value, known)
        if isinstance(value, Instance):
            if kind.name in value.cls.external_bases():
                return True
            return None if value.cls.external_bases() else False
        if isinstance(value, LayerValue):
            name = kind.name.rsplit(".", 1)[-1]
            return name in ("Layer", value.layer.class_name)
        if isinstance(value, ModelValue):
            return kind.name in ("keras.Model", "keras.layers.Layer") or kind.name.endswith(value.class_name)
        if is_plain(value) or isinstance(value, dict | list | tuple):
            return False
        return None
    if isinstance(kind, ClassValue):
        return isinstance(value, Instance) and any(ancestor is kind for ancestor in value.cls.ancestors())
    return None
