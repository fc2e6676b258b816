"""Clusters of dask.distributed: real schedulers and workers in processes of their own, which die."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")

from layoutlint.fleet import on_cluster  # noqa: E402
from layoutlint.fleet.cluster_host import Order  # noqa: E402
from layoutlint.fleet.cluster_task import Batch, UnfitWorkerError, lines_of  # noqa: E402
from layoutlint.fleet.listing import Piece  # noqa: E402
from layoutlint.run.projects import Projects  # noqa: E402
from tests.cli.helpers import WRONG  # noqa: E402
from tests.fleet.fleets import models, repository  # noqa: E402
from tests.fleet.scans import known_from_earlier, rows, timeless  # noqa: E402

SCHEDULER = [sys.executable, "-P", "-m", "distributed.cli.dask_scheduler"]
WORKER = [sys.executable, "-P", "-m", "distributed.cli.dask_worker"]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def timeless_rows(file: Path) -> list[dict[str, Any]]:
    return timeless(rows(file))


class Fleet:
    """A scheduler and workers that command lines start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "scheduler.json"
        self.scheduler = subprocess.Popen(
            [
                *SCHEDULER,
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                self._file,
            ],
            **QUIET,
        )
        deadline = time.monotonic() + 60
        while not self._file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.address = json.loads(self._file.read_text())["address"]
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start a worker without a nanny: nobody starts it again."""
        place = self.folder / f"worker-{len(self.workers)}"
        settings = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", place]
        self.workers.append(subprocess.Popen([*WORKER, self.address, *settings], **QUIET))

    def kill_one(self) -> None:
        """Kill the oldest worker that is alive, and start another."""
        alive = [worker for worker in self.workers if worker.poll() is None]
        alive[0].kill()
        alive[0].wait()
        self.start()

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def fleet(tmp_path_factory) -> Iterator[Fleet]:
    made = Fleet(tmp_path_factory.mktemp("cluster"))
    try:
        made.start()
        made.start()
        yield made
    finally:
        made.end()


@contextmanager
def scanning(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "layoutlint", "scan", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        yield child


def has_rows(file: Path, count: int, seconds: float = 120) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if file.exists() and file.read_bytes().count(b"\n") >= count:
            return True
        time.sleep(0.02)
    return False


def kill_a_local_worker() -> None:
    """Kill a worker of the clusters that runs of this process have started; its nanny starts another."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            # what a nanny starts is below a process that was spawned itself
            if "spawn_main" in " ".join(process.cmdline()):
                process.kill()
                return


def test_a_local_cluster_says_what_the_pool_says(run):
    models(run.folder / "zoo", 60)
    run.write("zoo/net.py", WRONG)
    repository(run.folder / "work", {"train.py": "from net import model\n", "net.py": WRONG})
    names = ["zoo", "git:work@main", "gone.keras"]
    by_pool = run("scan", *names, "--results", "pool.jsonl")
    by_cluster = run("scan", *names, "--results", "cluster.jsonl", "--cluster", "local", "-j", "2")
    assert timeless_rows(run.folder / "cluster.jsonl") == timeless_rows(run.folder / "pool.jsonl")
    assert by_cluster.code == by_pool.code
    assert by_cluster.err == ""
    again = run("scan", *names, "--results", "cluster.jsonl", "--cluster", "local", "-j", "1")
    assert known_from_earlier(again.out) == (60 - 5) + 3


def test_workers_that_die_lose_nothing(run, fleet):
    models(run.folder / "zoo", 96)
    run("scan", "zoo", "--results", "pool.jsonl")
    with scanning(run.folder, "zoo", "--results", "c.jsonl", "--cluster", fleet.address) as child:
        for count in (1, 40):
            assert has_rows(run.folder / "c.jsonl.part", count)
            fleet.kill_one()
        out, err = child.communicate(timeout=240)
    assert err == b""
    assert timeless_rows(run.folder / "c.jsonl") == timeless_rows(run.folder / "pool.jsonl"), out


