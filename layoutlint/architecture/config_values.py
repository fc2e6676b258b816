"""Values of a saved configuration as plain Python: tuples, slices, shapes, and symbols for what is code.

Nothing is executed: the marshalled code of a Lambda, a custom function or object becomes an unknown value.
Serialised forms from ``keras/src/saving/serialization_lib.py`` and ``tf_keras/src/saving``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from layoutlint.model.axes import Shape
from layoutlint.model.sizes import Size, symbol, unknown_size

Json = Any
"""What ``json.loads`` gives."""


def _slice(data: Mapping[str, Json]) -> Any:
    config = data.get("config", data)
    if not isinstance(config, Mapping):
        return code(data)
    return slice(*(plain(config.get(name)) for name in ("start", "stop", "step")))


def _items(data: Mapping[str, Json]) -> Any:
    items = data.get("items")
    return tuple(plain(item) for item in items) if isinstance(items, list | tuple) else code(data)


def _name(data: Mapping[str, Json]) -> Any:
    config = data.get("config")
    if isinstance(config, Mapping):
        config = config.get("name")
    return config if isinstance(config, str) else code(data)


def code(data: object) -> Any:
    """An unknown value in place of code or an object."""
    name = data.get("class_name") if isinstance(data, Mapping) else None
    return symbol(str(name).strip("_") if name else "code")


FORMS: Mapping[str, Callable[[Mapping[str, Json]], Any]] = {
    "__tuple__": _items,
    "TensorShape": _items,
    "__slice__": _slice,
    "__ellipsis__": lambda data: ...,
    "DTypePolicy": _name,
    "Policy": _name,
    "function": _name,
    "__bytes__": code,
    "__lambda__": code,
    "__numpy__": code,
    "__tensor__": code,
}
"""How a serialised object becomes a value, by its ``class_name``; all others are unknown values."""


def plain(data: Json) -> Any:
    """The value that a piece of configuration stands for."""
    if isinstance(data, dict):
        class_name = data.get("class_name")
        if isinstance(class_name, str):
            return FORMS.get(class_name, code)(data)
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(item) for item in data]
    return data


def shape(data: Json) -> Shape | None:
    """A shape as files write it, the batch first; None for what is no shape."""
    sizes = plain(data)
    if not isinstance(sizes, list | tuple) or any(
        isinstance(size, list | tuple | dict | str) for size in sizes
    ):
        return None
    return Shape.of(*map(_size, sizes))


def _size(value: Any) -> Size:
    if value is None:
        return None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else unknown_size()
