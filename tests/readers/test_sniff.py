"""What a file is told by its content, whatever it is called."""

from __future__ import annotations

import json
import pickle
import zipfile

import h5py
import pytest

from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.sniff import KINDS, sniff


def _keras(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", "{}")


def _zip(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("data.pkl", "1")


def _hdf5(user_block):
    def write(path):
        with h5py.File(path, "w", userblock_size=user_block) as file:
            file.attrs["a"] = 1
        with path.open("r+b") as file:
            file.write(b"" if not user_block else b"#!/usr/bin/env python\n")

    return write


def _bytes(content):
    return lambda path: path.write_bytes(content)


def _folder(*names):
    def write(path):
        path.mkdir()
        for name in names:
            (path / name).write_bytes(b"")

    return write


NOTEBOOK = {"cells": [{"cell_type": "code", "source": ["x" * 100_000]}], "metadata": {}, "nbformat": 4}

CASES = [
    ("weights", _bytes(b'{"metadata": {}, "weight_map": {"/layers/dense/vars": ["x_00000.weights.h5"]}}')),
    ("source", _bytes(b'{"metadata": {}, "weight_map": {"a.weight": "model-00001-of-00002.safetensors"}}')),
    ("keras", _keras),
    ("keras", _bytes(b"PK\x03\x04 cut off")),
    ("zip", _zip),
    ("hdf5", _hdf5(0)),
    ("hdf5", _hdf5(512)),
    ("hdf5", _hdf5(4096)),
    ("saved-model", _folder("saved_model.pb", "fingerprint.pb")),
    ("saved-model", _folder("keras_metadata.pb")),
    ("folder", _folder("model.py")),
    ("source", _bytes(b"import keras\n")),
    ("source", _bytes("name = 'Ω'\n".encode())),
    ("source", _bytes("\ufeffimport keras\n".encode())),
    ("source", _bytes(b"# -*- coding: latin-1 -*-\nname = '\xe9'\n")),
    ("architecture", _bytes(b'{"class_name": "Sequential"}')),
    ("architecture", _bytes(b'"{\\"class_name\\": \\"Sequential\\"}"')),
    ("architecture", _bytes(b"backend: tensorflow\nclass_name: Model\nconfig:\n  name: m\n")),
    ("source", _bytes(b"class_name: str\nconfig: dict\n")),
    ("source", _bytes(b'{"name": "package", "version": "1"}')),
    ("tfjs", _bytes(b'{"format": "layers-model", "modelTopology": {}}')),
    ("tflite", _bytes(b"\x1c\0\0\0TFL3\0\0")),
    ("onnx", _bytes(b"\x08\x08\x12\x07pytorch:\0")),
    ("saved-model", _bytes(b"\x08\x01\x12\x80\x10\0")),
    ("graph", _bytes(b"\x0a\x0d\x0a\x01x\x12\x08Identity\0")),
    ("source", _bytes(("é" * 40_000).encode())),
    ("notebook", _bytes(json.dumps(NOTEBOOK).encode())),
    ("notebook", _bytes(json.dumps(NOTEBOOK, indent=1).encode())),
    ("notebook", _bytes(b'{"metadata": {"a": "' + b"x" * 100_000 + b'"}, "nbformat": 4, "cells": []}')),
    ("lfs-pointer", _bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n")),
    ("pickle", _bytes(pickle.dumps([1, 2]))),
    ("empty", _bytes(b"")),
    ("unknown", _bytes(b"\x00\x01\x02\xff" * 10)),
    ("unknown", _bytes(b"\xe9\xe8 latin text without a word about it")),
]


@pytest.mark.parametrize("extension", ["", ".keras", ".py"])
@pytest.mark.parametrize(("kind", "write"), CASES)
def test_kind(tmp_path, kind, write, extension):
    path = tmp_path / f"file{extension}"
    write(path)
    assert sniff(path) == kind


def test_every_kind_is_tested():
    assert {kind for kind, _ in CASES} == set(KINDS)


def test_not_there(tmp_path):
    with pytest.raises(UnreadableError, match="cannot be opened: no such file"):
        sniff(tmp_path / "nowhere")
    with pytest.raises(UnreadableError, match="cannot be opened"):
        sniff("a\0b")