def test_a_scheduler_that_dies_is_one_line(run, fleet):
    models(run.folder / "zoo", 96)
    with scanning(run.folder, "zoo", "--results", "c.jsonl", "--cluster", fleet.address) as child:
        assert has_rows(run.folder / "c.jsonl.part", 16)
        fleet.scheduler.kill()
        _, err = child.communicate(timeout=240)
    assert child.returncode == 2
    (line,) = err.decode().splitlines()
    assert f"the cluster at {fleet.address} has gone" in line
    assert "--resume goes on" in line
    result = run("scan", "zoo", "--results", "c.jsonl", "--resume")
    assert known_from_earlier(result.out) >= 14
    run("scan", "zoo", "--results", "pool.jsonl")
    assert timeless_rows(run.folder / "c.jsonl") == timeless_rows(run.folder / "pool.jsonl")


def test_a_cluster_that_is_not_there_is_one_line(run, monkeypatch):
    monkeypatch.setattr(on_cluster, "PATIENCE", 1)
    for address in ("tcp://127.0.0.1:1", "nonsense://x", "127.0.0.1"):
        result = run("scan", ".", "--cluster", address)
        assert result.code == 2
        assert result.err.splitlines()[-1].startswith(f"Error: the cluster at {address} cannot be reached")
        assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("batch", "said"),
    [
        (Batch("0.0.0", "/", Order(b"", ())), "a worker has layoutlint"),
        (Batch("", "/no/such/folder", Order(b"", ())), "does not have the folder /no/such/folder"),
    ],
)
def test_a_worker_that_cannot_do_the_work(batch, said):
    import layoutlint

    batch = Batch(batch.version or layoutlint.__version__, batch.folder, batch.order)
    with pytest.raises(UnfitWorkerError, match=said):
        lines_of(batch)


def test_without_dask_the_extra_is_named(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("scan", ".", "--cluster", "local")
    assert (result.code, "pip install layoutlint[cluster]" in result.err) == (2, True)


@pytest.fixture(scope="module")
def ten_thousand(tmp_path_factory) -> Path:
    """A folder with 10,000 models, and the rows of the pool."""
    folder = tmp_path_factory.mktemp("fleet")
    models(folder / "zoo", 10_000)
    with scanning(folder, "zoo", "--results", "pool.jsonl") as child:
        child.communicate(timeout=1800)
    assert len(timeless_rows(folder / "pool.jsonl")) == 10_000
    return folder


class Killer(threading.Thread):
    """Kills something after every 1,500 rows."""

    def __init__(self, part: Path, kill: Any) -> None:
        super().__init__(daemon=True)
        self._part, self._kill = part, kill
        self.killed = 0

    def run(self) -> None:
        for count in range(100, 10_000, 1500):
            if not has_rows(self._part, count, 600):
                return
            self._kill()
            self.killed += 1


def scanned(folder: Path, name: str, cluster: str, kill: Any) -> list[dict[str, Any]]:
    """Return the rows of a scan, while workers are killed."""
    killer = Killer(folder / f"{name}.part", kill)
    killer.start()
    with scanning(folder, "zoo", "--results", name, "--cluster", cluster) as child:
        _, err = child.communicate(timeout=1800)
    assert err == b""
    assert killer.killed > 3
    return timeless_rows(folder / name)


@pytest.mark.slow
def test_ten_thousand_models_on_a_cluster_of_command_lines(ten_thousand, fleet):
    found = scanned(ten_thousand, "far.jsonl", fleet.address, fleet.kill_one)
    assert found == timeless_rows(ten_thousand / "pool.jsonl")


@pytest.mark.slow
def test_ten_thousand_models_on_a_local_cluster(ten_thousand):
    found = scanned(ten_thousand, "local.jsonl", "local", kill_a_local_worker)
    assert found == timeless_rows(ten_thousand / "pool.jsonl")


def test_no_more_goes_out_than_the_cluster_has_room_for(run, fleet):
    """However many inputs there are: so many batches for each thread, and what is worked on."""
    names = [str(path) for path in sorted(models(run.folder / "zoo", 400).rglob("*.keras"))]
    taken = 0

    def pieces() -> Iterator[tuple[int, Piece]]:
        nonlocal taken
        for number, name in enumerate(names):
            taken += 1
            yield number, Piece(name, name)

    engine = on_cluster.ClusterEngine(fleet.address, Projects())
    try:
        room = on_cluster.AHEAD * 2 * on_cluster.BATCH
        ahead = [taken - done for done, _ in enumerate(engine.rows(pieces()), start=1)]
    finally:
        engine.close()
    assert len(ahead) == 400
    assert max(ahead) <= room + on_cluster.BATCH
