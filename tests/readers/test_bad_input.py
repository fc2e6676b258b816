"""Damaged, hostile and mistaken files: one clear line each, in bounded time and memory; nothing is run."""

from __future__ import annotations

import base64
import json
import marshal
import pickle
import random
import resource
import struct
import zipfile
from pathlib import Path

import h5py
import numpy as np
import pytest

from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import keras_archive
from layoutlint.readers.formats import read_model
from tests.readers.limits import within_limits

SEQUENTIAL = {
    "class_name": "Sequential",
    "config": {
        "name": "m",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_shape": [None, 10, 3], "name": "in"}},
            {
                "class_name": "Conv1D",
                "config": {"name": "c", "trainable": True, "filters": 4, "kernel_size": [3]},
            },
        ],
    },
}


def archive(path: Path, config: str | bytes, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("metadata.json", '{"keras_version": "3.15.1"}')
        file.writestr("config.json", config)
        for name, data in members.items():
            file.writestr(name.replace("_", "."), data)
    return path


def hdf5(path: Path, config: str | bytes) -> Path:
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = config
        file.attrs["keras_version"] = b"2.21.0"
    return path


def nested(levels: int) -> str:
    return '{"class_name": "Sequential", "config": ' * levels + "[]" + "}" * levels


def models_in_models(levels: int) -> str:
    config = SEQUENTIAL
    for level in range(levels):
        config = {"class_name": "Sequential", "config": {"name": f"m{level}", "layers": [config]}}
    return json.dumps(config)


def outcome(path: Path) -> str | None:
    """The one line that a file is refused with; None if it is read."""
    try:
        read_model(path)
    except (UnreadableError, NothingToReadError) as error:
        message = str(error)
    else:
        return None
    assert message
    assert "\n" not in message
    assert len(message) < 400
    assert str(path) not in message
    return message


def refused(path: Path) -> str:
    message = outcome(path)
    assert message is not None
    return message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "damaged zip"),
        (b"PK\x03\x04" + bytes(100), "damaged zip"),
        (b"\x89HDF\r\n\x1a\n", "damaged HDF5"),
        (b"\x89HDF\r\n\x1a\n" + b"\xff" * 4000, "damaged HDF5"),
        (bytes(range(256)) * 20, "neither UTF-8 text nor a known format"),
        (b"import keras\n", "text"),
        (b'{"cells": [], "nbformat": 4}', "notebook"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n", "Git LFS pointer"),
        (pickle.dumps({"a": 1}), "pickle"),
    ],
)
@pytest.mark.parametrize("extension", [".keras", ".h5", ""])
def test_no_model(tmp_path, content, expected, extension):
    path = tmp_path / f"model{extension}"
    path.write_bytes(content)
    assert expected in refused(path)


def test_not_there(tmp_path):
    assert "cannot be opened" in refused(tmp_path / "nowhere.keras")
    assert "without saved_model.pb" in refused(tmp_path)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (b"\xff\xfeabc", "not"),
        (b"\x80abc", "not text"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        (nested(400), "no architecture"),
        (models_in_models(200), "nested too deeply"),
        ("{}", "subclassed"),
        ('{"class_name": "Sequential", "config": {"layers": [1, 2]}}', "not a list of objects"),
        ('{"class_name": "Functional", "config": {"layers": [{"inbound_nodes": 3}]}}', ""),
        (
            '{"class_name": "Functional", "config": {"output_layers": 1, "layers": [{"inbound_nodes": 3}]}}',
            "not a list",
        ),
        ('{"class_name": 3, "config": 4}', "subclassed"),
    ],
)
def test_configurations_that_make_no_sense(tmp_path, config, expected):
    for path in (archive(tmp_path / "a.keras", config), hdf5(tmp_path / "a.h5", config)):
        message = outcome(path)
        assert expected in (message or "")
        assert (message is None) == (expected == "")


