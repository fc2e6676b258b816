from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers import activation, attention, core, merging, normalization, regularization
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically, inferred, keras, sizes_of
from tests.oracle.parameters import assert_agrees_for_unknown_arguments, assert_weights_agree

FAMILIES = [core, activation, regularization, normalization, merging, attention]
SIZES = st.none() | st.integers(1, 9)
SHAPES = st.lists(SIZES, min_size=1, max_size=4).map(tuple)


def agrees(class_name, arguments, shape, **keywords):
    assert_agrees(class_name, arguments, shape, **keywords)
    assert_agrees_symbolically(class_name, arguments, shape, **keywords)
    if not keywords:
        assert_agrees_for_unknown_arguments(class_name, arguments, shape)


def interpretation(class_name, arguments, *sizes):
    return str(inferred(class_name, arguments, sizes).interpretation)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.booleans(), SHAPES)
def test_dense(units, use_bias, shape):
    agrees("Dense", {"units": units, "use_bias": use_bias}, shape)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["Embedding", "ReversibleEmbedding"]), st.integers(1, 9), st.integers(1, 6), SHAPES)
def test_embeddings(class_name, input_dim, output_dim, shape):
    agrees(class_name, {"input_dim": input_dim, "output_dim": output_dim}, shape)


@settings(max_examples=20, deadline=None)
@given(st.booleans(), SHAPES)
def test_reversible_embedding_backwards(reverse, shape):
    agrees("ReversibleEmbedding", {"input_dim": 7, "output_dim": 3}, shape, reverse=reverse)


EQUATIONS = [
    # equations that Keras takes, with the number of their input's letters
    ("ab,bc->ac", 2),
    ("abc,cd->abd", 3),
    ("abc,cd->adb", 3),
    ("abc,cde->abde", 3),
    ("abc,bcd->ad", 3),
    ("abc,bcd->abd", 3),
    ("...x,xy->...y", 1),
    ("...xy,xyz->...z", 2),
    ("ab...,bc->ac...", 2),
]
UNSOUND = ["abc->ab", "abc,cd->abe", "abc,cdf->abd", "abc, cd->abd", ""]


@st.composite
def einsums(draw):
    """An equation with an input, unsound in one way at most."""
    defect = draw(st.sampled_from([None, None, None, "rank", "stated", "free", "bias", "equation"]))
    equation, count = draw(st.sampled_from(EQUATIONS))
    letters, output = equation.split(",")[0].strip("."), equation.split(">")[1].strip(".")
    extra = draw(st.integers(0, 2))
    axes = 1 if defect == "rank" else count + extra
    shape = tuple(draw(st.lists(st.integers(1, 9), min_size=axes, max_size=axes)))
    if defect == "free":
        shape = (*shape[:-1], None)
    first = len(shape) - count if equation.startswith(".") else 0
    known = dict(zip(letters, shape[first:], strict=False))
    stated = [
        (draw(st.sampled_from([None, known.get(letter)])) if letter in letters else draw(st.integers(1, 6)))
        for letter in (output if equation.startswith(".") else output[1:])
    ]
    if defect == "stated":
        stated = [None if size is None else size + 1 for size in stated]
    new = [letter for letter in output if letter not in letters]
    bias = "?" if defect == "bias" else draw(st.sampled_from([None, *new]))
    if defect == "equation":
        equation, shape, stated, bias = draw(st.sampled_from(UNSOUND)), (2, 3, 4), [None, 7], None
    return {"equation": equation, "output_shape": tuple(stated), "bias_axes": bias}, shape


@settings(max_examples=150, deadline=None)
@given(einsums())
def test_einsum_dense(drawn):
    arguments, shape = drawn
    assert_agrees("EinsumDense", arguments, shape)
    assert_agrees_symbolically("EinsumDense", arguments, shape)


