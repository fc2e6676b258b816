"""What a configuration excludes: ``exclude``, ``extend-exclude`` and ``force-exclude``.

Patterns are those of ``.gitignore`` (https://git-scm.com/docs/gitignore), relative to the configuration's
folder.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from layoutlint.run import gitignore
from layoutlint.run.gitignore import Pattern

VENDORED = frozenset(["node_modules", "__pycache__", "__pypackages__", "venv", "site-packages"])
"""Names of folders whose content belongs to somebody else."""

DEFAULT = (".*", *sorted(VENDORED))
"""What is excluded where a configuration does not say otherwise: hidden files and folders, and vendored ones.
Held against the name alone, and written here as the patterns that say the same.
"""


class Exclusion:
    """The patterns of one configuration; ``root`` is its folder, ``force`` holds for named files too.

    An ``exclude`` of None stands for :data:`DEFAULT`.
    """

    def __init__(
        self,
        root: str = "",
        exclude: Sequence[str] | None = None,
        extend: Sequence[str] = (),
        force: bool = False,
    ) -> None:
        self.force = force
        self._root = root.rstrip(os.sep)
        self._by_name = exclude is None
        self._patterns = compiled((*(exclude or ()), *extend))

    def leaves_out(self, path: str, name: str, *, is_folder: bool = False) -> bool:
        """Tell whether a file or folder is excluded that a walk meets; ``path`` is absolute.

        The folders above it are not: else the walk would not have come here.
        """
        if self._by_name and is_default(name):
            return True
        return bool(self._patterns) and self._matches(path, is_folder)

    def covers(self, path: str, *, is_folder: bool = False) -> bool:
        """Tell whether a named path is excluded: itself, or a folder on the way from the
        configuration to it.
        """
        if self._by_name and any(map(is_default, Path(self._relative(path)).parts)):
            return True
        return self.has_pattern_for(path, is_folder=is_folder)

    def has_pattern_for(self, path: str, *, is_folder: bool = False) -> bool:
        """Tell whether a pattern that somebody wrote excludes a path or a folder above it."""
        if not self._patterns:
            return False
        names = gitignore.names(self._relative(path).replace(os.sep, "/"))
        above = (names[:count] for count in range(1, len(names)))
        return any(gitignore.verdict(self._patterns, folder, True) for folder in above) or bool(
            gitignore.verdict(self._patterns, names, is_folder)
        )

    def _matches(self, path: str, is_folder: bool) -> bool:
        names = gitignore.names(self._relative(path).replace(os.sep, "/"))
        return bool(gitignore.verdict(self._patterns, names, is_folder))

    def _relative(self, path: str) -> str:
        if self._root and path.startswith(self._root + os.sep):
            return path[len(self._root) + 1 :]
        # of a path elsewhere only the name says something
        return os.path.basename(path)  # noqa: PTH119


def is_default(name: str) -> bool:
    """Tell whether :data:`DEFAULT` excludes what has this name."""
    return name in VENDORED or (name.startswith(".") and name not in (".", ".."))


def compiled(patterns: Sequence[str]) -> tuple[Pattern, ...]:
    """Return the patterns, the last first. Raises ValueError for one that matches nothing,
    whatever there is.
    """
    for pattern in patterns:
        if not gitignore.read(os.fsencode(pattern)) and not pattern.startswith("#"):
            raise ValueError("matches nothing")
    return gitignore.read(os.fsencode("\n".join(patterns)))
