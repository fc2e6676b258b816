from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers.registry import find
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from tests.oracle.layers import Positional, assert_agrees, assert_agrees_symbolically, keras

HEADS = {"num_heads": 2, "key_dim": 3}
GROUPS = {"head_dim": 2, "num_query_heads": 4, "num_key_value_heads": 2}
SIZES = st.none() | st.integers(1, 9)


def agrees(class_name, arguments, inputs, **keywords):
    assert_agrees(class_name, arguments, inputs, **keywords)
    assert_agrees_symbolically(class_name, arguments, inputs, **keywords)


def ours(class_name, arguments, inputs, **keywords):
    config = find(class_name).bind((), arguments)
    return infer(Layer(class_name, config, FileOrigin("test")), inputs, keywords)


@st.composite
def listed(draw):
    """The list that an Attention takes, with the right number of tensors or not."""
    count = draw(st.sampled_from([2, 2, 3, 3, 1, 4]))
    low = draw(st.sampled_from([1, 2, 2, 3]))
    return [(None, *draw(st.lists(SIZES, min_size=low, max_size=3))) for _ in range(count)]


@settings(max_examples=80, deadline=None)
@given(listed(), st.booleans(), st.sampled_from(["dot", "concat"]), st.booleans())
def test_attention(inputs, use_scale, mode, scores):
    agrees("Attention", {"use_scale": use_scale, "score_mode": mode}, inputs, return_attention_scores=scores)


@settings(max_examples=80, deadline=None)
@given(listed(), st.booleans(), st.booleans())
def test_additive_attention(inputs, use_scale, scores):
    agrees("AdditiveAttention", {"use_scale": use_scale}, inputs, return_attention_scores=scores)


@pytest.mark.parametrize("class_name", ["Attention", "AdditiveAttention"])
@pytest.mark.parametrize("inputs", [(None, 2, 3), ((None, 2, 3), (None, 4, 3))])
def test_attention_takes_a_list(class_name, inputs):
    assert_agrees(class_name, {}, inputs)


def passed(draw, query, value, key):
    """The tensors as a call passes them: some by position, the others by name."""
    tensors = {"query": query, "value": value} | ({} if key is None else {"key": key})
    count = draw(st.integers(0, len(tensors)))
    names = list(tensors)
    return Positional(tensors[name] for name in names[:count]), {
        name: tensors[name] for name in names[count:]
    }


@st.composite
def multi_head(draw):
    """A MultiHeadAttention and its call, unsound in one way at most."""
    defect = draw(st.sampled_from([None, None, None, "free", "key", "axes", "output_shape"]))
    rank = draw(st.integers(1, 3))
    steps = draw(st.lists(SIZES, min_size=rank - 1, max_size=rank - 1))
    batch = draw(st.sampled_from([None, 4]))
    query = (batch, *draw(st.lists(SIZES, min_size=max(rank - 1, 1), max_size=3)), draw(st.integers(1, 9)))
    value = (batch, *steps, draw(st.integers(1, 9)))
    key = draw(st.none() | st.just((batch, *steps, draw(st.integers(1, 9)))))
    arguments = {
        **HEADS,
        "value_dim": draw(st.sampled_from([None, 5])),
        "output_shape": draw(st.sampled_from([None, 6, (6, 7), [8], 0])),
        "attention_axes": draw(st.sampled_from([None, 1, -1, (1,), [1, 0]])),
        "use_gate": draw(st.booleans()),
        "dropout": draw(st.sampled_from([0.0, 0.5])),
    }
    if isinstance(arguments["attention_axes"], list):
        arguments["attention_axes"] = tuple(arguments["attention_axes"])
    if defect == "free":
        spoilt = draw(st.sampled_from(["query", "value"]))
        query, value = (
            (*query[:-1], None) if spoilt == "query" else query,
            (*value[:-1], None) if spoilt == "value" else value,
        )
    if defect == "key":
        value, key = (batch, 3, *value[1:]), (batch, draw(st.sampled_from([4, None])), *value[1:])
    if defect == "axes":
        arguments["attention_axes"] = draw(st.sampled_from([9, (1, 9), -19]))
    if defect == "output_shape":
        arguments["output_shape"] = (None, 5)
    return arguments, *passed(draw, query, value, key), draw(st.booleans())


