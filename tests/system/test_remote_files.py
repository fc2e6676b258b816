"""Models at addresses: in memory, on real HTTP servers with and without ranges, and on an S3 server."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import fsspec
import numpy as np
import pytest

from layoutlint.readers import hdf5_shapes
from layoutlint.readers.bounded import BoundedFile
from layoutlint.readers.formats import read_model
from layoutlint.run.check import check
from layoutlint.run.configuration import Configuration
from layoutlint.system import remote_files
from layoutlint.system.regular_files import opened as opened_here
from layoutlint.system.remote_files import RangeFile, listed, opened, read

EXAMPLES = Path(__file__).parents[2] / "examples"
MODELS = sorted(EXAMPLES.glob("*.keras"))
CONTENT = bytes(range(256)) * 1024


def said(path: str) -> tuple[list[str], list[tuple[str, str | None]]]:
    """What is found at a place, without the place; and what became of each input."""
    report = check([path], Configuration(), 1).report
    findings = [f"{finding.location.layer} {finding.rule} {finding.message}" for finding in report.findings]
    return sorted(findings), [(coverage.status, coverage.reason) for coverage in report.inputs]


def reason_of(path: str) -> str:
    ((status, reason),) = said(path)[1]
    assert status == "error"
    assert reason is not None
    assert "\n" not in reason
    return reason


class Server(http.server.BaseHTTPRequestHandler):
    """Serves the files of a folder: how well, its settings say."""

    folder: Path
    with_ranges = True
    with_sizes = True
    failures = 0
    status = 200
    asked: ClassVar[list[str]] = []

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        kind = type(self)
        kind.asked.append(f"{self.command} {self.headers.get('Range', 'all')}")
        if kind.failures > 0:
            kind.failures -= 1
            self.send_error(503)
            return
        file = kind.folder / self.path.lstrip("/").partition("?")[0]
        if kind.status != 200 or not file.is_file():
            self.send_error(kind.status if kind.status != 200 else 404)
            return
        data = file.read_bytes()
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if found and kind.with_ranges:
            part = data[int(found[1]) : int(found[2]) + 1]
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {found[1]}-{found[2]}/{len(data)}")
        else:
            part = data
            self.send_response(200)
        if kind.with_ranges:
            self.send_header("Accept-Ranges", "bytes")
        if kind.with_sizes:
            self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        if send:
            self.wfile.write(part)

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


class ManyAtOnce(http.server.ThreadingHTTPServer):
    """Has a queue as long as those of servers of the web: the usual five are too few for all pieces."""

    request_queue_size = 128


@contextmanager
def serving(
    folder: Path, bases: tuple[type[Server], ...] = (Server,), **settings: object
) -> Iterator[tuple[str, type[Server]]]:
    handler = type("Handler", bases, {"folder": folder, "asked": [], **settings})
    server = ManyAtOnce(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_in_memory(model: Path, memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe_file("/models/model.keras", model.read_bytes())
    assert said("memory://models/model.keras") == said(str(model))


@pytest.mark.parametrize(
    "settings", [{}, {"with_ranges": False}, {"with_sizes": False, "with_ranges": False}]
)
def test_on_a_server(settings: dict[str, bool]) -> None:
    with serving(EXAMPLES, **settings) as (address, _):
        for model in MODELS:
            assert said(f"{address}/{model.name}") == said(str(model))


def test_only_what_is_needed_is_fetched(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "large.h5", "w") as file:
        file.attrs["model_config"] = json.dumps(
            {"class_name": "Sequential", "config": {"name": "large", "layers": []}}
        )
        for number in range(20):
            file.create_dataset(f"model_weights/dense_{number}/dense_{number}/kernel:0", (512, 512))[:] = 1
    size = (tmp_path / "large.h5").stat().st_size
    assert size > 20_000_000
    with serving(tmp_path) as (address, handler):
        said(f"{address}/large.h5")
        ranges = [re.fullmatch(r"GET bytes=(\d+)-(\d+)", asked) for asked in handler.asked]
        fetched = sum(int(found[2]) - int(found[1]) + 1 for found in ranges if found)
        assert all(
            found or asked.startswith("HEAD") for found, asked in zip(ranges, handler.asked, strict=True)
        )
    assert 0 < fetched < size / 100


def test_many_blocks_are_fetched_together(tmp_path: Path) -> None:
    """A server that answers slowly has many questions at once, and what is read is what the file holds."""
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "deep.h5", "w") as file:
        for number in range(60):
            shape = (300 + number, 20)
            file.create_dataset(f"layers/dense_{number}/vars/{number % 3}", shape)[:] = 1
    count = {"now": 0, "most": 0}
    lock = threading.Lock()

    class Slow(Server):
        folder = tmp_path

        def do_GET(self) -> None:
            with lock:
                count["now"] += 1
                count["most"] = max(count.values())
            time.sleep(0.05)
            super().do_GET()
            with lock:
                count["now"] -= 1

    with serving(tmp_path, bases=(Slow,)) as (address, handler), opened(f"{address}/deep.h5") as file:
        found = hdf5_shapes.read(BoundedFile(file))
        asked = len(handler.asked)
    with opened_here(tmp_path / "deep.h5") as file:
        assert found == hdf5_shapes.read(BoundedFile(file))
    assert count["most"] >= 8
    assert asked > 30


def test_a_server_that_never_answers_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_files, "SILENT", 0.1)
    end = threading.Event()

    class Silent(Server):
        def _answer(self, *, send: bool) -> None:
            end.wait(60)

    with serving(tmp_path, bases=(Silent,)) as (address, _):
        assert "cannot be reached" in reason_of(f"{address}/model.keras")
        end.set()


def test_weights_alone_are_read_in_few_rounds(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The headers of weights are asked for together, the names of their layers among them."""
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "deep.weights.h5", "w") as file:
        for number in range(80):
            group = file.create_group(f"layers/dense_{number}/vars")
            group.attrs["name"] = f"head_{number}"
            group["0"], group["1"] = np.ones((300, 20 + number)), np.ones(20 + number)
    rounds: list[int] = []
    parts = RangeFile._parts

    def counted(file: RangeFile, pieces: Sequence[tuple[int, int]]) -> Sequence[bytes]:
        rounds.append(len(pieces))
        return parts(file, pieces)

    monkeypatch.setattr(RangeFile, "_parts", counted)
    memory.pipe_file("/deep.weights.h5", (tmp_path / "deep.weights.h5").read_bytes())
    graph = read_model("memory:///deep.weights.h5")
    assert {layer.name for layer in graph.layers} == {f"head_{number}" for number in range(80)}
    assert len(rounds) < 40
    assert max(rounds) > 40


