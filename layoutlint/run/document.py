"""What people and editors read about the configuration, made from the table of its keys."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from layoutlint.run.configuration import KEYS

START: Final = "<!-- Made by `python -m layoutlint.run`; do not edit. -->\n"
END: Final = "<!-- End of what is made. -->\n"


def table() -> str:
    """Return the table of the keys for ``docs/configuration.md``."""
    lines = ["| key | type | what it does | option |", "|---|---|---|---|"]
    for name, key in KEYS.items():
        option = f"`{key.command}`" if key.command else ""
        lines.append(f"| `{name}` | {key.type} | {key.meaning} | {option} |")
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    """Return the page with the table in its place."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    return f"{before}{start}\n{table()}\n{end}{after}"


def schema() -> str:
    """Return the JSON schema of a configuration, for editors (``layoutlint/configuration.schema.json``)."""
    document: dict[str, Any] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "layoutlint",
        "description": "The table [tool.layoutlint] of a pyproject.toml, or a layoutlint.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": _plain(key.meaning), **key.schema} for name, key in KEYS.items()
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _plain(markdown: str) -> str:
    """Return a text without its links and code marks."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown).replace("`", "")
