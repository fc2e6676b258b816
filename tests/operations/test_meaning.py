"""What shapes cannot show alone: roles and evidence, symbols, kinds of errors, values, calls of the graph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference import layer_call, operation_call
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.errors import ErrorKind, UndeterminedError
from layoutlint.model.graph import Slot, Tensor
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from layoutlint.operations import UNKNOWN, Mask, find, find_method, find_operator, find_saved
from layoutlint.operations.catalogue import operations as catalogue
from tests.operations.oracle import inferred

HERE = FileOrigin("program.py")
N, T, F = symbol("n"), symbol("timesteps"), symbol("features")
SERIES = Shape(
    [
        Axis(N, "samples"),
        Axis(T, "steps", (Evidence("named timesteps", HERE),)),
        Axis(F, "features"),
    ]
)


def outputs(name: str, *positional, **keywords):
    spec = find_method(name) if "." not in name else find(name)
    assert spec is not None
    result = inferred(spec, positional, keywords)
    assert result.error is None
    return result.outputs


def roles(shape: Shape) -> list[str]:
    return [axis.role for axis in shape]


def test_transpose_moves_axes_with_their_evidence():
    moved = outputs("numpy.transpose", SERIES, (0, 2, 1))
    assert roles(moved) == ["samples", "features", "steps"]
    assert moved[2] is SERIES[1]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ((N, 1, T, F), ["samples", "", "steps", "features"]),
        ((N, T, F, 1), ["samples", "steps", "features", ""]),
        ((-1, T, F), ["samples", "steps", "features"]),
        ((N, F, T), ["samples", "", ""]),  # a reshape used as a transpose
        ((N, -1), ["samples", ""]),
        ((-1, F), ["", "features"]),
        ((-1,), [""]),
    ],
)
def test_reshape_keeps_an_axis_where_row_major_order_keeps_it(target, expected):
    assert roles(outputs("numpy.reshape", SERIES, target)) == expected


def test_fortran_order_keeps_nothing():
    assert roles(outputs("numpy.reshape", SERIES, (N, 1, T, F), order="F")) == ["", "", "", ""]


def test_free_batch_is_kept_by_minus_one():
    shape = Shape([Axis(None, "batch"), Axis(4, "steps"), Axis(5, "features")])
    assert roles(outputs("keras.ops.reshape", shape, (-1, 4, 5, 1))) == ["batch", "steps", "features", ""]


def test_new_axes_from_shape_attributes():
    flat = Shape.of(N, T)
    first, second = operation_call.evaluate(find_method("shape"), {"x": flat})
    assert outputs("reshape", flat, first, 1, second).sizes == (N, 1, T)
    assert outputs("numpy.expand_dims", flat, 1).sizes == (N, 1, T)
    assert outputs("__getitem__", flat, (slice(None), None)).sizes == (N, 1, T)


def test_reductions_and_slices_keep_the_other_axes():
    assert roles(outputs("mean", SERIES, 1)) == ["samples", "features"]
    assert roles(outputs("mean", SERIES, 1, keepdims=True)) == ["samples", "steps", "features"]
    last = outputs("__getitem__", SERIES, (slice(None), -1))
    assert roles(last) == ["samples", "features"]
    shorter = outputs("__getitem__", SERIES, (slice(None), slice(1, None)))
    assert roles(shorter) == roles(SERIES)
    assert str(shorter) == "(n, timesteps - 1, features)"


def test_broadcasting_keeps_the_role_of_the_axis_that_is_not_stretched():
    result = outputs("numpy.add", Shape.of(1, 1), SERIES)
    assert roles(result) == roles(SERIES)


def test_windows():
    i, w = symbol("i"), symbol("window")
    table = Shape([Axis(N, "steps"), Axis(7, "features")])
    from layoutlint.model.sizes import add, subtract

    assert outputs("__getitem__", table, slice(subtract(i, w), i)).sizes == (w, 7)
    assert outputs("__getitem__", table, (slice(i, add(i, w)), 0)).sizes == (w,)
    view = outputs("numpy.lib.stride_tricks.sliding_window_view", table, 10, 0)
    assert view.sizes == (subtract(N, 9), 7, 10)
    assert view[0].role == "steps"


def test_masks_select_an_unknown_number():
    mask = inferred(find_operator("=="), (Shape.of(N), 1), {}).outputs
    assert isinstance(mask, Mask)
    both = inferred(find_operator("&"), (mask, mask), {}).outputs
    assert isinstance(both, Mask)
    assert isinstance(inferred(find_operator("~", 1), (both,), {}).outputs, Mask)
    chosen = outputs("__getitem__", SERIES, mask)
    assert chosen.rank == 3
    assert chosen.sizes[1:] == (T, F)
    assert chosen.sizes[0] != N
    whole = outputs("__getitem__", SERIES, Mask(SERIES))
    assert whole.rank == 1


def test_integer_arrays_select_as_many_as_they_are():
    k = symbol("k")
    assert outputs("__getitem__", SERIES, Shape.of(k)).sizes == (k, T, F)


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("numpy.reshape", (Shape.of(4, 6), (5, 5)), ErrorKind.COUNT),
        ("numpy.reshape", (Shape.of(N, 28, 28), (N, 28, 27)), ErrorKind.COUNT),
        ("numpy.concatenate", ([Shape.of(2, 3), Shape.of(2, 4)], 0), ErrorKind.MERGE),
        ("numpy.concatenate", ([Shape.of(2, 3), Shape.of(2, 3)], 2), ErrorKind.AXIS),
        ("numpy.add", (Shape.of(2, 3), Shape.of(2, 4)), ErrorKind.MERGE),
        ("tensorflow.matmul", (Shape.of(2, 3), Shape.of(4, 2)), ErrorKind.MERGE),
        ("tensorflow.transpose", (Shape.of(2, 3), (0, 2, 1)), ErrorKind.AXIS),
        ("keras.ops.mean", (Shape.of(None, 3), 5), ErrorKind.AXIS),
        ("keras.ops.get_item", (Shape.of(None, 3), (0, 0, 0)), ErrorKind.RANK),
        ("numpy.split", (Shape.of(7), 2), ErrorKind.DIVISIBILITY),
        ("numpy.lib.stride_tricks.sliding_window_view", (Shape.of(7), 9), ErrorKind.WINDOW),
    ],
)
def test_kinds_of_errors(name, arguments, kind):
    spec = find(name)
    assert spec is not None
    result = inferred(spec, arguments, {})
    assert result.error is not None
    assert result.error.kind is kind


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("numpy.shape", Shape.of(2, 3), (2, 3)),
        ("tensorflow.shape", Shape.of(None, 3), (None, 3)),
        ("keras.backend.int_shape", Shape.of(None, N), (None, N)),
        ("numpy.ndim", Shape.of(2, 3), 2),
        ("numpy.size", Shape.of(2, 3), 6),
        ("numpy.prod", (28, 28, 3), 2352),
        ("numpy.max", [3, 9, 4], 9),
        ("numpy.shape", [[1, 2, 3], [4, 5, 6]], (2, 3)),
    ],
)
def test_values(name, argument, expected):
    spec = find(name)
    assert spec is not None
    assert operation_call.evaluate(spec, spec.bind([argument], {})) == expected


def test_values_of_arrays_are_no_values():
    spec = find("numpy.prod")
    assert spec is not None
    with pytest.raises(UndeterminedError):
        operation_call.evaluate(spec, spec.bind([Shape.of(2, 3)], {}))
    assert operation_call.infer(spec, spec.bind([Shape.of(2, 3)], {})).outputs == Shape()
    assert find("tensorflow.shape").is_value
    assert not spec.is_value


def test_calls_of_the_graph_are_inferred_again_with_other_shapes():
    """A model's operations hold places for tensors, so that the model can be used on another input."""
    left, right = Tensor(Shape.of(None, 4)), Tensor(Shape.of(None, 3))
    spec = find("keras.ops.concatenate")
    assert spec is not None
    made = layer_call.call_operation(spec, spec.bind([[left, right]], {"axis": -1}), HERE)
    assert made.layer.kind == "operation"
    assert made.layer.class_name == "concatenate"
    assert made.layer.config["xs"] == [Slot(0), Slot(1)]
    assert made.outputs.shape.sizes == (None, 7)
    again = layer_call.infer(made.layer, [Shape.of(8, 4), Shape.of(8, 9)])
    assert again.outputs.sizes == (8, 13)
    unknown = layer_call.infer(made.layer, [Shape.of(8, 4), None])
    assert unknown.outputs is None
    assert unknown.error is None


