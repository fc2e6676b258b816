"""The judge: where a finding stands, what it shows, and that one mistake is one finding."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.examples import Example, read
from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin, parse
from layoutlint.inference import layer_call
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.findings import Confidence, Severity
from layoutlint.model.graph import Declaration, Graph, Layer, Tensor
from layoutlint.model.origins import ModelOrigin
from layoutlint.model.sizes import symbol
from layoutlint.readers import source

RULES = builtin()
IMPORTS = """\
import keras, numpy as np
from keras import Input, Sequential
from keras.layers import *
"""


def findings(text, rules=RULES, **options):
    return judge(source.read(IMPORTS + textwrap.dedent(text), "train.py"), rules, Options(**options))


def house_rule(when, subject="layer", **keys):
    front = {"rule": "house", "subject": subject, "severity": "warning", "confidence": "high"} | keys
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    message = "{layer}" if subject == "layer" else "{model_count}"
    return parse(f"---\n{lines}\nwhen: {when}\nmessage: '{message}'\n---\nx", "house.md")


def at(name):
    return ModelOrigin("m.keras", name)


def built(class_name, inputs, conditions=(), origin=None, **arguments):
    """A call of a layer on a tensor, as a reader makes it."""
    origin = origin or at(class_name.lower())
    layer = Layer(class_name, find(class_name).bind((), arguments), origin, class_name.lower())
    return layer_call.call(layer, inputs, origin, conditions=conditions)


def fed(*sizes, name="X_train"):
    return Tensor(Shape.of(None, *sizes), None, at("data"), name)


def test_the_example_of_the_design():
    (finding,) = findings("""\
        model = Sequential()
        model.add(
            Conv1D(32, 3, padding="same",
                   input_shape=(1, 8000)))
        """)
    assert finding.rule == "conv-single-step"
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.HIGH)
    assert finding.message == "Conv1D has a single step to slide along: it reads (steps=1, input_dim=8000)"
    assert finding.interpretation == "Conv1D: (batch, steps=1, input_dim=8000)"
    assert "(8000, 1)" in finding.tip
    place = finding.location
    assert (place.path, place.line, place.column, place.end_line) == ("train.py", 6, 5, 7)
    assert [(w.message, w.location.line) for w in finding.evidence] == [
        ("input_shape=(1, 8000) is declared here", 7)
    ]


def test_evidence_is_the_way_of_the_data():
    (finding,) = findings("""\
        inputs = Input((8000,), name="signal")
        x = Reshape((1, 8000))(inputs)
        x = BatchNormalization()(x)
        x = Conv1D(32, 1)(x)
        """)
    assert [(w.message, w.location.line) for w in finding.evidence] == [
        ("shape=(8000,) is declared here", 4),
        ("Reshape turns (None, 8000) into (None, 1, 8000)", 5),
    ]


def test_roles_and_symbols_are_evidence():
    width = symbol("X.shape[1]", at("load"))
    axis = Axis(width, "steps", (Evidence("X comes from librosa.load: samples", at("librosa")),))
    tensor = Tensor(Shape([Axis(None), Axis(1), axis]), None, at("data"), "X")
    graph = Graph("m.keras", calls=[built("Conv1D", tensor, filters=8, kernel_size=1)])
    (finding,) = judge(graph, RULES)
    assert finding.message.endswith("it reads (steps=1, input_dim=X.shape[1])")
    assert [(w.message, w.location.layer) for w in finding.evidence] == [
        ("X has the shape (None, 1, X.shape[1])", "data"),
        ("X comes from librosa.load: samples", "librosa"),
        ("X.shape[1] comes from here", "load"),
    ]


def test_a_layer_called_twice_is_judged_where_it_is_called():
    found = findings("""\
        shared = Conv1D(8, 3)
        good = shared(Input((100, 1)))
        bad = shared(Input((100,)))
        """)
    assert [(f.rule, f.location.line) for f in found] == [("missing-features-axis", 6)]


def test_a_layer_called_elsewhere_says_where():
    (finding,) = findings("""\
        conv = Conv1D(8, 3)
        signal = Input((100,))
        out = conv(signal)
        """)
    assert finding.location.line == 4
    assert ("Conv1D is called here", 6) in [(w.message, w.location.line) for w in finding.evidence]


def test_a_builder_called_five_times_has_one_finding():
    (finding,) = findings("""\
        def build(n):
            return Sequential([LSTM(8, input_shape=(1, n))])

        for n in (2, 3, 4, 100, 5):
            build(n)
        """)
    assert finding.confidence == Confidence.HIGH, "the strongest one stays"
    assert "input_dim=100" in finding.message


def test_a_condition_is_told_and_what_holds_without_is_preferred():
    conditional = built("Conv1D", fed(1, 500), ("args.flat",), filters=8, kernel_size=1)
    always = built("Conv1D", fed(1, 400), filters=8, kernel_size=1)
    (finding,) = judge(Graph("m.keras", calls=[conditional]), RULES)
    assert finding.conditions == ("args.flat",)
    (finding,) = judge(Graph("m.keras", calls=[conditional, always]), RULES)
    assert finding.conditions == ()


def test_a_cause_takes_over_its_consequence():
    (finding,) = findings("model = Sequential([Conv1D(32, 3, input_shape=(1, 187))])")
    assert (finding.rule, finding.severity) == ("conv-single-step", Severity.ERROR)
    assert any(w.message.startswith("Keras raises:") for w in finding.evidence)
    alone = [rule for rule in RULES if rule.name == "kernel-wider-than-input"]
    (finding,) = findings("model = Sequential([Conv1D(32, 3, input_shape=(1, 187))])", alone)
    assert finding.rule == "kernel-wider-than-input"


def test_the_batch_in_a_shape_stands_at_the_argument():
    (finding,) = findings("""\
        model = Sequential([
            Conv2D(8, 3,
                   input_shape=(None, 28, 28, 1)),
        ])
        """)
    assert (finding.rule, finding.location.line) == ("batch-axis-in-shape", 6)
    assert finding.interpretation == "Conv2D: (batch, height, width, channels), given (None, None, 28, 28, 1)"
    said = [(w.message.partition(":")[0], w.location.line) for w in finding.evidence]
    assert said == [("Conv2D reads it here", 5), ("Keras raises", 5)]


def test_words_of_keras_are_not_repeated():
    alone = [rule for rule in RULES if rule.name == "size-mismatch"]
    (finding,) = findings("model = Sequential([Reshape((3, 3), input_shape=(8,))])", alone)
    assert "the total size of the tensor must be unchanged" in finding.message
    assert not any("total size" in witness.message for witness in finding.evidence)


def test_a_missing_axis_is_said_in_words_of_axes():
    alone = [rule for rule in RULES if rule.name == "rank-mismatch"]
    (finding,) = findings("model = Sequential([Conv1D(8, 3, input_shape=(8000,))])", alone)
    assert finding.message == (
        "Conv1D reads (batch, steps, input_dim), but gets (None, 8000): the input_dim axis is missing"
    )
    assert any("expected min_ndim=3, found ndim=2" in witness.message for witness in finding.evidence)
    assert "(8000, 1)" in finding.tip


def test_options():
    text = "model = Sequential([Conv1D(8, 1, input_shape=(1, 100))])"
    parameters = {"conv-single-step": {"min_input_dim": 101}}
    assert findings(text, parameters=parameters) == []
    with pytest.raises(ValueError, match="no parameter"):
        findings(text, parameters={"conv-single-step": {"max": 1}})
    with pytest.raises(ValueError, match="unknown rule"):
        findings(text, parameters={"conv-double-step": {}})
    small = "model = Sequential([LSTM(8, input_shape=(1, 3))])"
    assert [f.confidence for f in findings(small)] == [Confidence.MEDIUM]
    assert findings(small, min_confidence=Confidence.HIGH) == []


def test_unknown_never_fires():
    rules = [
        house_rule("steps == 1"),
        house_rule("steps != 1", rule="not-house"),
        house_rule("not (steps == 1)"),
    ]
    unknown = built("Conv1D", Tensor(None), filters=8, kernel_size=3)
    free = built("Conv1D", fed(None, 4), filters=8, kernel_size=3)
    symbolic = built("Conv1D", fed(symbol("n"), 4), filters=8, kernel_size=3)
    for call in (unknown, free, symbolic):
        assert judge(Graph("m.keras", calls=[call]), rules) == []


def test_rules_of_every_subject_run():
    tensor = fed(100, 4)
    call = built("Conv1D", tensor, filters=8, kernel_size=3)
    graph = Graph("m.keras", calls=[call])
    graph.declarations.append(Declaration("shape", Shape.of(100, 4), call.layer, tensor, at("declared")))
    rules = [
        house_rule("steps == 100"),
        house_rule("leading == 100 and reader_class == 'Conv1D'", "declaration", rule="declared"),
        house_rule("model_count == 0", "file", rule="file"),
    ]
    assert {f.rule: f.location.layer for f in judge(graph, rules)} == {
        "house": "conv1d",
        "declared": "declared",
        "file": None,
    }
    source_rule = house_rule("call_count == 2 and model_class == 'Sequential'", "model")
    (finding,) = findings("model = Sequential([Input((3,)), Dense(1), Dense(2)])", [source_rule])
    assert finding.location.line == 4


def test_a_wrapper_is_looked_into():
    rules = [house_rule("height == 3 and wrapper == 'TimeDistributed'", **{"applies-to": "[Conv2D]"})]
    text = "model = Sequential([Input((9, 3, 64, 64)), TimeDistributed(Conv2D(8, 1))])"
    (finding,) = findings(text, rules)
    assert finding.message == "TimeDistributed(Conv2D)"
    by_wrapper = [house_rule("height == 3", **{"applies-to": "[TimeDistributed]"})]
    assert len(findings(text, by_wrapper)) == 1


@pytest.mark.parametrize(
    ("layers", "missing", "advice"),
    [
        (
            "Input((9, 4)), LSTM(8), Dropout(0.2), BatchNormalization(), LSTM(8)",
            "steps are",
            "return_sequences=True in the LSTM before",
        ),
        (
            "Input((9, 4)), Bidirectional(GRU(8)), Conv1D(8, 3)",
            "steps are",
            "return_sequences=True in the Bidirectional(GRU) before",
        ),
        (
            "Input((9, 4)), GlobalMaxPooling1D(), ReLU(), Conv1D(8, 3)",
            "steps axis",
            "remove the GlobalMaxPooling1D",
        ),
        ("Input((9, 9, 4)), Flatten(), MaxPooling2D()", "height and width", "remove the Flatten"),
        ("Input((28, 28)), Conv2D(8, 3)", "channel axis", "(28, 28, 1)"),
        (
            "Input((10, 28, 28, 1)), TimeDistributed(Flatten()), Conv2D(8, 1)",
            "channel axis",
            "np.expand_dims",
        ),
        ("Input((10, 28, 28)), LSTM(8)", "too many", "without the batch"),
    ],
)
def test_advice_about_a_rank(layers, missing, advice):
    rules = [rule for rule in RULES if rule.name == "rank-mismatch"]
    (finding,) = findings(f"model = Sequential([{layers}])", rules)
    assert missing in finding.message
    assert advice in finding.tip


def test_a_saved_model_with_hostile_names_and_numbers_is_judged():
    text = """{"class_name": "Sequential", "config": {"name": "{0.x}", "layers": [
      {"class_name": "InputLayer", "config": {"batch_shape": [null, 1, 800], "name": "{steps}"}},
      {"class_name": "TimeDistributed", "config": {"name": "%s{}", "layer":
        {"class_name": "{layer[0]}", "config": {"name": "{", "kernel_size": 1e400}}}},
      {"class_name": "Conv1D", "config": {"name": "c", "filters": 2, "kernel_size": [1e400], "padding": {}}},
      {"class_name": "Conv1D", "config": {"name": "d", "filters": "x", "kernel_size": [[]], "data_format": 7}}
    ]}}"""
    rules = [*RULES, house_rule("kind == 'layer'")]
    graph = read(Example("house", "m.keras", 1, "json", "", text))
    named = [finding.message for finding in judge(graph, rules) if finding.rule == "house"]
    assert "TimeDistributed({layer[0]})" in named
