"""The examples: the mistake is found in the script and in the model, and they are what they say under real
Keras.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def check(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "layoutlint", "check", "--output-format", "json", *names],
        cwd=EXAMPLES,
        capture_output=True,
        text=True,
        check=False,
    )


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "line", "layer"), [("signal_wrong.py", 24, None), ("signal_wrong.keras", None, "conv1d")]
)
def test_the_mistake_is_found(name, line, layer):
    done = check(name)
    assert done.returncode == 1, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["rule"] == "conv-single-step"
    assert (finding["line"], finding["layer"]) == (line, layer)
    assert finding["interpretation"] == "Conv1D: (batch, steps=1, input_dim=8000)"


@pytest.mark.parametrize("name", ["signal_right.py", "signal_right.keras"])
def test_the_right_way_is_clean(name):
    done = check(name)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "kernel", "output"),
    [
        ("signal_wrong", (16, 8000, 8), (None, 1, 8)),
        ("signal_right", (16, 1, 8), (None, 8000, 8)),
    ],
)
def test_they_are_what_they_say(name, kernel, output):
    model = load(name).build()
    assert model.layers[0].kernel.shape == kernel
    assert model.layers[0].output.shape == output


@pytest.mark.parametrize("name", ["signal_wrong", "signal_right"])
def test_the_saved_models_are_those_of_the_scripts(name, tmp_path):
    """The checked-in archives hold what Keras writes for the scripts today, but for names and the date."""
    fresh = tmp_path / "fresh.keras"
    load(name).build().save(fresh)
    assert classes(EXAMPLES / f"{name}.keras") == classes(fresh)


def classes(path: Path) -> list[tuple[str, object, object]]:
    with zipfile.ZipFile(path) as archive:
        layers = json.loads(archive.read("config.json"))["config"]["layers"]
    return [
        (layer["class_name"], layer["config"].get("batch_shape"), layer.get("build_config"))
        for layer in layers
    ]


def test_no_weights_are_checked_in():
    for path in EXAMPLES.glob("*.keras"):
        assert path.stat().st_size < 10_000
        with zipfile.ZipFile(path) as archive:
            assert set(archive.namelist()) == {"metadata.json", "config.json"}
