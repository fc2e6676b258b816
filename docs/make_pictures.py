"""Draws the pictures of the documentation: what layoutlint prints on a terminal, as SVG.

Run it from anywhere: ``python docs/make_pictures.py``. It needs nothing but layoutlint.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COLUMNS = 112

PICTURES = {
    "check.svg": ["check", "examples/signal_wrong.py", "examples/signal_wrong.keras"],
    "show.svg": ["show", "examples/signal_right.py"],
}
"""Each picture with the command that it shows."""


def output(arguments: list[str]) -> str:
    """Return what the command prints, escape sequences for colour included."""
    done = subprocess.run(
        [sys.executable, "-m", "layoutlint", *arguments],
        cwd=ROOT,
        env={**os.environ, "FORCE_COLOR": "1", "NO_COLOR": "", "COLUMNS": str(COLUMNS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def draw(arguments: list[str]) -> str:
    """Return the picture of a terminal in which the command has run."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(f"[bold]$ layoutlint {' '.join(arguments)}[/bold]", highlight=False)
    console.print(Text.from_ansi(output(arguments).rstrip()))
    return console.export_svg(title="layoutlint", unique_id="layoutlint")


if __name__ == "__main__":
    for name, arguments in PICTURES.items():
        (ROOT / "docs" / name).write_text(draw(arguments))
