"""A process of its own beside each thread of a cluster's worker: it holds a pool of one.

A worker of a cluster has threads, which a fork would break, and must not die of an input: so the pool with
its limits is in a process that a pipe connects to it. The process ends with that pipe.
"""

from __future__ import annotations

import os
import pickle
import subprocess
from typing import Any

from msgspec import Struct

from layoutlint.fleet.listing import Piece
from layoutlint.fleet.result_rows import encoded
from layoutlint.system.forked import Pipes
from layoutlint.system.safe_path import child_command, child_environment


class Order(Struct, frozen=True):
    """A batch of work: the run's configurations as a pickle, and the pieces."""

    projects: bytes
    pieces: tuple[Piece, ...]


class Host:
    """The process, as the worker sees it; ``folder`` is where paths count from."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._child = subprocess.Popen(
            child_command("layoutlint.fleet.cluster_host"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=child_environment(),
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._pipes = Pipes(self._child.stdout.fileno(), self._child.stdin.fileno())

    def lines(self, order: Order) -> list[bytes]:
        """Return the rows of a batch, as lines of JSON. Raises OSError and EOFError if the process has
        ended.
        """
        self._pipes.send(order)
        found: list[bytes] = self._pipes.receive()
        return found

    def close(self) -> None:
        """End the process."""
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout):
            assert stream is not None
            stream.close()
        self._child.wait()


def main() -> None:
    """Work on batches until there are no more."""
    channel = Pipes(os.dup(0), os.dup(1))
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
        for number in (0, 1):
            os.dup2(nothing.fileno(), number)
    from layoutlint.fleet.git_trees import GitTrees
    from layoutlint.fleet.on_pool import PoolEngine
    from layoutlint.fleet.scanner import Scanner

    trees = GitTrees()
    engines: dict[bytes, Any] = {}
    try:
        while True:
            order: Order = channel.receive()
            engine = engines.get(order.projects)
            if engine is None:
                for other in engines.values():
                    other.close()
                engines.clear()
                scanner = Scanner(pickle.loads(order.projects), trees)
                engine = engines[order.projects] = PoolEngine(scanner, jobs=1)
            channel.send([encoded(row) for _, row in engine.rows(enumerate(order.pieces))])
    except (EOFError, OSError):
        pass
    finally:
        for each in engines.values():
            each.close()
        trees.close()
