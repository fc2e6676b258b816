"""Which configuration counts for which file: the nearest above the file, whatever else is checked.

A folder may hold a ``layoutlint.toml`` or a ``pyproject.toml`` with ``[tool.layoutlint]``; of both in one
folder the former counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from layoutlint.run.configuration import FILES, Configuration, load
from layoutlint.run.exclusion import Exclusion


class Projects:
    """The configurations of a run, each read once.

    ``forced`` is the one for all files, where somebody asked for it; ``changes`` overrule every one (the
    options of the command line).
    """

    def __init__(self, forced: Configuration | None = None, changes: Mapping[str, Any] | None = None) -> None:
        self._changes = dict(changes or {})
        self._outside = self._changed(forced or Configuration())
        self._forced = forced is not None
        self._folders: dict[str, Configuration] = {}
        self._exclusions: dict[Path | None, Exclusion] = {}
        self._tops: set[str] = set()

    @property
    def given(self) -> Configuration:
        """What counts for a file that has no configuration of its own."""
        return self._outside

    def of(self, path: str) -> Configuration:
        """Return the configuration for a file; for standard input that of the current folder.

        Raises ConfigurationError.
        """
        if self._forced:
            return self._outside
        # abspath and not resolve: a link belongs to the folder in which it lies
        return self.of_folder(os.getcwd() if path == "-" else os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH109, PTH120

    def of_folder(self, folder: str) -> Configuration:
        """Return the configuration for the files of a folder, an absolute path. Raises ConfigurationError."""
        if self._forced:
            return self._outside
        found = self._folders.get(folder)
        if found is None:
            found = self._folders[folder] = self._nearest(folder)
        return found

    def end_at(self, folder: str) -> None:
        """Look for the configurations of files below a folder, an absolute path, in no folder above it."""
        self._tops.add(folder)

    def of_named(self, paths: Sequence[str]) -> Iterator[Configuration]:
        """Yield the configurations that count for paths as they were named: those of folders are for their
        files.

        Raises ConfigurationError.
        """
        for path in paths:
            yield self.of_folder(os.path.abspath(path)) if os.path.isdir(path) else self.of(path)  # noqa: PTH100, PTH112

    def exclusion(self, folder: str) -> Exclusion:
        """Return what is excluded among the files of a folder, an absolute path. Raises
        ConfigurationError.
        """
        configuration = self.of_folder(folder)
        found = self._exclusions.get(configuration.file)
        if found is None:
            found = self._exclusions[configuration.file] = configuration.exclusion
        return found

    def _nearest(self, folder: str) -> Configuration:
        for name in FILES:
            configuration = load(os.path.join(folder, name))  # noqa: PTH118 (at every folder of a tree)
            if configuration is not None:
                return self._changed(configuration)
        above = os.path.dirname(folder)  # noqa: PTH120
        return self._outside if above == folder or folder in self._tops else self.of_folder(above)

    def _changed(self, configuration: Configuration) -> Configuration:
        return replace(configuration, **self._changes) if self._changes else configuration
