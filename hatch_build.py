"""Give the package the addresses that ``layoutlint/model/project.py`` names."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Addresses(MetadataHookInterface):
    """Read the project URLs where the code has them."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the project URLs."""
        project = runpy.run_path(str(Path(self.root) / "layoutlint" / "model" / "project.py"))
        metadata["urls"] = project["urls"]()
