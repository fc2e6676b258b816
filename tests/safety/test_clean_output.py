"""Nothing that others have written steers the terminal, and no message brings its whole input along."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from layoutlint.run.cache import FOLDER
from tests.cli.helpers import Runner

ESCAPE = "\x1b[31m\x07\x9b2J\x08\u202e"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
LONG = "x" * 5000

SOURCE = f'''\
# {ESCAPE} keras
from keras import layers, models
STEPS = {{"{ESCAPE}": 1}}
model = models.Sequential(name="{ESCAPE}")
model.add(layers.Conv1D(32, 3, padding="same", input_shape=(1, 8000), name="c{ESCAPE}"))  # {ESCAPE}
model.add(layers.Dense("{ESCAPE}"))  # layoutlint: ignore[{ESCAPE}]
'''
HOUSE_RULE = f"""\
---
rule: house-{ESCAPE}
subject: layer
severity: warning
confidence: high
when: steps == 1
message: "{ESCAPE}"
---
{ESCAPE}
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


def archive() -> bytes:
    """A saved model whose names are hostile."""
    layer = {
        "class_name": f"Conv1D{ESCAPE}",
        "name": ESCAPE,
        "module": "keras.layers",
        "config": {"name": f"conv{ESCAPE}", "filters": 8, "kernel_size": [3], "padding": "same"},
        "build_config": {"input_shape": [None, 1, 8000]},
    }
    known = {**layer, "class_name": "Conv1D"}
    start = {"class_name": "InputLayer", "config": {"batch_shape": [None, 1, 8000], "name": ESCAPE}}
    config = {"class_name": "Sequential", "config": {"name": ESCAPE, "layers": [start, known, layer]}}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("config.json", json.dumps(config))
        made.writestr("metadata.json", "{}")
    return data.getvalue()


NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "code", "source": SOURCE},
            {"cell_type": "code", "source": f"x = (\n{ESCAPE}"},
        ],
        "nbformat": 4,
        "metadata": {},
    }
)
FILES: dict[str, str | bytes] = {
    f"a{ESCAPE}.py": SOURCE,
    "b.py": SOURCE,
    "broken.py": f"import keras\nx = ({ESCAPE}\n",
    "python2.py": f"import keras\nprint '{ESCAPE}'\n",
    "n.ipynb": NOTEBOOK,
    "bad.ipynb": f'{{"cells": {ESCAPE}',
    "model.keras": archive(),
    "bad.keras": f"{ESCAPE}",
}

COMMANDS = [
    "check .",
    "check . --output-format concise",
    "check . --output-format json",
    "check . --fix",
    "check . --unsafe-fixes",
    "show .",
    "show . --output-format concise",
    "show . --output-format json",
    "explain b.py",
    "explain n.ipynb",
    "explain model.keras",
    "explain broken.py",
    f"explain b.py:{ESCAPE}",
    f"check {ESCAPE}.py",
    f"check {ESCAPE}*.py",
    f"check b.py --select {ESCAPE}",
    f"check b.py --follow {ESCAPE}",
    f"check b.py --{ESCAPE}",
    f"rule {ESCAPE}",
    f"rule test {ESCAPE}",
    ESCAPE,
]


def is_clean(run: Runner, *arguments: str) -> None:
    result = run(*arguments)
    found = CONTROL.search(result.out) or CONTROL.search(result.err)
    assert found is None, (result.out, result.err)
    assert "Traceback" not in result.err
    assert all(len(line) < 1500 for line in result.err.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_what_inputs_and_arguments_say(run, command):
    for name, content in FILES.items():
        run.write(name, content)
    is_clean(run, *command.split(" "))


CONFIGURATIONS = {
    "key": '"{0}" = 1\n',
    "value": 'fail-on = "{0}"\n',
    "names": 'select = ["{0}"]\n',
    "folder": 'rules = ["{0}"]\n',
    "package": 'follow = ["{0}"]\n',
    "parameter": '[tool.layoutlint.parameters.conv-single-step]\n"{0}" = 1\n',
    "rule of parameters": '[tool.layoutlint.parameters."{0}"]\na = 1\n',
    "no TOML": "{0}\n",
}


@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
@pytest.mark.parametrize("hostile", ["\\u001b[31m\\u0007\\u009b2J\\n\\u2028", LONG], ids=["escapes", "long"])
def test_what_the_configuration_says(run, text, hostile):
    run.write("b.py", SOURCE)
    run.write("pyproject.toml", "[tool.layoutlint]\n" + text.format(hostile))
    result = run("check", "b.py")
    assert result.code == 2
    is_clean(run, "check", "b.py")
    # one line, and at most a line of what it complains about
    assert len(result.err.splitlines()) == 1, result.err
    assert len(result.err) < 600


@pytest.mark.parametrize(
    "command", ["check b.py", "rules", "rule test", "check b.py --output-format concise"]
)
def test_what_a_house_rule_says(run, command):
    run.write("b.py", SOURCE)
    run.write("house/a.md", HOUSE_RULE)
    run.write("house/b.md", HOUSE_RULE.replace(ESCAPE, "b", 1))
    run.write("pyproject.toml", '[tool.layoutlint]\nrules = ["house"]\n')
    is_clean(run, *command.split())


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_what_the_cache_says(run, form):
    """A cache may come with a repository."""
    run.write("train.py", SOURCE.replace(ESCAPE, "e"))
    assert run("check", ".").code == 1
    for entry in (run.folder / FOLDER).glob("[0-9a-f]*"):
        document = json.loads(entry.read_bytes())

        def spoiled(value):
            if isinstance(value, dict):
                return {key: spoiled(inner) for key, inner in value.items()}
            if isinstance(value, list):
                return [spoiled(inner) for inner in value]
            return value + ESCAPE if isinstance(value, str) and "/" not in value else value

        document["findings"] = spoiled(document["findings"])
        entry.write_text(json.dumps(document))
    is_clean(run, "check", ".", "--output-format", form)
