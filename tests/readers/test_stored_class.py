"""Models stored as a class of a package and its arguments, evaluated with ``--follow``."""

from __future__ import annotations

import importlib
import random
import sys
import zipfile
from pathlib import Path
from typing import Any

import keras
import pytest

import layoutlint
from layoutlint.model.graph import Tensor, flatten
from layoutlint.readers.stored_class import advice, program
from layoutlint.run.configuration import Configuration
from layoutlint.run.discovery import Candidate
from layoutlint.run.inputs import Opened, open_input

PACKAGE = """
import keras
from keras import layers


@keras.saving.register_keras_serializable(package="backbones_of_ours")
class SignalBackbone(keras.Model):
    def __init__(
        self, filters, kernel_size=3, signal_shape=(64, 2), activation="relu", first=None, **kwargs
    ):
        inputs = keras.Input(signal_shape)
        x = inputs if first is None else first(inputs)
        for count in filters:
            x = layers.Conv1D(count, kernel_size, activation=activation)(x)
            x = layers.MaxPooling1D(2, padding="same")(x)
        super().__init__(inputs=inputs, outputs=x, **kwargs)
        self.given = {"filters": filters, "kernel_size": kernel_size, "signal_shape": signal_shape}
        self.given |= {"activation": activation, "first": first}

    def get_config(self):
        return {"name": self.name, **self.given}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@keras.saving.register_keras_serializable(package="backbones_of_ours")
class SignalClassifier(keras.Model):
    def __init__(self, backbone, classes, **kwargs):
        pooled = layers.GlobalAveragePooling1D()(backbone(backbone.input))
        super().__init__(inputs=backbone.input, outputs=layers.Dense(classes)(pooled), **kwargs)
        self.backbone, self.classes = backbone, classes

    def get_config(self):
        return {"backbone": keras.saving.serialize_keras_object(self.backbone), "classes": self.classes}
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: Any) -> Any:
    """An installed package of models, whose classes are their constructors' arguments when they are saved."""
    site = tmp_path_factory.mktemp("site")
    (site / "backbones_of_ours").mkdir()
    (site / "backbones_of_ours" / "__init__.py").write_text("")
    (site / "backbones_of_ours" / "signals.py").write_text(PACKAGE)
    sys.path.insert(0, str(site))
    yield importlib.import_module("backbones_of_ours.signals")
    sys.path.remove(str(site))


def opened(path: Path, package: str | None = "backbones_of_ours") -> Opened:
    configuration = Configuration(follow=(package,) if package else ())
    return open_input(Candidate(str(path), named=True), configuration.reach)


def sizes(nested: Any) -> list[Any]:
    return [found.shape and found.shape.sizes for found in flatten(nested) if isinstance(found, Tensor)]


def output_shapes(model: Any) -> list[Any]:
    outputs = model.output if isinstance(model.output, dict) else {"": model.output}
    return [tuple(outputs[key].shape) for key in sorted(outputs)]


def agree(found: Any, expected: Any) -> bool:
    """Whether every known size is the right one."""
    return all(a == b or not isinstance(a, int) for a, b in zip(found, expected, strict=True))


SIGNALS: list[dict[str, Any]] = [
    {"filters": [4, 8]},
    {"filters": [3], "kernel_size": 5, "signal_shape": (100, 1), "activation": None},
    {"filters": (2, 2, 2), "signal_shape": [80, 7], "activation": "tanh"},
]


@pytest.mark.parametrize("arguments", SIGNALS)
def test_the_class_is_evaluated(tmp_path, ours, arguments):
    model = ours.SignalBackbone(**arguments)
    model.save(tmp_path / "m.keras")
    found = opened(tmp_path / "m.keras")
    assert sizes(found.graph.models[-1].outputs) == output_shapes(model)
    classes = [layer.class_name for layer in found.graph.layers if layer.kind == "layer"]
    assert classes == ["Conv1D", "MaxPooling1D"] * len(arguments["filters"])
    assert found.coverage.reason == "its layers are those that backbones_of_ours makes of its arguments"
    with zipfile.ZipFile(tmp_path / "m.keras") as archive:
        (tmp_path / "config.json").write_bytes(archive.read("config.json"))
    assert sizes(opened(tmp_path / "config.json").graph.models[-1].outputs) == output_shapes(model)