def test_another_try_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_files, "PAUSE", 0.01)
    (tmp_path / "content").write_bytes(CONTENT)
    with serving(tmp_path) as (address, handler), opened(f"{address}/content") as file:
        handler.failures = 2
        file.seek(len(CONTENT) // 2 + 1)
        assert file.read(4) == bytes([1, 2, 3, 4])
        assert handler.failures == 0


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, "no such file or folder"),
        (403, "cannot be reached: ClientResponseError, status 403"),
        (500, "cannot be reached: ClientResponseError, status 500"),
    ],
)
def test_a_server_that_refuses(monkeypatch: pytest.MonkeyPatch, status: int, expected: str) -> None:
    monkeypatch.setattr(remote_files, "PAUSE", 0.01)
    with serving(EXAMPLES, status=status) as (address, _):
        assert reason_of(f"{address}/{MODELS[0].name}") == expected


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_files, "PAUSE", 0.01)
    with serving(EXAMPLES) as (address, _):
        pass
    assert reason_of(f"{address}/model.keras").startswith("cannot be reached: ")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("nothing://bucket/model.keras", "an address of a kind that fsspec does not know"),
        ("memory://models/nothing.keras", "no such file or folder"),
    ],
)
def test_what_cannot_be_reached(address: str, expected: str) -> None:
    assert reason_of(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://somebody:hunter2@example.org/model.keras",
        "https://example.org/model.keras?X-Amz-Signature=hunter2",
        "https://example.org/model.keras?token=hunter2",
    ],
)
def test_no_secret_is_printed(address: str) -> None:
    report = check([address], Configuration(), 1).report
    (coverage,) = report.inputs
    assert coverage.reason == "an address with credentials in it: leave them to the driver"
    assert "hunter2" not in str(report)


