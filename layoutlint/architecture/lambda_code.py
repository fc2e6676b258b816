"""The names in the marshalled code of a stored Lambda, found as bytes: nothing is unmarshalled or run.
Python writes a name that code uses as an interned text: a mark, a length, ASCII (``Python/marshal.c``).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Final

from layoutlint.architecture.config_values import Json, code
from layoutlint.model.code import Code

MAX_CODE: Final = 64 * 1024
NAME: Final = re.compile(rb"[\x5a\xda](?=(.)([A-Za-z_]\w*))|[\x74\xf4](?=(.)\0\0\0([A-Za-z_]\w*))", re.DOTALL)
"""``Z``: a short interned ASCII text, ``t``: one of Python before 3.4; the highest bit says that it
is referred to again.
"""


def function(data: Json) -> Any:
    """Return what is known of the function of a Lambda: the names that its code uses."""
    text = _code_in(data)
    if not isinstance(text, str) or len(text) > MAX_CODE:
        return code(data)
    try:
        held = base64.b64decode(text)
    except (binascii.Error, ValueError):
        return code(data)
    names = frozenset(_names(held))
    return Code(names) if names else code(data)


def _code_in(data: Json) -> Json:
    """Return the text of the code: in a dict (Keras 3), or the first of a list (Keras 2)."""
    if isinstance(data, Mapping):
        own = data.get("config")
        return (
            own.get("code") if data.get("class_name") == "__lambda__" and isinstance(own, Mapping) else None
        )
    return data[0] if isinstance(data, list) and len(data) == 3 else None


def _names(held: bytes) -> list[str]:
    found = []
    for match in NAME.finditer(held):
        size, text = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
        if len(text) >= size[0] > 0:
            found.append(text[: size[0]].decode("ascii", "replace"))
    return found
