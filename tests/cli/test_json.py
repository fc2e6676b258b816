"""The JSON documents, held against their description in docs/json.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import layoutlint
from tests.cli.helpers import RIGHT, WRONG

DESCRIBED = Path(__file__).parents[2] / "docs" / "json.md"

SCHEMAS = Path(layoutlint.__file__).parent / "reports" / "schemas"


def strict(name: str) -> Any:
    """The schema that is shipped, and no property beside those that it describes."""

    def closed(node: Any) -> Any:
        if isinstance(node, list):
            return [closed(item) for item in node]
        if not isinstance(node, dict):
            return node
        made = {key: closed(value) for key, value in node.items()}
        return made | ({"additionalProperties": False} if "required" in made else {})

    return closed(json.loads((SCHEMAS / f"{name}.json").read_text()))


def assert_check(document: Any) -> None:
    jsonschema.validate(document, strict("check"))
    for found in document["inputs"]:
        assert found["known"] + found["partial"] + found["unknown"] == found["layers"]


def assert_show(document: Any) -> None:
    jsonschema.validate(document, strict("show"))
    uses = {call["id"] for layer in document["layers"] for call in layer["calls"]}
    mentioned = [name for layer in document["layers"] for call in layer["calls"] for name in call["from"]]
    mentioned += [name for model in document["models"] for name in (*model["calls"], *model["ends"])]
    assert uses.issuperset(mentioned)


def test_the_schemas_are_schemas():
    for name in ("check", "show"):
        schema = json.loads((SCHEMAS / f"{name}.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)


def described() -> list[object]:
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", DESCRIBED.read_text(), re.S)]


def test_the_examples_in_the_docs_are_what_comes_out(run):
    run.write("train.py", WRONG)
    check, show = described()
    assert_check(check)
    assert_show(show)
    assert run("check", "train.py", "--output-format", "json").json == check
    assert run("show", "train.py", "--output-format", "json").json == show


@pytest.mark.parametrize("content", [WRONG, RIGHT, "print(1)\n", "import keras\nx = )\n", ""])
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


def test_a_fix_has_its_edits(run):
    run.write("a.py", WRONG)
    (found,) = run("check", "a.py", "--output-format", "json").json["findings"]
    (edit,) = found["fix"]["edits"]
    assert (found["fix"]["name"], found["fix"]["safe"], found["fix"]["reason"]) == (
        "swap-input-axes",
        False,
        None,
    )
    lines = WRONG.splitlines()
    line = lines[edit["line"] - 1]
    assert line[edit["column"] - 1 : edit["end_column"] - 1] == "1, 8000"
    lines[edit["line"] - 1] = line[: edit["column"] - 1] + edit["text"] + line[edit["end_column"] - 1 :]
    assert "\n".join(lines) + "\n" == RIGHT


def test_a_fix_that_cannot_be_made_says_why(run):
    run.write("a.py", WRONG.replace("(1, 8000)", "tuple([1, 8000])"))
    (found,) = run("check", "a.py", "--output-format", "json").json["findings"]
    assert found["fix"]["edits"] == []
    assert found["fix"]["reason"] == "the shape is written as tuple([1, 8000]), not axis by axis"


NETWORK = """\
import keras
from keras import layers

inputs = keras.Input((28, 28, 1))
head = keras.Sequential([keras.Input((26, 26, 8)), layers.Flatten(), layers.Dense(3)])
x = layers.BatchNormalization()(layers.Conv2D(8, 3)(inputs))
outputs = head(x * 2.0)
model = keras.Model(inputs, outputs)
lost = layers.Dense(2)(unknown(outputs))
"""


def test_show_has_models_edges_weights_and_reasons(run):
    run.write("a.py", NETWORK)
    document = run("show", "a.py", "--output-format", "json").json
    assert_show(document)
    by_class = {layer["class"]: layer for layer in document["layers"]}
    calls = {call["id"]: layer["class"] for layer in document["layers"] for call in layer["calls"]}

    def sources(name: str) -> list[str]:
        return [calls[source] for source in by_class[name]["calls"][0]["from"]]

    assert sources("Conv2D") == ["InputLayer"]
    assert sources("Sequential") == ["BatchNormalization"]  # through the multiplication
    head, model = document["models"]
    assert (head["inputs"], head["outputs"]) == ([[None, 26, 26, 8]], [[None, 3]])
    assert [calls[name] for name in model["calls"]] == ["Conv2D", "BatchNormalization", "Sequential"]
    assert [calls[name] for name in model["ends"]] == ["Sequential"]
    convolution = by_class["Conv2D"]["calls"][0]
    assert convolution["weights"] == {"kernel": [3, 3, 1, 8], "bias": [8]}
    lost = next(layer for layer in document["layers"] if layer["line"] == 9)["calls"][0]
    assert lost["output"] is None
    assert lost["unknown"][0]["line"] == 9


def test_the_stream_is_ascii(run):
    run.write("größe.py", WRONG)
    out = run("check", "größe.py", "--output-format", "json").out
    assert out.isascii()
    assert json.loads(out)["inputs"][0]["path"] == "größe.py"
