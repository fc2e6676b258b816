"""Where the built-in rules are; whoever needs only that does not load what reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def builtin_folder() -> Path:
    """Return the folder of the built-in rules: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent / "rules"):
        if folder.is_dir() and any(folder.glob("*.md")):
            return folder
    raise FileNotFoundError(f"no built-in rules in {package / 'rules'} or {package.parent / 'rules'}")