def test_a_zip_without_config(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.keras", "w") as file:
        file.writestr("weights.bin", b"1")
    assert "without a Keras config.json" in refused(tmp_path / "a.keras")


def test_a_truncated_archive(tmp_path):
    whole = archive(tmp_path / "a.keras", json.dumps(SEQUENTIAL)).read_bytes()
    for length in range(1, len(whole), 7):
        path = tmp_path / "cut.keras"
        path.write_bytes(whole[:length])
        assert "damaged zip" in refused(path) or length < 4


def test_a_zip_bomb(tmp_path):
    """A config.json of 200 MiB in 200 kB, with an honest header and with one that lies."""
    path = archive(tmp_path / "a.keras", b" " * (200 * 2**20))
    assert path.stat().st_size < 2**20
    assert "damaged or malicious" in refused(path)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    assert struct.unpack_from("<I", data, at + 24)[0] == 200 * 2**20
    struct.pack_into("<I", data, at + 24, 1000)
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_models_in_models_do_not_multiply(tmp_path):
    """Each model calls the one inside twice, on another length each: 2^30 calls if all were followed."""
    config = {
        "class_name": "Sequential",
        "config": {
            "name": "m0",
            "layers": [
                {"class_name": "InputLayer", "config": {"batch_shape": [None, None, 3], "name": "in"}},
                {
                    "class_name": "Conv1D",
                    "config": {"name": "c", "trainable": True, "filters": 3, "kernel_size": 2},
                },
            ],
        },
    }
    for level in range(1, 31):
        previous = f"m{level - 1}"
        first = [previous, 0, 0]
        config = {
            "class_name": "Functional",
            "config": {
                "name": f"m{level}",
                "layers": [
                    {
                        "class_name": "InputLayer",
                        "name": "in",
                        "config": {"batch_shape": [None, 10_000, 3]},
                        "inbound_nodes": [],
                    },
                    {**config, "name": previous, "inbound_nodes": [[["in", 0, 0, {}]], [[*first, {}]]]},
                ],
                "input_layers": [["in", 0, 0]],
                "output_layers": [[previous, 1, 0]],
            },
        }
    path = archive(tmp_path / "a.keras", json.dumps(config))
    assert within_limits(outcome, [path]) == [None]


def test_a_chain_in_reverse_is_read_in_time(tmp_path):
    """20,000 layers, each fed by the one that the file lists after it."""
    count = 20_000
    layers = [
        {
            "class_name": "ReLU",
            "name": f"r{i}",
            "config": {"name": f"r{i}"},
            "inbound_nodes": [[[f"r{i + 1}" if i + 1 < count else "in", 0, 0, {}]]],
        }
        for i in range(count)
    ]
    layers.append(
        {"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [None, 5]}, "inbound_nodes": []}
    )
    config = {"layers": layers, "input_layers": [["in", 0, 0]], "output_layers": [["r0", 0, 0]]}
    path = archive(tmp_path / "a.keras", json.dumps({"class_name": "Functional", "config": config}))
    assert within_limits(_output_sizes, [path]) == [(None, 5)]


def _output_sizes(path):
    return read_model(path).models[0].outputs.shape.sizes


def test_a_circle_is_said(tmp_path):
    layers = [
        {"class_name": "ReLU", "name": "a", "config": {}, "inbound_nodes": [[["b", 0, 0, {}]]]},
        {"class_name": "ReLU", "name": "b", "config": {}, "inbound_nodes": [[["a", 0, 0, {}]]]},
    ]
    config = {"layers": layers, "input_layers": [], "output_layers": [["a", 0, 0]]}
    text = json.dumps({"class_name": "Functional", "config": config})
    graph = read_model(archive(tmp_path / "a.keras", text))
    assert graph.notes == ["some layers depend on each other in a cycle"]
    assert len(graph.calls) == 2


@pytest.mark.parametrize("value", ["1e999", "-1", "null", '"x"', "[[1]]", "{}", "NaN", "1" * 400, "true"])
@pytest.mark.parametrize("argument", ["filters", "kernel_size", "strides", "padding", "data_format"])
def test_arguments_that_make_no_sense(tmp_path, argument, value):
    text = json.dumps(SEQUENTIAL).replace('"trainable": true', f'"trainable": true, "{argument}": {value}')
    graph = read_model(archive(tmp_path / "a.keras", text))
    assert len(graph.calls) == 2


# --- nothing is executed ----------------------------------------------------------------------------------


class Payload:
    """What pickle runs when it loads this."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_nothing_is_executed(tmp_path):
    mark = tmp_path / "executed"
    code = compile(f"open({str(mark)!r}, 'w')", "payload", "exec")
    marshalled = base64.b64encode(marshal.dumps(code)).decode()
    bomb = pickle.dumps(Payload(mark))
    lambdas = [
        {"class_name": "__lambda__", "config": {"code": marshalled, "defaults": None, "closure": None}},
        [marshalled, None, None],
        {"class_name": "function", "config": "os.system", "module": "os"},
    ]
    text = base64.b64encode(bomb).decode()
    for function in lambdas:
        model = json.loads(json.dumps(SEQUENTIAL))
        model["config"]["layers"] += [
            {"class_name": "Lambda", "config": {"name": "l", "trainable": True, "function": function}},
            {"class_name": "__numpy__", "config": {"value": text, "name": "n"}},
            {
                "module": "os",
                "class_name": "system",
                "registered_name": "os>system",
                "config": {
                    "command": f"touch {mark}",
                    "py/reduce": text,
                    "value": {"class_name": "__pickle__"},
                },
            },
        ]
        config = json.dumps(model)
        paths = [archive(tmp_path / "a.keras", config, states_npz=bomb), hdf5(tmp_path / "a.h5", config)]
        for path in paths:
            graph = read_model(path)
            assert [layer.class_name for layer in graph.layers][2] == "Lambda"
            assert not mark.exists()
    (tmp_path / "a.pkl").write_bytes(bomb)
    refused(tmp_path / "a.pkl")
    assert not mark.exists()
    pickle.loads(bomb)
    assert mark.exists(), "the payload works, so the test can fail"


# --- damage at random -------------------------------------------------------------------------------------


def _damaged(data: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 4, 16])):
        at = rng.randrange(max(len(damaged), 1))
        kind = rng.randrange(5)
        if kind == 0:
            damaged[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            damaged[at : at + 1] = bytes(byte ^ (1 << rng.randrange(8)) for byte in damaged[at : at + 1])
        elif kind == 2:
            damaged[at : at + 8] = rng.choice([b"\xff" * 8, bytes(8), struct.pack("<Q", rng.getrandbits(40))])
        elif kind == 3:
            del damaged[at : at + rng.randrange(1, 64)]
        else:
            del damaged[max(at, 1) :]
    return bytes(damaged)


@pytest.fixture(scope="module")
def sound_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    files = [
        archive(folder / "a.keras", json.dumps(SEQUENTIAL)),
        hdf5(folder / "a.h5", json.dumps(SEQUENTIAL)),
    ]
    for name, version in (("old.h5", "earliest"), ("new.h5", "latest")):
        with h5py.File(folder / name, "w", libver=version) as file:
            file.attrs["model_config"] = json.dumps({"class_name": "Mine", "config": {}})
            for layer in range(20):
                group = file.create_group(f"layers/conv1d_{layer}/vars")
                group.attrs["name"] = f"conv1d_{layer}"
                group["0"] = np.zeros((3, 8, 4), "float32")
                group["1"] = np.zeros((4,), "float32")
        files.append(folder / name)
    stored = (folder / "old.h5").read_bytes()
    with zipfile.ZipFile(folder / "subclassed.keras", "w") as file:
        file.writestr("config.json", json.dumps({"class_name": "Mine", "config": {}}))
        file.writestr("model.weights.h5", stored)
    files.append(folder / "subclassed.keras")
    for path in files:
        assert read_model(path).layers
    return files


def _damaged_files(files, folder, seed, count):
    """Damaged files, one after the other."""
    rng = random.Random(seed)
    for _ in range(count):
        source = rng.choice(files)
        path = folder / f"damaged{source.suffix}"
        path.write_bytes(_damaged(source.read_bytes(), rng))
        yield path


def test_random_damage(sound_files, tmp_path):
    within_limits(outcome, _damaged_files(sound_files, tmp_path, seed=1, count=400))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 10))
def test_much_random_damage(sound_files, tmp_path, seed):
    within_limits(outcome, _damaged_files(sound_files, tmp_path, seed, count=2000))


def test_only_what_is_needed_is_read(tmp_path):
    """A file of 64 MiB of weights gives up less than one part in a hundred of its bytes."""
    from layoutlint.readers.bounded import BoundedFile
    from layoutlint.readers.hdf5 import read_file

    weights = np.zeros((16, 1024, 1024), "float32")
    path = tmp_path / "a.keras"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", json.dumps(SEQUENTIAL))
        file.writestr("model.weights.h5", weights.tobytes())
    with path.open("rb") as opened:
        counted = BoundedFile(opened)
        keras_archive.read_file(counted, "a.keras")
        assert counted.bytes_read < counted.size / 100
    path = hdf5(tmp_path / "a.h5", json.dumps(SEQUENTIAL))
    with h5py.File(path, "a") as file:
        file.create_group("model_weights")["kernel"] = weights
    with path.open("rb") as opened:
        counted = BoundedFile(opened)
        read_file(counted, "a.h5")
        assert counted.bytes_read < counted.size / 100


def test_what_a_damaged_archive_quotes_of_itself_is_cut(tmp_path, sound_files):
    """The name in a member's own header claims to be a thousand bytes long: zipfile quotes them all."""
    sound = next(path for path in sound_files if path.suffix == ".keras")
    damaged = bytearray(sound.read_bytes())
    with zipfile.ZipFile(sound) as archive:
        start = archive.getinfo("config.json").header_offset
    damaged[start + 26 : start + 28] = (1000).to_bytes(2, "little")
    path = tmp_path / "damaged.keras"
    path.write_bytes(damaged)
    assert "config.json is damaged" in (outcome(path) or "")