def test_einsum_dense_with_one_number():
    agrees("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 64}, (None, 3, 128))


def test_einsum_dense_with_several_axes_left_out():
    agrees("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 64}, (None, 3, 4, 5, 128))
    agrees("EinsumDense", {"equation": "ab...,bc->ac...", "output_shape": 64}, (None, 3, 4, 5, 128))


@settings(max_examples=20, deadline=None)
@given(SHAPES)
def test_masking(shape):
    agrees("Masking", {"mask_value": -1.0}, shape)


@pytest.mark.parametrize("inputs", [(None, 3), [(None, 3)], [(None, 3), (2, 4, 5)], {"a": (None, 3)}])
def test_identity_keeps_the_structure(inputs):
    assert_agrees("Identity", {}, inputs)


@pytest.mark.parametrize(
    ("class_name", "arguments"),
    [
        ("Dense", {"units": 0}),
        ("Dense", {"units": 3.0}),
        ("Dense", {"units": "3"}),
        ("Dense", {"units": None}),
        ("Dense", {}),
        ("Dense", {"units": 3, "filters": 4}),
        ("Embedding", {"input_dim": 0, "output_dim": 3}),
        ("Embedding", {"input_dim": 3, "output_dim": 3.5}),
        ("Embedding", {"input_dim": True, "output_dim": 3}),
        ("EinsumDense", {"equation": "ab,bc->ac"}),
        ("EinsumDense", {"equation": "ab,bc->ac", "output_shape": None}),
        ("Lambda", {}),
    ],
)
def test_arguments_that_keras_refuses(class_name, arguments):
    assert_agrees(class_name, arguments, (None, 3))


INPUTS = [
    {"shape": (5, None)},
    {"shape": (5, None), "batch_size": 2},
    {"batch_shape": (2, 5)},
    {"batch_shape": [None, 5]},
    {"shape": [3, 4]},
    {"shape": ()},
    {"shape": (0,)},
    {"shape": 5},
    {"shape": (5.0,)},
    {"shape": "ab"},
    {"shape": (5, -1)},
    {"shape": (5,), "batch_shape": (2, 5)},
    {"batch_size": 2, "batch_shape": (2, 5)},
    {},
]


@pytest.mark.parametrize("arguments", INPUTS)
def test_input_layer(arguments):
    spec = find("InputLayer")
    ours = infer(Layer("InputLayer", spec.bind((), arguments), FileOrigin("test")), [])
    try:
        real = keras.layers.InputLayer(**arguments).output.shape
    except (TypeError, ValueError):
        assert ours.error is not None
        assert ours.error.kind == "argument"
    else:
        assert ours.error is None
        assert ours.outputs.sizes == real


LAMBDA_SHAPES = [(5,), (5, None), (), [(5,), (6, 7)], ((5,), (6, 7)), {"a": (5,)}]


@pytest.mark.parametrize("stated", LAMBDA_SHAPES)
@pytest.mark.parametrize("inputs", [(3, 5, 4), (None, 2), [(3, 4), (7, 2)]])
def test_lambda_is_what_it_states(stated, inputs):
    assert_agrees("Lambda", {"function": lambda x: x, "output_shape": stated}, inputs)


@pytest.mark.parametrize("stated", [None, {"class_name": "__lambda__", "config": {}}, symbol("shape")])
def test_lambda_is_unknown_without_a_stated_shape(stated):
    ours = inferred("Lambda", {"function": None, "output_shape": stated}, (3, 5))
    assert ours.error is None
    assert ours.outputs is None
    assert ours.reason


def test_layer_is_unknown_on_purpose():
    ours = inferred("Layer", {"name": "mine"}, (3, 5))
    assert ours.error is None
    assert ours.outputs is None
    assert "subclass" in ours.reason


@pytest.mark.parametrize(
    ("class_name", "arguments", "shape"),
    [
        ("Dense", {"units": 4}, (None, 3)),
        ("Dense", {"units": 4, "use_bias": False}, (None, 5, 3)),
        ("Embedding", {"input_dim": 9, "output_dim": 4}, (None, 3)),
        ("ReversibleEmbedding", {"input_dim": 9, "output_dim": 4}, (None, 3)),
        ("ReversibleEmbedding", {"input_dim": 9, "output_dim": 4, "tie_weights": False}, (None, 3)),
        ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": (None, 7)}, (None, 5, 3)),
        (
            "EinsumDense",
            {"equation": "abc,cde->abde", "output_shape": (None, 7, 2), "bias_axes": "de"},
            (None, 5, 3),
        ),
        ("EinsumDense", {"equation": "ab...,bc->ac...", "output_shape": 7, "bias_axes": "c"}, (2, 5, 3, 4)),
        ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 7, "bias_axes": "y"}, (2, 5, 3, 4)),
    ],
)
def test_weights(class_name, arguments, shape):
    assert_weights_agree(class_name, arguments, shape)


def test_readings():
    assert interpretation("Dense", {"units": 4}, None, 3) == "Dense: (batch, input_dim=3)"
    assert interpretation("Dense", {"units": 4}, None, 5, 3) == "Dense: (batch, axis 1=5, input_dim=3)"
    table = {"input_dim": 9, "output_dim": 4}
    assert interpretation("Embedding", table, None, 3) == "Embedding: (batch, tokens=3)"
    assert interpretation("Masking", {}, None, 8, 3) == "Masking: (batch, steps=8, features=3)"
    einsum = {"equation": "abc,cd->abd", "output_shape": (None, 7)}
    assert interpretation("EinsumDense", einsum, None, 8, 3) == "EinsumDense: (batch, axis b=8, input_dim=3)"


def test_axes_that_survive_keep_their_role():
    steps = Shape((Axis(None, "batch"), Axis(8, "steps"), Axis(3, "features")))
    for class_name, arguments in (
        ("Dense", {"units": 4}),
        ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": (None, 7)}),
    ):
        config = find(class_name).bind((), arguments)
        output = infer(Layer(class_name, config, FileOrigin("test")), steps).outputs
        assert [axis.role for axis in output] == ["batch", "steps", "features"], sizes_of(output)


def nested(leaves):
    keys = st.sampled_from(["a", "class_name", 1])
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(keys, inner, max_size=2)
        ),
        max_leaves=5,
    )


NUMBERS = st.none() | st.booleans() | st.integers(-3, 10**9) | st.floats()
TEXTS = st.sampled_from(
    ["", "dot", "same", "channels_first", "abc,cd->abd", "...x,xy->...y", "ab...,bc->ac..."]
)
ANYTHING = nested(NUMBERS | TEXTS | st.just(symbol("n")))
ANY_SHAPE = st.none() | st.lists(SIZES | st.just(symbol("n")), max_size=5).map(lambda sizes: Shape.of(*sizes))
CALL_KEYWORDS = ["query", "value", "key", "reverse", "return_attention_scores", "mask"]


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_nothing_that_is_written_makes_inference_raise(data):
    spec = data.draw(st.sampled_from([spec for family in FAMILIES for spec in family.LAYERS]))
    names = st.sampled_from(sorted(spec.parameters.names) or ["name"])
    config = dict(spec.parameters.defaults) | {name: data.draw(ANYTHING) for name in spec.parameters.required}
    config |= data.draw(st.dictionaries(names, ANYTHING, max_size=3))
    keywords = data.draw(st.dictionaries(st.sampled_from(CALL_KEYWORDS), ANYTHING | ANY_SHAPE, max_size=3))
    infer(Layer(spec.name, config, FileOrigin("test")), data.draw(nested(ANY_SHAPE)), keywords)
