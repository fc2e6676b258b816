"""Every class that the installed Keras exports is in the registry and in the table of the documentation."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import keras
import pytest

from layoutlint.layers.document import NO_LAYERS, document
from layoutlint.layers.registry import registry

TABLE = Path(__file__).parents[2] / "docs" / "layers.md"
EXPORTED = sorted(name for name, value in vars(keras.layers).items() if inspect.isclass(value))


def rows() -> dict[str, str]:
    """The last cell of the row of each class, out of the written document."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            first, *_, last = line.strip("|").split("|")
            found.update(dict.fromkeys(re.findall(r"`(\w+)`", first), last.strip()))
    return found


def test_keras_exports_layers():
    assert len(EXPORTED) > 150  # a test over nothing would pass


@pytest.mark.parametrize("name", EXPORTED)
def test_every_exported_class_is_known(name):
    assert name in registry() or name in NO_LAYERS


@pytest.mark.parametrize("name", EXPORTED)
def test_every_exported_class_has_a_row(name):
    knowledge = rows()[name]
    assert re.fullmatch(r"exact|(exact but for|unknown|no layer): .{10,}", knowledge)


@pytest.mark.parametrize("name", sorted(NO_LAYERS))
def test_what_is_no_layer_is_none(name):
    assert not issubclass(getattr(keras.layers, name), keras.layers.Layer)


@pytest.mark.parametrize("name", sorted(registry()))
def test_what_is_unknown_has_a_reason(name):
    spec = registry()[name]
    assert spec.shape is not None or spec.why


def test_the_table_is_up_to_date():
    assert TABLE.read_text(encoding="utf-8") == document(), (
        "run: python -m layoutlint.layers > docs/layers.md"
    )