def test_a_class_in_an_argument(tmp_path, ours):
    model = ours.SignalClassifier(ours.SignalBackbone([4, 8]), 5)
    model.save(tmp_path / "m.keras")
    assert sizes(opened(tmp_path / "m.keras").graph.models[-1].outputs) == [(None, 5)]


def test_a_layer_in_an_argument_is_not_known(tmp_path, ours):
    model = ours.SignalBackbone([4], first=keras.layers.UpSampling1D(3))
    model.save(tmp_path / "m.keras")
    (found,) = sizes(opened(tmp_path / "m.keras").graph.models[-1].outputs)
    assert found is None or agree(found, output_shapes(model)[0])


def test_a_finding_in_the_package(tmp_path, ours):
    ours.SignalBackbone([4], kernel_size=1, signal_shape=(1, 800)).save(tmp_path / "m.keras")
    followed = layoutlint.check(tmp_path / "m.keras", follow=["backbones_of_ours"], no_config=True)
    (finding,) = (each for each in followed.findings if each.rule == "conv-single-step")
    assert finding.location.path.endswith("signals.py")
    assert finding.fix is None


def test_without_it_the_report_says_how(tmp_path, ours):
    ours.SignalBackbone([4]).save(tmp_path / "m.keras")
    assert (
        "--follow backbones_of_ours evaluates its class" in opened(tmp_path / "m.keras", None).coverage.reason
    )
    with zipfile.ZipFile(tmp_path / "m.keras") as archive:
        (tmp_path / "config.json").write_bytes(archive.read("config.json"))
    skipped = opened(tmp_path / "config.json", None).coverage
    assert (skipped.status, "--follow backbones_of_ours" in skipped.reason) == ("skipped", True)


def stored(module: Any, name: Any, arguments: Any, registered: Any = None) -> dict[str, Any]:
    return {"module": module, "class_name": name, "config": arguments, "registered_name": registered}


ODD = [
    stored("hub", "Model", {}),
    stored("keras.src.models", "Model", {}),
    stored("hub.a; import os", "Model", {}),
    stored("hub.class.x", "Model", {}),
    stored("hub.a", "Model()\nos.system('x')", {}),
    stored("hub.a", "Model", {"a=1)\nos.system('x')#": 1}),
    stored("hub.a", "Model", [1]),
    stored(None, "Model", {}),
    stored("hub.a", None, {}),
]


@pytest.mark.parametrize("config", ODD)
def test_what_is_no_class_of_a_package_makes_no_program(config):
    assert program(config, ["hub"]) is None


@pytest.mark.parametrize("key", ["a.b", "import", "x=1, y", ""])
def test_an_argument_without_a_proper_name_makes_no_program(key):
    assert program(stored("hub.a", "Model", {key: 3}), ["hub"]) is None


WRITTEN = [
    ({"a": 1, "b": "x'\n", "c": None, "d": True}, r"""a=1, b="x'\n", c=None, d=True"""),
    ({"a": [1, {"b": 2.5}]}, "a=[1, {'b': float('2.5')}]"),
    ({"a": float("inf")}, "a=float('inf')"),
    ({"a": {"class_name": "__tuple__", "items": [1, 2]}}, "a=tuple([1, 2])"),
    ({"a": stored("keras", "DTypePolicy", {"name": "float16"})}, "a='float16'"),
    ({"a": stored("builtins", "function", "relu")}, "a='relu'"),
    ({"a": stored("keras.layers", "Dense", {"units": 2})}, "a=layoutlint_unread()"),
    ({"a": stored("hub.b", "Part", {"c": 1})}, "a=Part_2(c=1)"),
    ({"a": stored("other.b", "Part", {"c": 1})}, "a=layoutlint_unread()"),
]