def test_saved_operations_bind_what_the_call_and_the_configuration_give():
    x, indices = Shape.of(None, 4, 5), Shape.of(3)
    take = find_saved("Take")
    assert inferred(take, (x, indices), {"axis": 1}).outputs.sizes == (None, 3, 5)
    einsum = find_saved("Einsum")
    product = inferred(einsum, (x, Shape.of(5, 2)), {"subscripts": "bij,jk->bik"})
    assert product.outputs.sizes == (None, 4, 2)
    mean = find_saved("tf.math.reduce_mean")
    assert inferred(mean, (x,), {"axis": [1, 2], "keepdims": False}).outputs.sizes == (None,)
    concat = find_saved("tf.concat")
    assert inferred(concat, ([x, x],), {"axis": -1}).outputs.sizes == (None, 4, 10)
    assert find_saved("NoSuchThing") is None
    assert find_saved("tf.no_such_thing") is None


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(allow_nan=True)
    | st.sampled_from(["", "same", "float32", "ij,jk->ik", UNKNOWN, Ellipsis, N, Slot(0), b"x", object()])
    | st.lists(st.none() | st.integers(0, 4), max_size=4).map(lambda sizes: Shape.of(*sizes))
    | st.builds(slice, st.none() | st.integers(-3, 3)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from(["start", "class_name"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@pytest.mark.sweep
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_never_raises(name):
    """Whatever the arguments: a shape, an error of the library, or unknown with a reason."""
    operation = catalogue()[name]
    names = [*operation.operands, "axis", "axes", "shape", "keepdims", "dtype", "data_format", "n", "num"]

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(st.sampled_from(names), JUNK), JUNK)
    def holds(arguments, first):
        if operation.operands:
            arguments = {operation.operands[0]: first, **arguments}
        result = operation_call.infer(operation, arguments)
        assert result.outputs is not None or result.reason

    holds()


def test_what_is_known_of_the_unknown():
    """A target shape and a row stay known where the array or its length are not."""
    reshaped = outputs("numpy.reshape", UNKNOWN, (N, 1, -1))
    assert reshaped.sizes[:2] == (N, 1)
    assert reshaped.rank == 3
    assert outputs("numpy.arange", UNKNOWN).rank == 1
    assert outputs("numpy.random.normal", UNKNOWN) is None
    assert outputs("numpy.random.normal", [0.0, 1.0]).sizes == (2,)
    assert outputs("numpy.random.normal", UNKNOWN, size=(3, 4)).sizes == (3, 4)


def test_unknown_arguments_are_no_errors():
    """UNKNOWN for every argument in turn."""
    x = Shape.of(None, 4, 5)
    for name, operation in catalogue().items():
        for unknown in operation.operands:
            arguments = {operand: UNKNOWN if operand == unknown else x for operand in operation.operands}
            if unknown == operation.operands[0]:
                result = operation_call.infer(operation, dict.fromkeys(operation.operands, UNKNOWN))
                assert result.error is None, (name, result.error)
            operation_call.infer(operation, arguments)
