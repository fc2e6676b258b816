"""Places as people see them: a file that an import has led to is called in the manner of the file that was
named.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from layoutlint.model.findings import Finding
from layoutlint.model.origins import Location


def below(path: str, folder: str = os.curdir) -> str | None:
    """Return a path as it is called from a folder above it; None for one elsewhere, as on another drive."""
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:
        return None
    return None if relative.split(os.sep, 1)[0] == os.pardir else relative


def shown(location: Location, named: str) -> Location:
    """Return the location, its path relative to the current folder if ``named`` is relative and it lies
    below.
    """
    path = location.path
    if path == named or not Path(path).is_absolute() or Path(named).is_absolute():
        return location
    relative = below(path)
    return location if relative is None else replace(location, path=relative)


def shown_finding(finding: Finding, named: str) -> Finding:
    """Return the finding with all its places as people see them."""
    evidence = tuple(
        replace(witness, location=shown(witness.location, named)) for witness in finding.evidence
    )
    focus = tuple(shown(place, named) for place in finding.focus)
    return replace(finding, location=shown(finding.location, named), evidence=evidence, focus=focus)


def identity(location: Location) -> Location:
    """Return the place with the real path of its file: one and the same, however the path is written."""
    return replace(location, path=os.path.realpath(location.path))
