from __future__ import annotations

import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers.merging import FUNCTIONS
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically, keras

ELEMENTWISE = ["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"]


def agrees(class_name, arguments, inputs):
    assert_agrees(class_name, arguments, inputs)
    assert_agrees_symbolically(class_name, arguments, inputs)


def ours(class_name, arguments, *shapes):
    config = find(class_name).bind((), arguments)
    return infer(Layer(class_name, config, FileOrigin("test")), list(shapes))


@st.composite
def mergeable(draw, class_name):
    """Inputs that broadcast, or fail to in one way: a size, or a batch."""
    rank = draw(st.integers(0, 4))
    whole = draw(st.lists(st.integers(0, 9), min_size=rank, max_size=rank))
    batch = draw(st.integers(1, 4))
    inputs = []
    for _ in range(2 if class_name == "Subtract" else draw(st.integers(1, 4))):
        cut = draw(st.integers(0, rank))
        sizes = [draw(st.sampled_from([size, size, 1, None])) for size in whole[cut:]]
        inputs.append((draw(st.sampled_from([batch, None])), *sizes))
    defect = draw(st.sampled_from([None, None, "size", "batch"]))
    at = draw(st.integers(0, len(inputs) - 1))
    if defect == "batch":
        inputs[at] = (batch + 1, *inputs[at][1:])
    if defect == "size" and len(inputs[at]) > 1:
        inputs[at] = (*inputs[at][:-1], draw(st.integers(2, 9)))
    return inputs


@pytest.mark.parametrize("class_name", ELEMENTWISE)
def test_broadcasting(class_name):
    @settings(max_examples=60, deadline=None)
    @given(mergeable(class_name))
    def check(inputs):
        agrees(class_name, {}, inputs)

    check()


@st.composite
def concatenable(draw):
    """Inputs that go together along an axis, or not in one way: a size, the rank, or the axis."""
    defect = draw(st.sampled_from([None, None, None, "size", "rank", "axis"]))
    rank = draw(st.integers(1, 4))
    axis = draw(st.integers(-rank, rank - 1))
    whole = draw(st.lists(st.integers(1, 9), min_size=rank, max_size=rank))
    inputs = []
    for _ in range(draw(st.integers(1, 4))):
        sizes = [draw(st.sampled_from([size, size, None])) for size in whole]
        sizes[axis] = draw(st.none() | st.integers(0, 9))
        inputs.append(tuple(sizes))
    at = draw(st.integers(0, len(inputs) - 1))
    if defect == "size":
        place = draw(st.integers(0, rank - 1))
        inputs[at] = (*inputs[at][:place], 11, *inputs[at][place + 1 :])
    if defect == "rank":
        inputs[at] = (*inputs[at], 3)
        axis = axis % rank
    if defect == "axis":
        axis = draw(st.sampled_from([rank, rank + 2, -rank - 1]))
        inputs = [inputs[0]] * len(inputs)
    return {"axis": axis}, inputs


@settings(max_examples=200, deadline=None)
@given(concatenable())
def test_concatenate(drawn):
    arguments, inputs = drawn
    agrees("Concatenate", arguments, inputs)


@st.composite
def dottable(draw):
    """Two inputs with axes to sum over, unlike in one way at most."""
    ranks = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    defect = draw(st.sampled_from([None, None, None, "size", "axis"]))
    sizes = [draw(st.lists(st.none() | st.integers(1, 9), min_size=rank, max_size=rank)) for rank in ranks]
    axes = [draw(st.integers(-rank, rank - 1)) for rank in ranks]
    if draw(st.booleans()):
        # one number for both, counted in each from the side that it names
        axes = [draw(st.integers(-min(ranks), min(ranks) - 1))] * 2
    summed = draw(st.none() | st.integers(1, 9))
    for size, axis in zip(sizes, axes, strict=True):
        size[axis] = summed
    if defect == "size":
        sizes[0][axes[0]] = 11
    stated = axes[0] if axes[0] == axes[1] and draw(st.booleans()) else tuple(axes)
    if defect == "axis":
        stated = (7, axes[1])
    return {"axes": stated, "normalize": draw(st.booleans())}, [tuple(size) for size in sizes]


@settings(max_examples=200, deadline=None)
@given(dottable())
def test_dot(drawn):
    arguments, inputs = drawn
    agrees("Dot", arguments, inputs)


