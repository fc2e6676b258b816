"""JSON out of a model file."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgspec

from layoutlint.model.unreadable import UnreadableError


def parse(data: bytes | str, name: str) -> dict[str, Any]:
    """Return the JSON object in ``data``; raises UnreadableError, with ``name`` for what it was."""
    value = parse_text(data, name)
    if not isinstance(value, dict):
        raise UnreadableError(f"its {name} is not a JSON object")
    return value


def parse_text(data: bytes | str, name: str) -> Any:
    """Return the JSON value in ``data``; raises UnreadableError, with ``name`` for what it was."""
    with contextlib.suppress(msgspec.MsgspecError, RecursionError, UnicodeError):
        return msgspec.json.decode(data)
    # what is wrong, or right in Python's dialect alone (NaN, UTF-16, half of a surrogate pair)
    try:
        return json.loads(data)
    except RecursionError:
        raise UnreadableError(f"its {name} is nested too deeply") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"its {name} is not text") from None
    except ValueError as error:
        raise UnreadableError(f"its {name} is not JSON: {error}") from None