@settings(max_examples=150, deadline=None)
@given(multi_head())
def test_multi_head_attention(drawn):
    arguments, inputs, keywords, scores = drawn
    agrees("MultiHeadAttention", arguments, inputs, return_attention_scores=scores, **keywords)


@pytest.mark.parametrize("axis", [3, 4, 5, -8, -9, -10])
def test_bounds_of_attention_axes(axis):
    shape = (None, 7, 3, 5)
    agrees("MultiHeadAttention", {**HEADS, "attention_axes": axis}, Positional([shape, shape]))


@st.composite
def group_query(draw):
    """A GroupQueryAttention and its call, unsound in one way at most."""
    defect = draw(st.sampled_from([None, None, None, "free", "key", "features", "rank"]))
    batch = draw(st.sampled_from([None, 4]))
    features = draw(st.integers(1, 9))
    steps = draw(SIZES)
    query, value = (batch, draw(SIZES), features), (batch, steps, features)
    key = draw(st.none() | st.just((batch, steps, draw(st.integers(1, 9)))))
    if defect == "free":
        query = (*query[:-1], None)
    if defect == "key":
        value, key = (batch, 3, features), (batch, draw(st.sampled_from([4, None])), features)
    if defect == "features":
        value = (*value[:-1], features + 1)
    if defect == "rank":
        query = (batch, features)
    arguments = {**GROUPS, "use_gate": draw(st.booleans()), "dropout": draw(st.sampled_from([0.0, 0.5]))}
    return arguments, *passed(draw, query, value, key), draw(st.booleans())


@settings(max_examples=100, deadline=None)
@given(group_query())
def test_group_query_attention(drawn):
    arguments, inputs, keywords, scores = drawn
    agrees("GroupQueryAttention", arguments, inputs, return_attention_scores=scores, **keywords)


@pytest.mark.parametrize("arguments", [{"key": None}, {"use_causal_mask": True}, {"training": False}])
def test_further_keywords_change_nothing(arguments):
    query, value = (None, 4, 5), (None, 6, 5)
    agrees("MultiHeadAttention", HEADS, Positional([query, value]), **arguments)
    agrees("GroupQueryAttention", GROUPS, Positional([query, value]), **arguments)


@pytest.mark.parametrize(
    ("class_name", "arguments"), [("MultiHeadAttention", HEADS), ("GroupQueryAttention", GROUPS)]
)
def test_missing_tensors(class_name, arguments):
    assert_agrees(class_name, arguments, (None, 4, 5))
    assert_agrees(class_name, arguments, Positional(), value=(None, 4, 5))


@pytest.mark.parametrize(
    ("class_name", "arguments"),
    [
        ("MultiHeadAttention", {"num_heads": 2}),
        ("MultiHeadAttention", {**HEADS, "num_heads": 0}),
        ("MultiHeadAttention", {**HEADS, "key_dim": 2.5}),
        ("MultiHeadAttention", {**HEADS, "value_dim": -1}),
        ("MultiHeadAttention", {**HEADS, "sliding_window": 0}),
        ("MultiHeadAttention", {**HEADS, "attention_axes": 1.5}),
        ("MultiHeadAttention", {**HEADS, "output_shape": 1.5}),
        ("MultiHeadAttention", {**HEADS, "dropout": 0.5, "flash_attention": True}),
        ("GroupQueryAttention", {**GROUPS, "num_query_heads": 3}),
        ("GroupQueryAttention", {**GROUPS, "sliding_window": -1}),
    ],
)
def test_arguments_that_keras_refuses(class_name, arguments):
    assert_agrees(class_name, arguments, Positional([(None, 4, 5), (None, 6, 5)]))