def test_a_folder_and_a_pattern(memory: fsspec.AbstractFileSystem) -> None:
    for name in (
        "a/one.keras",
        "a/b/two.h5",
        "a/readme.md",
        "a/saved/saved_model.pb",
        "a/saved/keras_metadata.pb",
    ):
        memory.pipe_file(f"/{name}", b"x")
    memory.pipe_file("/a/settings.json", b'{"a": 1}')
    found = {coverage.path for coverage in check(["memory://a"], Configuration(), 1).report.inputs}
    assert found == {"memory:///a/one.keras", "memory:///a/b/two.h5", "memory:///a/saved/saved_model.pb"}
    assert listed("memory://a/*.keras") == ["memory:///a/one.keras"]


@pytest.mark.parametrize("size", [len(CONTENT), None])
def test_a_range_file_reads_what_a_file_reads(memory: fsspec.AbstractFileSystem, size: int | None) -> None:
    memory.pipe_file("/content", CONTENT)
    file = RangeFile(memory, "/content", size)
    for start, count in ((0, 10), (70_000, 3000), (len(CONTENT) - 5, 100), (len(CONTENT) + 9, 4), (1023, 2)):
        file.seek(start)
        assert file.read(count) == CONTENT[start : start + count]
    assert read("memory://content", len(CONTENT)) == CONTENT
    with pytest.raises(OSError, match="too large"):
        read("memory://content", len(CONTENT) - 1)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bucket with the examples, on moto's S3 server in a process of its own."""
    pytest.importorskip("moto.server")
    s3fs = pytest.importorskip("s3fs")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            lines = iter(server.stderr.readline, "") if server.stderr is not None else iter(())
            address = next(
                found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+", line))
            )
            with urllib.request.urlopen(f"{address}/moto-api"):
                pass
            os.environ.update(
                AWS_ENDPOINT_URL=address,
                AWS_ACCESS_KEY_ID="testing",
                AWS_SECRET_ACCESS_KEY="testing",
                AWS_DEFAULT_REGION="us-east-1",
            )
            system = s3fs.S3FileSystem()
            system.mkdir("zoo")
            for model in MODELS:
                system.put(str(model), f"zoo/deep/{model.name}")
            threading.Thread(target=shutil.copyfileobj, args=(server.stderr, open(os.devnull, "w"))).start()  # noqa: PTH123, SIM115
            yield "s3://zoo"
        finally:
            for name in (
                "AWS_ENDPOINT_URL",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_DEFAULT_REGION",
            ):
                os.environ.pop(name, None)
            server.terminate()


def test_on_an_object_store(bucket: str) -> None:
    for model in MODELS:
        assert said(f"{bucket}/deep/{model.name}") == said(str(model))
    assert listed(f"{bucket}/deep") == [f"s3://zoo/deep/{model.name}" for model in MODELS]
    assert sorted(said(bucket)[0]) == sorted(finding for model in MODELS for finding in said(str(model))[0])


def test_an_object_that_is_not_there(bucket: str) -> None:
    assert reason_of(f"{bucket}/deep/nothing.keras") == "no such file or folder"
    assert reason_of("s3://no-such-bucket/model.keras") == "cannot be reached: NoSuchBucket"