@pytest.mark.parametrize(("arguments", "written"), WRITTEN)
def test_arguments_as_they_are_written(arguments, written):
    text = program(stored("hub.a", "Model", arguments), ["hub"])
    assert text.splitlines()[-1] == f"model = Model_1({written})"
    compile(text, "program", "exec")


ADVICE = [
    (
        stored("keras_hub.src.models", "Bert", {}, "keras_hub>Bert"),
        ["--follow keras_hub evaluates its class"],
    ),
    (stored("keras.src.models", "Model", {}, "keras>Model"), []),
    (stored("train.models", "Net", {}, "Custom>Net"), []),
    (stored("train.models", "Net", {}, "Net"), []),
    (stored(None, "Net", {}), []),
]


@pytest.mark.parametrize(("config", "said"), ADVICE)
def test_advice(config, said):
    assert advice(config) == said


def drawn(hub: Any, seed: int) -> list[Any]:
    """Small models of KerasHub with configurations by chance."""
    draw = random.Random(seed)
    heads = draw.choice([1, 2, 4])
    text = {
        "vocabulary_size": draw.randint(30, 90),
        "num_layers": draw.randint(1, 3),
        "num_heads": heads,
        "hidden_dim": heads * draw.choice([4, 6]),
        "intermediate_dim": draw.randint(5, 20),
        "max_sequence_length": draw.randint(8, 30),
    }
    shape = (32 * draw.randint(1, 2), 32 * draw.randint(1, 3), 3)
    repeats, filters = [1, draw.randint(1, 3)], [4, draw.randint(2, 9)]
    small = {"image_shape": (32, 32, 3), "num_layers": 2, "num_heads": 2, "hidden_dim": 8, "mlp_dim": 16}
    made = hub.models
    return [
        made.BertBackbone(**text),
        made.DistilBertBackbone(**text),
        made.RobertaBackbone(**text),
        made.GPT2Backbone(**text),
        made.ViTBackbone(patch_size=draw.choice([4, 8]), **small),
        made.VGGBackbone(stackwise_num_repeats=repeats, stackwise_num_filters=filters, image_shape=shape),
        made.DenseNetBackbone(stackwise_num_repeats=repeats, growth_rate=filters[1], image_shape=shape),
        made.BertTextClassifier(made.BertBackbone(**text), num_classes=filters[1], preprocessor=None),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_keras_hub(tmp_path, seed):
    hub = pytest.importorskip("keras_hub")
    known = 0
    for number, model in enumerate(drawn(hub, seed)):
        path = tmp_path / f"{number}.keras"
        model.save(path)
        found = opened(path, "keras_hub")
        assert found.coverage.status == "checked", found.coverage.reason
        shapes = sizes(found.graph.models[-1].outputs)
        if None not in shapes:
            pairs = zip(sorted(shapes, key=len), sorted(output_shapes(model), key=len), strict=True)
            assert all(agree(one, other) for one, other in pairs)
            known += 1
        report = layoutlint.check(path, follow=["keras_hub"], no_config=True)
        assert [finding.message for finding in report.findings] == []
    assert known >= 6


def test_weights_of_an_attention_are_no_convolution(tmp_path):
    @keras.saving.register_keras_serializable(package="tests")
    class Attending(keras.Model):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.attention = keras.layers.MultiHeadAttention(2, 8)
            self.token = self.add_weight((1, 1, 16), name="token")
            self.last = keras.layers.Conv1D(3, 5)

        def call(self, x: Any) -> Any:
            return self.last(self.attention(x, x) + self.token)

    model = Attending()
    model(keras.ops.zeros((1, 9, 16)))
    model.save(tmp_path / "m.keras")
    found = opened(tmp_path / "m.keras", None)
    kinds = {layer.class_name: layer for layer in found.graph.layers}
    assert set(kinds) == {"Conv1D"}
    assert kinds["Conv1D"].config["filters"] == 3
    assert list(kinds["Conv1D"].config["kernel_size"]) == [5]