def test_score_modes_that_keras_refuses():
    assert_agrees("Attention", {"score_mode": "cosine"}, [(None, 4, 5), (None, 6, 5)])


QUERY, VALUE, KEY = (None, 4, 5), (None, 6, 5), (None, 6, 9)


@pytest.mark.parametrize(
    ("class_name", "arguments", "inputs"),
    [
        ("MultiHeadAttention", HEADS, Positional([QUERY, VALUE])),
        ("MultiHeadAttention", {**HEADS, "value_dim": 7, "use_bias": False}, Positional([QUERY, VALUE, KEY])),
        ("MultiHeadAttention", {**HEADS, "value_dim": 7, "use_gate": True}, Positional([QUERY, VALUE, KEY])),
        ("MultiHeadAttention", {**HEADS, "output_shape": (6, 7)}, Positional([QUERY, VALUE])),
        ("GroupQueryAttention", GROUPS, Positional([QUERY, VALUE, KEY])),
        ("GroupQueryAttention", {**GROUPS, "use_gate": True, "use_bias": False}, Positional([QUERY, VALUE])),
        ("Attention", {"use_scale": True, "score_mode": "concat"}, [QUERY, VALUE]),
        ("Attention", {}, [QUERY, VALUE]),
        ("AdditiveAttention", {}, [QUERY, VALUE]),
        ("AdditiveAttention", {"use_scale": False}, [QUERY, VALUE]),
    ],
)
def test_weights(class_name, arguments, inputs):
    real = getattr(keras.layers, class_name)(**arguments)
    tensors = [keras.Input(batch_shape=sizes) for sizes in inputs]
    real(*tensors) if isinstance(inputs, Positional) else real(tensors)
    spec = find(class_name)
    found = spec.weights(
        LayerArguments(class_name, spec.bind((), arguments)), [Shape.of(*sizes) for sizes in inputs]
    )
    assert found == {weight.path.split("/", 1)[1]: tuple(weight.shape) for weight in real.weights}


def test_unknown_inputs_and_arguments_are_no_error():
    shape = Shape.of(None, 4, 5)
    for class_name, arguments in (("MultiHeadAttention", HEADS), ("GroupQueryAttention", GROUPS)):
        assert ours(class_name, arguments, [None, shape]).outputs is None
        assert ours(class_name, arguments, [shape, None]).outputs.sizes == shape.sizes
        assert ours(class_name, arguments, [], query=None, value=None).error is None
        assert ours(class_name, arguments, [shape], value=symbol("value")).error is None
        assert ours(class_name, arguments, [shape, shape], return_attention_scores=symbol("s")).error is None
    unknown = {name: symbol(name) for name in find("MultiHeadAttention").parameters.names}
    assert ours("MultiHeadAttention", unknown, [shape, shape]).error is None
    unknown = {name: symbol(name) for name in find("GroupQueryAttention").parameters.names}
    assert ours("GroupQueryAttention", unknown, [shape, shape]).outputs.sizes == shape.sizes
    for class_name in ("Attention", "AdditiveAttention"):
        unknown = {name: symbol(name) for name in find(class_name).parameters.names}
        assert ours(class_name, unknown, [shape, shape]).outputs.sizes == shape.sizes
        assert ours(class_name, {}, [None, shape]).error is None


def test_steps_of_the_query_keep_their_role():
    query = Shape((Axis(None, "batch"), Axis(8, "steps"), Axis(5, "features")))
    value = Shape.of(None, 6, 5)
    for class_name, arguments in (
        ("MultiHeadAttention", HEADS),
        ("GroupQueryAttention", GROUPS),
        ("Attention", {}),
    ):
        assert ours(class_name, arguments, [query, value]).outputs[1] is query[1]
