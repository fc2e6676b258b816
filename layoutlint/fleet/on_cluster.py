"""A cluster of dask.distributed as an engine (extra ``cluster``): batches go out while there are workers for
them, rows come back in any order.

A batch whose worker dies goes to another one. One that takes several workers down is cut into its pieces, and
a piece that goes on doing so is a row that says it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from layoutlint import __version__
from layoutlint.fleet.cluster_host import Order
from layoutlint.fleet.cluster_task import Batch, HostEndedError, UnfitWorkerError, lines_of
from layoutlint.fleet.listing import Piece
from layoutlint.fleet.result_rows import ResultRow, decoded, refused
from layoutlint.fleet.scanning import ClusterError
from layoutlint.run.projects import Projects

LOCAL: Final = "local"
"""In place of an address: a cluster on this machine, that lives as long as the run."""

BATCH: Final = 16
AHEAD: Final = 2
"""Batches that are given out for each thread of the cluster: one is worked on, one waits there."""
RETRIES: Final = 2
TRIES: Final = 3
"""How often a piece alone may take workers down."""
PATIENCE = 20
"""Seconds to wait for the scheduler, and for a first worker."""


class _Share(Struct, frozen=True):
    """Pieces with their numbers, and how often they have taken workers down."""

    pieces: tuple[tuple[int, Piece], ...]
    tried: int = 0


class ClusterEngine:
    """Works on pieces on a cluster. Raises ClusterError."""

    def __init__(self, address: str, projects: Projects, jobs: int | None = None) -> None:
        # before they know of any folder: they go with every batch
        self._projects = pickle.dumps(projects)
        self._folder = os.getcwd()  # noqa: PTH109
        self._address = address
        try:
            import distributed
        except ImportError:
            raise ClusterError("--cluster needs dask.distributed: pip install layoutlint[cluster]") from None
        self._distributed: Any = distributed
        self._cluster: Any = None
        self._client: Any = None
        # what happens to workers is said in rows, or in one line
        logging.disable(logging.CRITICAL)
        try:
            self._connect(jobs)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise ClusterError(f"the cluster at {address} cannot be reached: {_brief(error)}") from None
        except BaseException:
            self.close()
            raise

    @property
    def dashboard(self) -> str | None:
        """The address of the page on which the cluster shows what it does, where it can."""
        return self._client.dashboard_link if find_spec("bokeh") is not None else None

    def _connect(self, jobs: int | None) -> None:
        if self._address == LOCAL:
            self._cluster = self._distributed.LocalCluster(
                n_workers=jobs or os.cpu_count() or 1,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL + 1,
            )
        self._client = self._distributed.Client(self._cluster or self._address, timeout=PATIENCE)
        self._client.wait_for_workers(1, timeout=PATIENCE)

    def rows(self, pieces: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, ResultRow]]:
        """Yield a row for each piece, with the piece's number."""
        waiting = iter(pieces)
        again: deque[_Share] = deque()
        out: dict[Any, _Share] = {}
        done = self._distributed.as_completed(loop=self._client.loop, raise_errors=False)

        def give() -> None:
            while len(out) < AHEAD * max(sum(self._client.nthreads().values()), 1):
                share = again.popleft() if again else _Share(tuple(islice(waiting, BATCH)))
                if not share.pieces:
                    return
                future = self._submit(share)
                out[future] = share
                done.add(future)

        self._asked(give)
        while out:
            future = self._asked(lambda: next(done))
            share = out.pop(future)
            yield from self._taken(future, share, again)
            self._asked(give)

    def _submit(self, share: _Share) -> Any:
        order = Order(self._projects, tuple(piece for _, piece in share.pieces))
        batch = Batch(__version__, self._folder, order)
        return self._client.submit(lines_of, batch, pure=False, retries=RETRIES)

    def _taken(self, future: Any, share: _Share, again: deque[_Share]) -> Iterator[tuple[int, ResultRow]]:
        """Yield the rows of a batch, or put its pieces back."""
        try:
            lines = self._asked(future.result)
        except _WorkersDiedError as died:
            if share.tried + 1 >= TRIES:
                for number, piece in share.pieces:
                    yield number, refused(piece.path, "unknown", "error", f"was cut short: {died}")
            else:
                tried = share.tried + (len(share.pieces) == 1)
                again.extend(_Share((each,), tried) for each in share.pieces)
            return
        finally:
            future.release()
        for (number, _), line in zip(share.pieces, lines, strict=True):
            yield number, decoded(line)

    def _asked(self, action: Any) -> Any:
        """Return what the cluster answers; what is wrong with it in words of ours."""
        from concurrent.futures import CancelledError

        try:
            return action()
        except self._distributed.KilledWorker:
            raise _WorkersDiedError("the workers that worked on it ended") from None
        except HostEndedError as error:
            raise _WorkersDiedError(str(error)) from None
        except UnfitWorkerError as error:
            raise ClusterError(str(error)) from None
        except (ImportError, AttributeError) as error:
            raise ClusterError(f"a worker cannot import layoutlint: {_brief(error)}") from None
        except (CancelledError, OSError, TimeoutError) as error:
            raise ClusterError(f"the cluster at {self._address} has gone: {_brief(error)}") from None

    def close(self) -> None:
        """Leave the cluster; one of this run ends."""
        for each in (self._client, self._cluster):
            if each is not None:
                with contextlib.suppress(Exception):  # it may have gone already
                    each.close(timeout=PATIENCE)
        logging.disable(logging.NOTSET)


class _WorkersDiedError(Exception):
    """Workers have ended within a batch."""


def _brief(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
