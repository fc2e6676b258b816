"""The JSON documents, held against their description in docs/json.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.helpers import RIGHT, WRONG

DESCRIBED = Path(__file__).parents[2] / "docs" / "json.md"

NUMBER = (int, type(None))
TEXT = (str, type(None))
PLACE = {
    "path": str,
    "line": NUMBER,
    "column": NUMBER,
    "end_line": NUMBER,
    "end_column": NUMBER,
    "cell": NUMBER,
    "layer": TEXT,
}
FINDING = PLACE | {
    "rule": str,
    "severity": {"error", "warning", "note"},
    "confidence": {"high", "medium", "low"},
    "message": str,
    "evidence": list,
    "interpretation": TEXT,
    "keras": (dict, type(None)),
}
EVIDENCE = {"message": str, "path": str, "line": NUMBER, "column": NUMBER}
INPUT = {
    "path": str,
    "kind": {"source", "notebook", "keras", "hdf5", "saved-model", "memory", "unknown"},
    "status": {"checked", "skipped", "error"},
    "reason": TEXT,
    "models": int,
    "layers": int,
    "known": int,
    "partial": int,
    "unknown": int,
    "unread": list,
    "keras": (dict, type(None)),
}
LAYER = PLACE | {"class": str, "name": TEXT, "calls": list}
CALL = {"line": NUMBER, "inputs": list, "output": (list, type(None)), "interpretation": TEXT}


def assert_has(entry: object, fields: dict[str, object]) -> None:
    """The entry has these fields and no others, each of its type or one of its words."""
    assert isinstance(entry, dict)
    assert entry.keys() == fields.keys()
    for name, kind in fields.items():
        if isinstance(kind, set):
            assert entry[name] in kind
        else:
            assert isinstance(entry[name], kind), (name, entry[name])  # type: ignore[arg-type]


def assert_shape(shape: object) -> None:
    assert shape is None or (
        isinstance(shape, list) and all(size is None or isinstance(size, int | str) for size in shape)
    )


def assert_check(document: object) -> None:
    assert_has(document, {"version": int, "findings": list, "inputs": list})
    assert document["version"] == 1
    for finding in document["findings"]:
        assert_has(finding, FINDING)
        for witness in finding["evidence"]:
            assert_has(witness, EVIDENCE)
    for found in document["inputs"]:
        assert_has(found, INPUT)
        assert found["known"] + found["partial"] + found["unknown"] == found["layers"]


def assert_show(document: object) -> None:
    assert_has(document, {"version": int, "layers": list})
    for layer in document["layers"]:
        assert_has(layer, LAYER)
        for call in layer["calls"]:
            assert_has(call, CALL)
            for shape in call["inputs"]:
                assert_shape(shape)
            output = call["output"]
            several = isinstance(output, list) and any(isinstance(item, list) for item in output)
            for shape in output if several else [output]:
                assert_shape(shape)


def described() -> list[object]:
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", DESCRIBED.read_text(), re.S)]


def test_the_examples_in_the_docs_are_what_comes_out(run):
    run.write("train.py", WRONG)
    check, show = described()
    assert_check(check)
    assert_show(show)
    assert run("check", "train.py", "--output-format", "json").json == check
    shown = run("show", "train.py", "--output-format", "json").json
    assert [layer["class"] for layer in shown["layers"]] == ["Conv1D", "Flatten"]
    assert shown["layers"][:1] == show["layers"]


@pytest.mark.parametrize("content", [WRONG, RIGHT, "print(1)\n", "import keras\nprint 1\n", ""])
def test_every_check_has_the_form(run, content):
    run.write("a.py", content)
    result = run("check", "a.py", "gone.py", "--output-format", "json")
    assert_check(result.json)
    assert [item["path"] for item in result.json["inputs"]] == ["a.py", "gone.py"]


SEVERAL = """\
import keras
from keras import layers

x = keras.Input((None, 8), name="signal")
shared = layers.Dense(4, name="shared")
a = shared(x)
b = shared(layers.Conv1D(8, 3, padding="same")(x))
sequence, state = layers.GRU(5, return_sequences=True, return_state=True)(x)
unused = layers.Dense(3)


def build(data):
    y = layers.Dense(2)(keras.Input((data.shape[1], 3)))
    return keras.Model(x, y)
"""


def test_show_has_the_form(run):
    run.write("a.py", SEVERAL)
    result = run("show", "a.py", "--output-format", "json")
    assert result.code == 0
    assert_show(result.json)
    layers = {(layer["class"], layer["line"]): layer for layer in result.json["layers"]}
    assert layers["InputLayer", 4]["calls"][0]["output"] == [None, None, 8]
    shared = layers["Dense", 5]
    assert (shared["name"], shared["column"], shared["end_column"]) == ("shared", 10, 40)
    assert [call["line"] for call in shared["calls"]] == [6, 7]
    assert [call["inputs"] for call in shared["calls"]] == [[[None, None, 8]], [[None, None, 8]]]
    assert layers["GRU", 8]["calls"][0]["output"] == [[None, None, 5], [None, 5]]
    assert layers["Dense", 9]["calls"] == []
    assert layers["Dense", 13]["calls"][0]["output"] == [None, "data.shape[1]", 2]


def test_the_stream_is_ascii(run):
    run.write("größe.py", WRONG)
    out = run("check", "größe.py", "--output-format", "json").out
    assert out.isascii()
    assert json.loads(out)["inputs"][0]["path"] == "größe.py"
