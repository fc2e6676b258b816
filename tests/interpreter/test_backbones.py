"""``keras.applications`` against the real models: the file of chains, and output shapes for many inputs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from layoutlint.interpreter.keras.applications import FILE, applications
from layoutlint.readers.source import read
from tests.oracle import backbones
from tests.oracle.backbones import weightless
from tests.oracle.recorder import shapes_of

import keras  # isort: skip  (after the oracle has set up its environment)
import tensorflow as tf  # isort: skip

SAMPLE = ["MobileNetV2"]
FAMILIES = [
    "ConvNeXtTiny",
    "DenseNet121",
    "EfficientNetB0",
    "EfficientNetV2B0",
    "InceptionResNetV2",
    "InceptionV3",
    "MobileNet",
    "MobileNetV3Small",
    "NASNetMobile",
    "ResNet50",
    "ResNet50V2",
    "VGG16",
    "Xception",
]
"""One application of each kind: its sisters are only deeper or wider."""
SIZES: list[Any] = [
    None,
    (None, None, 3),
    (224, 224, 3),
    (193, 100, 3),
    (331, 75, 3),
    (97, 64, 1),
    (None, 65, 3),
    (32, 32, 3),
    (31, 224, 3),
    (139, 71, 4),
    (224, 224),
]
TENSORS: list[Any] = [(None, None, 3), (224, 160, 3), (71, 33, 3), (20, 9, 3), (1, 1, 3), (64, 64, 1)]
VARIANTS = [
    *[f"include_top=False, input_shape={size}" for size in SIZES],
    *[f"include_top=True, input_shape={size}" for size in SIZES[:6]],
    *[f"include_top=False, input_tensor=keras.Input({size})" for size in TENSORS],
    *[f"include_top=True, classes=7, input_tensor=keras.Input({size})" for size in TENSORS[:3]],
    "include_top=False, pooling='avg', input_shape=(97, 193, 3)",
    "include_top=False, pooling='max'",
    "classes=12",
]
ALPHAS = [0.25, 0.35, 0.5, 0.75, 1, 1.0, 1.3, 1.4, 1.61]
REFUSED = "refused"


@pytest.mark.parametrize("name", SAMPLE)
def test_the_file_holds_what_keras_builds(name: str) -> None:
    assert json.loads(backbones.text([name]))[name] == json.loads(FILE.read_bytes())[name]


@pytest.mark.slow
def test_the_whole_file_holds_what_keras_builds() -> None:
    assert backbones.text() == FILE.read_text(encoding="utf-8")


def test_every_exported_application_is_known() -> None:
    assert set(applications()) == set(backbones.exported())


@pytest.mark.parametrize("name", SAMPLE)
def test_output_shapes(name: str) -> None:
    hold_against_keras([f"keras.applications.{name}(weights=None, {variant})" for variant in VARIANTS])


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_output_shapes_of_families(name: str) -> None:
    hold_against_keras([f"keras.applications.{name}(weights=None, {variant})" for variant in VARIANTS])


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(backbones.exported()) - set(SAMPLE) - set(FAMILIES)))
def test_output_shapes_of_the_rest(name: str) -> None:
    hold_against_keras([f"keras.applications.{name}(weights=None, {variant})" for variant in VARIANTS[3:9:2]])


@pytest.mark.parametrize(
    "name",
    [
        "MobileNet",
        *(pytest.param(f"MobileNetV{n}", marks=pytest.mark.slow) for n in ("2", "3Small", "3Large")),
    ],
)
def test_width(name: str) -> None:
    hold_against_keras(
        [
            f"keras.applications.{name}(weights=None, include_top=False, alpha={a}, input_shape=(64, 64, 3))"
            for a in ALPHAS
        ]
    )


@pytest.mark.parametrize("name", ["MobileNetV2", "VGG16", "NASNetMobile", "ConvNeXtTiny"])
def test_channels_first(name: str) -> None:
    before = keras.config.image_data_format()
    keras.config.set_image_data_format("channels_first")
    try:
        hold_against_keras(
            [
                f"keras.applications.{name}(weights=None, include_top=False, input_shape={size})"
                for size in [None, (3, 97, 64), (1, 33, 224), (3, 20, 64)]
            ],
            "keras.config.set_image_data_format('channels_first')\n",
        )
    finally:
        keras.config.set_image_data_format(before)


@pytest.mark.parametrize(
    "variant",
    [
        "",
        "include_top=False",
        "classes=10",
        "include_top=False, input_shape=(224, 224, 1)",
        "include_top=False, input_shape=(96, 128, 3)",
        "input_shape=(224, 224, 3)",
        "input_shape=(160, 160, 3)",
        "input_shape=(96, 128, 3)",
        "include_top=False, input_shape=(None, None, 3)",
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "MobileNetV2",
        *(pytest.param(n, marks=pytest.mark.slow) for n in ("MobileNet", "NASNetMobile", "EfficientNetB0")),
    ],
)
def test_pretrained(name: str, variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks that come with ``weights="imagenet"``; the weights themselves are not fetched."""
    from keras.src.utils import file_utils

    monkeypatch.setattr(file_utils, "get_file", lambda *args, **kwargs: "weights")
    monkeypatch.setattr(keras.Model, "load_weights", lambda *args, **kwargs: None)
    hold_against_keras([f"keras.applications.{name}({variant})"])


def hold_against_keras(expressions: list[str], setup: str = "") -> None:
    """Every expression builds the model that Keras builds: inputs, output and name, or is refused by both."""
    lines = [f"model_{number} = {text}" for number, text in enumerate(expressions)]
    ours = inferred("import keras\n" + setup + "\n".join(lines), len(expressions))
    for text, found in zip(expressions, ours, strict=True):
        expected = real(text)
        if expected == REFUSED and "input_tensor" in text:
            # an odd tensor can fail deep inside the network: there it is enough that nothing is claimed
            assert found == REFUSED or found[1] is None, text
        else:
            assert found == expected, text


def real(expression: str) -> Any:
    try:
        with weightless():
            model = eval(expression, {"keras": keras})
    except (ValueError, TypeError, tf.errors.InvalidArgumentError):
        return REFUSED
    return shapes_of(model.input), shapes_of(model.output), model.name


def inferred(program: str, count: int) -> list[Any]:
    """Input, output and name of each model of the program, or that Keras refuses it."""
    graph = read(program, "program.py")
    found: list[Any] = []
    refused = {
        call.origin.locate().line
        for call in graph.calls
        if call.layer.kind == "model" and call.error is not None
    }
    first = program.count("\n") + 2 - count
    for line, network in zip(range(first, first + count), graph.models, strict=True):
        if line in refused:
            found.append(REFUSED)
            continue
        found.append((sizes_of(network.inputs), sizes_of(network.outputs), network.name))
    return found


def sizes_of(tensors: Any) -> Any:
    if isinstance(tensors, list):
        return tuple(map(sizes_of, tensors))
    return tensors.shape.sizes if tensors.shape is not None else None
