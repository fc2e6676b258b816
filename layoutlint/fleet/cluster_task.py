"""What a worker of a cluster runs: a batch of pieces, as plain data, to its rows."""

from __future__ import annotations

import os
import threading

from msgspec import Struct

from layoutlint import __version__
from layoutlint.fleet.cluster_host import Host, Order


class UnfitWorkerError(Exception):
    """A worker cannot do the work of this run; ``str(error)`` says why, in one line."""


class HostEndedError(Exception):
    """The process beside a worker has ended within a batch."""


class Batch(Struct, frozen=True):
    """A batch, and what a worker must have for it: the version, and the folder from which paths count."""

    version: str
    folder: str
    order: Order


class _Own(threading.local):
    host: Host | None = None


_own = _Own()


def lines_of(batch: Batch) -> list[bytes]:
    """Return the rows of a batch, as lines of JSON. Raises UnfitWorkerError and HostEndedError."""
    if batch.version != __version__:
        raise UnfitWorkerError(f"a worker has layoutlint {__version__}, and this is {batch.version}")
    if not os.path.isdir(batch.folder):  # noqa: PTH112
        raise UnfitWorkerError(f"a worker does not have the folder {batch.folder}")
    host = _own.host
    if host is None or host.folder != batch.folder:
        if host is not None:
            host.close()
        host = _own.host = Host(batch.folder)
    try:
        return host.lines(batch.order)
    except (OSError, EOFError):
        host.close()
        _own.host = None
        raise HostEndedError("the process that worked on it ended") from None
