"""Values of a saved configuration as plain Python: tuples, slices, arrays by their shapes, and symbols for
what is code.

Nothing is executed: the marshalled code of a Lambda, a custom function or object becomes an unknown value.
Serialised forms from ``keras/src/saving/serialization_lib.py`` and ``tf_keras/src/saving``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from layoutlint.model.axes import Shape
from layoutlint.model.sizes import Size, unknown_size, unknown_value
from layoutlint.operations.spec import Mask

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


def _array(data: Mapping[str, Json]) -> Any:
    """Return the shape of a stored array; the file holds its values as lists in lists. One without axes is a
    number.
    """
    config = data.get("config")
    if not isinstance(config, Mapping) or "value" not in config:
        return code(data)
    value, sizes = config["value"], []
    if not isinstance(value, list):
        return plain(value)
    while isinstance(value, list):
        sizes.append(len(value))
        value = value[0] if value else None
    return (Mask if config.get("dtype") == "bool" else Shape).of(*sizes)


def code(data: object) -> Any:
    """Return an unknown value in place of code or an object."""
    name = data.get("class_name") if isinstance(data, Mapping) else None
    return unknown_value(str(name).strip("_") if name else "code")


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
    "__numpy__": _array,
    "__tensor__": _array,
}
"""How a serialised object becomes a value, by its ``class_name``; all others are unknown values."""


def plain(data: Json) -> Any:
    """Return the value that a piece of configuration stands for."""
    if isinstance(data, dict):
        class_name = data.get("class_name")
        if isinstance(class_name, str):
            return FORMS.get(class_name, code)(data)
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(item) if isinstance(item, (dict, list)) else item for item in data]
    return data


_SIZES: Final = frozenset([int, type(None)])


def shape(data: Json) -> Shape | None:
    """Return a shape as files write it, the batch first; None for what is no shape."""
    if type(data) is list and _SIZES.issuperset(map(type, data)):
        return Shape.of(*map(_size, data))
    sizes = plain(data)
    if (
        isinstance(sizes, Shape)
        or not isinstance(sizes, list | tuple)
        or any(isinstance(size, list | tuple | dict | str) for size in sizes)
    ):
        return None
    return Shape.of(*map(_size, sizes))


def _size(value: Any) -> Size:
    if value is None:
        return None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else unknown_size()
