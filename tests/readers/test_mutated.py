"""Configurations of real models with random values in random places: one clear line or a graph, and soon."""

from __future__ import annotations

import copy
import json
import random
import zipfile

import pytest

from layoutlint.architecture import network
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.formats import read_model
from tests.readers.limits import within_limits

VALUES = [
    *(None, -1, 0, 3, 1e300, float("inf"), float("nan"), "x", "", True, 10**30, "same", "channels_first"),
    *([], [1], [None], [[1, 2], [3]], ["a", 0, 0], ["a", 0, 10**30, {}], [None, 3, 3]),
    *({}, {"class_name": "Dense", "config": {}}, {"class_name": "__tuple__", "items": [1, 2]}),
    *({"class_name": "__tuple__", "items": 5}, {"class_name": "__slice__", "config": None}),
]


def _places(data):
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield data, key
        yield from _places(data[key])


def _mutated(config, rng):
    config = copy.deepcopy(config)
    for _ in range(rng.choice([1, 1, 2, 5])):
        places = list(_places(config))
        if not places:
            break
        holder, key = rng.choice(places)
        if rng.random() < 0.75:
            holder[key] = copy.deepcopy(rng.choice(VALUES))
        elif isinstance(holder, dict):
            del holder[key]
        else:
            holder.insert(key, copy.deepcopy(rng.choice(VALUES)))
    return config


def _configs(*sets):
    for saved in (saved for models in sets for saved in models.values()):
        with zipfile.ZipFile(saved.file(".keras")) as archive:
            yield json.loads(archive.read("config.json"))


@pytest.mark.parametrize(
    "count", [pytest.param(300, id="few"), pytest.param(5000, id="many", marks=pytest.mark.slow)]
)
def test_mutated_configurations(keras_3_files, keras_2_files, count):
    rng = random.Random(count)
    configs = list(_configs(keras_3_files, keras_2_files))
    for message in within_limits(_outcome, (_mutated(rng.choice(configs), rng) for _ in range(count))):
        assert message
        assert "\n" not in message


def _outcome(config):
    if not network.is_architecture(config):
        return "not an architecture"
    try:
        network.read(config, "mutated")
    except (UnreadableError, NothingToReadError) as error:
        return str(error)
    return "read"


def test_damaged_saved_model_folders(keras_2_files, tmp_path):
    source = (keras_2_files["keywords"].file("folder") / "keras_metadata.pb").read_bytes()
    rng = random.Random(5)
    for _ in range(300):
        data = bytearray(source)
        for _ in range(rng.choice([1, 3, 10])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        (tmp_path / "keras_metadata.pb").write_bytes(
            data[: rng.choice([len(data), rng.randrange(len(data))])]
        )
        try:
            read_model(tmp_path)
        except (UnreadableError, NothingToReadError) as error:
            message = str(error)
        else:
            message = "read"
        assert message
        assert "\n" not in message
