"""JSON out of a model file."""

from __future__ import annotations

import json
from typing import Any

from layoutlint.model.unreadable import UnreadableError


def parse(data: bytes | str, name: str) -> dict[str, Any]:
    """Return the JSON object in ``data``; raises UnreadableError, with ``name`` for what it was."""
    value = parse_text(data, name)
    if not isinstance(value, dict):
        raise UnreadableError(f"its {name} is not a JSON object")
    return value


def parse_text(data: bytes | str, name: str) -> Any:
    """Return the JSON value in ``data``; raises UnreadableError, with ``name`` for what it was."""
    try:
        return json.loads(data)
    except RecursionError:
        raise UnreadableError(f"its {name} is nested too deeply") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"its {name} is not text") from None
    except ValueError as error:
        raise UnreadableError(f"its {name} is not JSON: {error}") from None
