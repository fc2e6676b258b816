"""Workers: whatever the work does, it ends, and everything else goes on."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from layoutlint.system import forked, hard_limits, spawned
from layoutlint.system.deep_stack import deeply
from layoutlint.system.hard_limits import TOO_MUCH_MEMORY, HardLimits
from layoutlint.system.pool import Pool
from layoutlint.system.worker import Ended

SHORT = HardLimits(0.5)
WAYS = [forked, spawned]


def work(piece: Any) -> Any:
    """What a test asks for, by name."""
    name, *arguments = piece if isinstance(piece, tuple) else (piece,)
    return WORK[name](*arguments)


def doubled(length: int) -> int:
    found = [0]
    while len(found) < length:
        found += found
    return len(found)


def crash() -> None:
    faulthandler.disable()  # pytest would tell about it
    signal.raise_signal(signal.SIGSEGV)


def odd() -> None:
    raise OddError("this", "that")


def refuse(words: str) -> None:
    raise ValueError(words)


WORK: dict[str, Any] = {
    "double": lambda number: 2 * number,
    "sum": lambda: sum(range(10**12)),
    "power": lambda: (10 ** (10**8)) % 7,
    "text": lambda: "a" * 10**10,
    "zeros": lambda: [0] * 10**10,
    "bytes": lambda: bytes(10**12),
    "doubled": doubled,
    "sleep": lambda: time.sleep(100),
    "die": lambda: os._exit(7),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crash": crash,
    "raise": refuse,
    "odd": odd,
    "lambda": lambda: lambda: 1,
    "pid": os.getpid,
    "large": lambda: b"x" * 20_000_000,
}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second of work may take a minute on a busy machine, a second start of Python included."""
    monkeypatch.setattr(hard_limits, "PATIENCE", 120)


@pytest.fixture(params=WAYS, ids=["forked", "spawned"])
def way(request: pytest.FixtureRequest) -> Any:
    return request.param


def outcomes(way: Any, pieces: list[Any], jobs: int = 1, limits: HardLimits = SHORT) -> list[Any]:
    with Pool(work, limits, way) as pool:
        return list(pool.many(pieces, [[place] for place in range(len(pieces))], jobs))


def test_results_come_in_order(way):
    pieces = [("double", number) for number in range(40)]
    with Pool(work, SHORT, way) as pool:
        shares = [[*range(20, 40)], [*range(20)]]
        assert list(pool.many(pieces, shares, 2)) == [2 * number for number in range(40)]


def test_who_watches_is_told_of_results_before_their_turn():
    told: list[int] = []
    with Pool(work, HardLimits(60)) as pool:
        pieces = [("double", number) for number in range(3)]
        assert list(pool.many(pieces, [[2], [1], [0]], 1, told.append)) == [0, 2, 4]
    assert told[-1] == 3
    assert told == sorted(told)
    assert told[0] < 3


ENDLESS = [
    ("sum", "was cut short: it takes more than 0.5 s of processor time"),
    ("power", "was cut short: it takes more than 0.5 s of processor time"),
    ("text", TOO_MUCH_MEMORY),
    ("zeros", TOO_MUCH_MEMORY),
    ("bytes", TOO_MUCH_MEMORY),
    (("doubled", 10**10), TOO_MUCH_MEMORY),
    ("die", "was cut short: the process that worked on it ended (without a word)"),
    ("kill", "was cut short: the process that worked on it ended (SIGKILL)"),
    ("crash", "was cut short: the process that worked on it ended (SIGSEGV)"),
]


@pytest.mark.parametrize(("piece", "reason"), ENDLESS, ids=[str(piece) for piece, _ in ENDLESS])
def test_one_ends_and_the_others_go_on(way, piece, reason):
    # A slow machine needs more than half a second to fill the memory that a worker may have.
    limits = HardLimits(60) if reason == TOO_MUCH_MEMORY else SHORT
    found = outcomes(way, [("double", 1), piece, ("double", 2)], limits=limits)
    assert found == [2, Ended(reason), 4]


def test_what_never_comes_back_without_computing_anything(way, monkeypatch):
    monkeypatch.setattr(hard_limits, "PATIENCE", 20)
    found = outcomes(way, [("double", 1), "sleep", ("double", 2)])
    assert found == [2, Ended("was cut short: it takes more than 10 s"), 4]


def test_the_rest_of_a_share_is_taken_by_another_worker(way):
    pieces = ["pid", "pid", "die", "pid", "sum", "pid"]
    with Pool(work, SHORT, way) as pool:
        first, second, died, third, ended, last = pool.many(pieces, [range(6)], 1)
    assert first == second
    assert len({first, third, last}) == 3
    assert isinstance(died, Ended)
    assert isinstance(ended, Ended)


