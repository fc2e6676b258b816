"""Fleets for tests: many small saved models that differ, made without Keras, and repositories."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

CONV = """{"module": "keras", "class_name": "Sequential", "registered_name": null, "config": {"name": "s",
"layers": [
{"module": "keras.layers", "class_name": "InputLayer", "registered_name": null, "config": {"name": "i",
"batch_shape": [null, STEPS, CHANNELS], "dtype": "float32"}},
{"module": "keras.layers", "class_name": "Conv1D", "registered_name": null, "config": {"name": "c",
"filters": FILTERS,
"kernel_size": [3], "padding": "same", "strides": [1], "data_format": "channels_last", "dilation_rate": [1],
"activation": "linear", "groups": 1}}]}}"""
"""A Keras archive's config.json."""


def config(number: int) -> str:
    """The configuration of a model; every fifth has a mistake."""
    steps, channels = (1, 8000 + number) if number % 5 == 0 else (100 + number, 3)
    values = {"STEPS": steps, "CHANNELS": channels, "FILTERS": 1 + number % 64}
    text = CONV
    for name, value in values.items():
        text = text.replace(name, str(value))
    return text


def archive(path: Path, number: int) -> Path:
    """Write a saved model; every thirteenth is damaged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", config(number))
        file.writestr("metadata.json", json.dumps({"keras_version": "3.12.0", "number": number}))
    if number % 13 == 0:
        path.write_bytes(path.read_bytes()[:200])
    return path


def models(folder: Path, count: int) -> Path:
    """Write so many models, a hundred in each folder."""
    for number in range(count):
        archive(folder / f"{number // 100:03}" / f"model_{number:05}.keras", number)
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder."""
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def repository(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Make a work tree with one commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    return commit(folder, files)


def commit(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files and commit them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "-m", "state")
    return folder


def bare(folder: Path, source: Path) -> Path:
    """Clone a repository without a work tree."""
    git(source, "clone", "-q", "--bare", str(source), str(folder))
    return folder
