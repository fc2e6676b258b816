"""What the rule about backbones says is what Keras refuses; no weights of ImageNet are loaded for it."""

from __future__ import annotations

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.interpreter.keras.applications import applications
from layoutlint.readers import source

import keras  # isort: skip

RULE = next(rule for rule in builtin() if rule.name == "impossible-backbone-input")

REFUSED = {
    "InceptionV3(include_top=False, weights=None, input_shape=(64, 64, 3))": "at least 75",
    "Xception(include_top=False, weights=None, input_shape=(70, 71, 3))": "at least 71",
    "VGG16(include_top=False, input_shape=(28, 28, 3))": "at least 32",
    "MobileNetV3Small(weights=None, include_top=False, input_shape=(31, 64, 3))": "at least 32",
    "ResNet50(include_top=False, input_shape=(224, 224, 1))": "ImageNet weights",
    "EfficientNetB0(weights='imagenet', include_top=False, input_shape=(224, 224, 4))": "3 channels",
    "ResNet50(include_top=False, input_shape=(3, 224, 224))": "the channels first",
    "DenseNet121(include_top=False, weights=None, input_shape=(3, 224, 224))": "the channels first",
    "VGG19(input_shape=(3, 224, 224))": "the channels first",
    "VGG16(input_shape=(300, 300, 3))": "only (224, 224, 3)",
    "MobileNetV2(classes=10)": "1000 classes",
    "VGG16(weights=None, input_shape=(None, None, 3))": "needs a fixed image size",
    "NASNetMobile(include_top=False, input_shape=(None, None, 3))": "needs a fixed image size",
    "VGG16(weights=None, include_top=False, input_shape=(224, 224))": "no channels",
    "VGG16(weights=None, include_top=False, input_shape=(16, 224, 224, 3))": "four numbers",
}
TAKEN = [
    "VGG16(weights=None, include_top=False, input_shape=(32, 32, 1))",
    "MobileNet(weights=None, include_top=False, input_shape=(None, None, 3))",
    "MobileNet(weights=None, classes=4, input_shape=(32, 48, 2))",
]


def said(call: str) -> list[str]:
    text = f"import keras\nfrom keras.applications import *\n\nbase = {call}\n"
    return [finding.message for finding in judge(source.read(text, "program.py"), [RULE])]


@pytest.mark.parametrize("call", REFUSED)
def test_what_keras_refuses_is_said(call: str) -> None:
    (message,) = said(call)
    assert REFUSED[call] in message
    name, arguments = call.split("(", 1)
    with pytest.raises(ValueError, match=r"(?i)input|classes"):
        eval(f"make({arguments}", {"make": getattr(keras.applications, name)})


@pytest.mark.parametrize("call", TAKEN)
def test_what_keras_takes_is_not(call: str) -> None:
    assert said(call) == []
    name, arguments = call.split("(", 1)
    eval(f"make({arguments}", {"make": getattr(keras.applications, name)})


def test_trained_weights_do_not_fit_other_channels(tmp_path: object) -> None:
    file = f"{tmp_path}/three.weights.h5"
    keras.applications.MobileNet(weights=None, include_top=False, input_shape=(64, 64, 3)).save_weights(file)
    grey = keras.Input((64, 64, 1))
    with pytest.raises(ValueError, match="shape"):
        keras.applications.MobileNet(weights=file, include_top=False, input_tensor=grey)
    arguments = "weights='imagenet', include_top=False, input_tensor=keras.Input((64, 64, 1))"
    (message,) = said(f"MobileNet({arguments})")
    assert "3 channels" in message


def test_the_rule_knows_every_application() -> None:
    assert RULE.applies_to == frozenset(applications())