def test_what_the_work_raises_is_raised(way):
    with Pool(work, SHORT, way) as pool:
        assert pool.one(("double", 1)) == 2
        with pytest.raises(ValueError, match="no such thing"):
            pool.one(("raise", "no such thing"))


def not_to_be_read() -> None:
    raise TypeError("not to be read")


class Unreadable:
    """What pickle writes but cannot read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return not_to_be_read, ()


class OddError(Exception):
    """One that pickle writes but cannot read, whatever other packages have taught it of exceptions."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one, other, Unreadable())

    def __str__(self) -> str:
        return "{} and {}".format(*self.args)


def test_an_error_that_does_not_survive_the_way(way):
    with Pool(work, SHORT, way) as pool, pytest.raises(RuntimeError, match="OddError: this and that"):
        pool.one("odd")


def test_a_result_that_cannot_be_sent(way):
    with Pool(work, SHORT, way) as pool, pytest.raises(RuntimeError):
        pool.one("lambda")


def test_a_large_result(way):
    assert outcomes(way, ["large", "large"]) == [b"x" * 20_000_000] * 2


def test_a_worker_that_somebody_ends_while_it_waits(way):
    with Pool(work, SHORT, way) as pool:
        os.kill(pool.one("pid"), signal.SIGKILL)
        time.sleep(0.1)
        second = pool.one(("double", 3))
        assert second == 6 or isinstance(second, Ended)
        assert pool.one(("double", 3)) == 6


def test_no_worker_outlives_its_pool(way):
    with Pool(work, SHORT, way) as pool:
        numbers = {pool.one("pid")}
        numbers.update(pool.many(["pid"] * 4, [[0], [1], [2], [3]], 2))
    assert not any(is_running(number) for number in numbers)


def test_memory_that_stays_in_use_ends_a_worker():
    kept: list[Any] = []

    def keep(count: int) -> int:
        kept.append(bytearray(b"x") * count)
        return os.getpid()

    with Pool(keep, SHORT) as pool:
        numbers = [pool.one(100 * 2**20) for _ in range(6)]
    assert not any(isinstance(number, Ended) for number in numbers)
    assert len(set(numbers)) == 3


def test_the_stack_is_not_counted_as_memory():
    deeply(lambda: None)  # the C library keeps the stack of the parent's thread for the workers
    found: list[int] = []

    def much(length: int) -> int:
        deeply(lambda: found.append(len([0] * length)))
        return found.pop()

    with Pool(much, HardLimits(5.0)) as pool:
        assert [pool.one(10**7) for _ in range(20)] == [10**7] * 20
        assert pool.one(10**8) == Ended(TOO_MUCH_MEMORY)


PARENT = """
import os, sys, threading, time
from layoutlint.system import {way}
from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.pool import Pool
from tests.system.test_pool import work

if __name__ == "__main__":
    pool = Pool(work, HardLimits(60.0), {way})
    print(pool.one("pid"), flush=True)
    print(next(pool.many(["pid", {busy!r}], [[0], [1]], 2)), flush=True)
    time.sleep(60)
"""


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("busy", ["sleep", "sum"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(tmp_path, way, busy, number):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(way=way.__name__.rpartition(".")[2], busy=busy))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as parent:
        assert parent.stdout is not None
        workers = {int(parent.stdout.readline()) for _ in range(2)}
        workers |= children(parent.pid)
        parent.send_signal(number)
        parent.wait(10)
        deadline = time.monotonic() + 10
        while any(map(is_running, workers)) and time.monotonic() < deadline:
            time.sleep(0.02)
    assert not [worker for worker in workers if is_running(worker)]


def children(parent: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text().partition(" ")
        except OSError:
            continue
        if int(rest.rpartition(")")[2].split()[1]) == parent:
            found.add(int(number))
    return found


def test_a_watcher_where_there_is_no_signal_of_the_parents_death(tmp_path, monkeypatch):
    # what other systems than Linux do
    script = tmp_path / "parent.py"
    text = PARENT.format(way="forked", busy="sleep")
    patch = (
        "    from layoutlint.system import hard_limits\n    hard_limits._signal_of_death = lambda: False\n"
    )
    script.write_text(text.replace("    pool = Pool", patch + "    pool = Pool"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as parent:
        assert parent.stdout is not None
        workers = {int(parent.stdout.readline()) for _ in range(2)} | children(parent.pid)
        parent.kill()
        deadline = time.monotonic() + 10
        while any(map(is_running, workers)) and time.monotonic() < deadline:
            time.sleep(0.02)
    assert not [worker for worker in workers if is_running(worker)]