@pytest.mark.parametrize(
    ("class_name", "arguments", "inputs"),
    [
        *((name, {}, (None, 3)) for name in ELEMENTWISE),
        *((name, {}, ((None, 3), (None, 3))) for name in ELEMENTWISE),
        *((name, {}, {"a": (None, 3), "b": (None, 3)}) for name in ELEMENTWISE),
        ("Add", {}, [[(None, 3), (None, 3)], (None, 3)]),
        ("Subtract", {}, [(None, 3)]),
        ("Subtract", {}, [(None, 3)] * 3),
        ("Concatenate", {}, (None, 3)),
        ("Concatenate", {}, {"a": (None, 3)}),
        ("Dot", {"axes": 1}, (None, 3)),
        ("Dot", {"axes": 1}, [(None, 3)]),
        ("Dot", {"axes": 1}, [(None, 3)] * 3),
        ("Dot", {"axes": 0}, [(2,), (2,)]),
    ],
)
def test_structure_of_the_inputs(class_name, arguments, inputs):
    truth_is_checked_by_kind = class_name != "Add" or not isinstance(inputs, list)
    if truth_is_checked_by_kind:
        assert_agrees(class_name, arguments, inputs)
    else:
        # Keras takes the inner list for a shape and calls the shapes incompatible
        assert ours(class_name, arguments, [Shape.of(None, 3)] * 2, Shape.of(None, 3)).error is not None


@pytest.mark.parametrize(
    ("class_name", "arguments"),
    [
        ("Dot", {}),
        ("Dot", {"axes": 1.5}),
        ("Dot", {"axes": (1,)}),
        ("Dot", {"axes": (1, "2")}),
        ("Dot", {"axes": None}),
        ("Concatenate", {"axis": None}),
        ("Concatenate", {"axis": [1]}),
        ("Add", {"axis": 1}),
    ],
)
def test_arguments_that_keras_refuses(class_name, arguments):
    assert_agrees(class_name, arguments, [(None, 3), (None, 3)])


@pytest.mark.parametrize("class_name", ELEMENTWISE)
def test_different_symbols_merge_to_an_unknown_size(class_name):
    n, m = symbol("n"), symbol("m")
    merged = ours(class_name, {}, Shape.of(None, n), Shape.of(None, m))
    assert merged.error is None
    assert merged.outputs.sizes[1] not in (n, m)
    # 1 or 7, the symbol becomes 7; 1 leaves the symbol; the same symbol stays
    assert ours(class_name, {}, Shape.of(None, n), Shape.of(None, 7)).outputs.sizes == (None, 7)
    assert ours(class_name, {}, Shape.of(None, n), Shape.of(None, 1)).outputs.sizes == (None, n)
    assert ours(class_name, {}, Shape.of(None, n), Shape.of(None, n)).outputs.sizes == (None, n)
    assert ours(class_name, {}, Shape.of(n, 3), Shape.of(m, 3)).error is None


def test_unknown_inputs_and_arguments_are_no_error():
    known = Shape.of(None, 3)
    for class_name, arguments in (
        ("Add", {}),
        ("Concatenate", {}),
        ("Dot", {"axes": 1}),
        ("Concatenate", {"axis": symbol("axis")}),
        ("Dot", {"axes": symbol("axes")}),
        ("Dot", {"axes": (symbol("axis"), 1)}),
    ):
        for shapes in ((known, None), (None, known)):
            unknown = ours(class_name, arguments, *shapes)
            assert unknown.error is None
            assert unknown.outputs is None
    assert ours("Concatenate", {"axis": symbol("axis")}, known, known).error is None
    assert ours("Dot", {"axes": (symbol("axis"), 1)}, known, known).error is None
    assert ours("Dot", {"axes": 1}, Shape.of(None, symbol("n")), known).error is None


def test_roles_survive():
    image = Shape((Axis(None, "batch"), Axis(8, "height"), Axis(9, "width"), Axis(3, "channels")))
    bare = Shape.of(None, 1, 1, 3)
    for class_name in (*ELEMENTWISE, "Concatenate"):
        shapes = (image, image) if class_name == "Concatenate" else (bare, image)
        merged = ours(class_name, {}, *shapes).outputs
        assert [axis.role for axis in merged] == ["batch", "height", "width", "channels"]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_functional_forms_are_those_of_keras(name):
    form, real = FUNCTIONS[name], getattr(keras.layers, name)
    found = [p for p in inspect.signature(real).parameters.values() if p.kind != p.VAR_KEYWORD]
    assert [p.name for p in found] == list(form.parameters.positional)
    assert form.parameters.defaults == {p.name: p.default for p in found if p.default is not p.empty}
    made = real([keras.Input((3,)), keras.Input((3,))])
    assert type(made._keras_history.operation).__name__ == form.class_name
    spec = find(form.class_name)
    assert set(form.parameters.positional) - {"inputs"} <= spec.parameters.names


def test_every_functional_form_is_known():
    functions = {
        name
        for name, value in vars(keras.layers).items()
        if inspect.isfunction(value) and "inputs" in inspect.signature(value).parameters
    }
    assert functions == set(FUNCTIONS)
