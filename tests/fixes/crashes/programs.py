"""The programs, and running them in real Keras."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

FOLDER = Path(__file__).parent
FOLDERS = ("first", "second")


def programs(folder: str) -> list[Path]:
    """The programs of a folder, by name."""
    return sorted((FOLDER / folder).glob("*.py"))


def run(text: str) -> Exception | None:
    """What stops a program; None if it runs to its end."""
    from tests.oracle.session import begin

    begin()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "program.py", "exec"), {"__name__": "program"})
    except Exception as error:
        return error
    return None
