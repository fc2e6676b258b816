"""Files of our own that several processes may write at once: each is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, and give it its own when it is complete. Raises OSError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        # on a full disk, each run would leave a part of a file
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
