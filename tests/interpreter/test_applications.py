"""The builders of keras.applications, evaluated as functions that nothing calls: every constructor line gives
exactly the set of output shapes that real Keras gives when the real builders run with their defaults.
"""

from __future__ import annotations

import importlib

import pytest

from tests.interpreter.applications import FOLDER, builders, inferred_shapes, real_shapes

SMALL = ("mobilenet", "vgg16")
NO_BUILDERS = ("__init__", "imagenet_utils")
# every layer of resnet_v2 is made in resnet.py
MODULES = sorted(
    path.stem
    for path in FOLDER.glob("*.py")
    if path.stem not in NO_BUILDERS and not path.stem.endswith("_test")
)


@pytest.mark.parametrize(
    "name", [name if name in SMALL else pytest.param(name, marks=pytest.mark.slow) for name in MODULES]
)
def test_every_line_has_the_shapes_of_real_keras(name: str) -> None:
    module = importlib.import_module(f"keras.src.applications.{name}")
    assert builders(module), "the file has no builder"
    real = real_shapes(module)
    assert module.__file__ is not None
    inferred, notes = inferred_shapes(module.__file__)
    assert not notes
    different = {
        line: (
            sorted(shapes - inferred.get(line, set()), key=str),
            sorted(inferred.get(line, set()) - shapes, key=str),
        )
        for line, shapes in real.items()
        if inferred.get(line, set()) != shapes
    }
    assert not different, f"line: (missing, not in Keras) {different}"
    assert real or name == "resnet_v2"
