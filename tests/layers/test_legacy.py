from __future__ import annotations

from typing import Any

import keras
import pytest
import tf_keras
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference import layer_call
from layoutlint.layers.legacy import merged_layers, split_initial_state, translate
from layoutlint.layers.registry import find
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, substitute, symbol

# The right column is what the Keras 1.2.2 documentation says the left one means, in the words of Keras 3.
KERAS1 = [
    ("Dense", (64,), {"init": "uniform"}, {"units": 64, "kernel_initializer": "uniform"}),
    ("Dense", (), {"output_dim": 64, "input_dim": 20}, {"units": 64, "input_dim": 20}),
    (
        "Dense",
        (64,),
        {"W_regularizer": "l2", "bias": False},
        {"units": 64, "kernel_regularizer": "l2", "use_bias": False},
    ),
    ("Convolution1D", (64, 3), {"border_mode": "same"}, {"filters": 64, "kernel_size": 3, "padding": "same"}),
    (
        "Convolution1D",
        (),
        {"nb_filter": 64, "filter_length": 3, "subsample_length": 2, "input_dim": 5, "input_length": 80},
        {"filters": 64, "kernel_size": 3, "strides": 2, "input_dim": 5, "input_length": 80},
    ),
    (
        "Convolution2D",
        (32, 3, 3),
        {"border_mode": "same"},
        {"filters": 32, "kernel_size": (3, 3), "padding": "same"},
    ),
    (
        "Conv2D",
        (32, 5, 3, "uniform", "relu"),
        {"dim_ordering": "th"},
        {
            "filters": 32,
            "kernel_size": (5, 3),
            "kernel_initializer": "uniform",
            "activation": "relu",
            "data_format": "channels_first",
        },
    ),
    (
        "Convolution2D",
        (),
        {"nb_filter": 32, "nb_row": 5, "nb_col": 3, "subsample": (2, 2), "dim_ordering": "tf"},
        {"filters": 32, "kernel_size": (5, 3), "strides": (2, 2), "data_format": "channels_last"},
    ),
    (
        "Convolution3D",
        (8, 3, 4, 5),
        {"border_mode": "valid"},
        {"filters": 8, "kernel_size": (3, 4, 5), "padding": "valid"},
    ),
    (
        "Convolution3D",
        (8,),
        {"kernel_dim1": 3, "kernel_dim2": 4, "kernel_dim3": 5},
        {"filters": 8, "kernel_size": (3, 4, 5)},
    ),
    (
        "AtrousConvolution2D",
        (8, 3, 3),
        {"atrous_rate": (2, 2)},
        {"filters": 8, "kernel_size": (3, 3), "dilation_rate": (2, 2)},
    ),
    ("AtrousConvolution1D", (8, 3), {"atrous_rate": 2}, {"filters": 8, "kernel_size": 3, "dilation_rate": 2}),
    (
        "SeparableConvolution2D",
        (8, 3, 3),
        {"depth_multiplier": 2, "border_mode": "same"},
        {"filters": 8, "kernel_size": (3, 3), "depth_multiplier": 2, "padding": "same"},
    ),
    ("LSTM", (32,), {"inner_activation": "sigmoid"}, {"units": 32, "recurrent_activation": "sigmoid"}),
    (
        "GRU",
        (),
        {
            "output_dim": 32,
            "dropout_W": 0.2,
            "dropout_U": 0.1,
            "consume_less": "gpu",
            "return_sequences": True,
        },
        {"units": 32, "dropout": 0.2, "recurrent_dropout": 0.1, "return_sequences": True},
    ),
    (
        "LSTM",
        (32, "glorot_uniform", "orthogonal", "one", "tanh", "hard_sigmoid"),
        {"U_regularizer": None},
        {
            "units": 32,
            "kernel_initializer": "glorot_uniform",
            "recurrent_initializer": "orthogonal",
            "activation": "tanh",
            "recurrent_activation": "hard_sigmoid",
            "recurrent_regularizer": None,
        },
    ),
    (
        "ConvLSTM2D",
        (),
        {"nb_filter": 4, "nb_row": 3, "nb_col": 2, "border_mode": "same"},
        {"filters": 4, "kernel_size": (3, 2), "padding": "same"},
    ),
    (
        "Embedding",
        (100, 16),
        {"init": "uniform", "input_length": 7, "dropout": 0.2},
        {"input_dim": 100, "output_dim": 16, "embeddings_initializer": "uniform", "input_length": 7},
    ),
    ("Dropout", (), {"p": 0.5}, {"rate": 0.5}),
    (
        "SpatialDropout2D",
        (),
        {"p": 0.5, "dim_ordering": "th"},
        {"rate": 0.5, "data_format": "channels_first"},
    ),
    ("GaussianNoise", (), {"sigma": 0.5}, {"stddev": 0.5}),
    ("MaxPooling1D", (), {"pool_length": 2, "stride": 1}, {"pool_size": 2, "strides": 1}),
    (
        "MaxPooling2D",
        ((2, 2), (1, 1)),
        {"border_mode": "same"},
        {"pool_size": (2, 2), "strides": (1, 1), "padding": "same"},
    ),
    ("GlobalAveragePooling2D", (), {"dim_ordering": "th"}, {"data_format": "channels_first"}),
    ("UpSampling1D", (), {"length": 3}, {"size": 3}),
    ("ZeroPadding2D", ((1, 1),), {"dim_ordering": "tf"}, {"padding": (1, 1), "data_format": "channels_last"}),
    (
        "ZeroPadding2D",
        ((0, 2, 1, 3),),
        {"dim_ordering": "th"},
        {"padding": ((0, 2), (1, 3)), "data_format": "channels_first"},
    ),
    (
        "ZeroPadding2D",
        (),
        {"padding": {"top_pad": 1, "right_pad": 3}, "dim_ordering": "tf"},
        {"padding": ((1, 0), (0, 3)), "data_format": "channels_last"},
    ),
    (
        "BatchNormalization",
        (),
        {"mode": 0, "axis": 1, "gamma_init": "one"},
        {"axis": 1, "gamma_initializer": "one"},
    ),
]


@pytest.mark.parametrize(("class_name", "positional", "keywords", "today"), KERAS1)
def test_keras_1_calls(class_name, positional, keywords, today):
    name, rest, found = translate(class_name, positional, keywords)
    assert (rest, found) == ((), today)
    spec = find(name)
    assert spec is not None
    spec.bind(rest, found)  # no argument is left that Keras 3 does not know
    declared = {"input_dim", "input_length"} - {*spec.parameters.required}
    accepted = {key: value for key, value in found.items() if key not in declared}
    getattr(keras.layers, name)(**accepted)  # and real Keras takes them


@pytest.mark.parametrize(
    ("class_name", "positional", "keywords"),
    [
        ("Conv2D", (32, 3, 3), {}),
        ("Conv2D", (32, (3, 3)), {"strides": 2}),
        ("Convolution2D", (32, 3), {"padding": "same"}),
        ("Dense", (64, "relu"), {}),
        ("LSTM", (32,), {"return_sequences": True}),
        ("Embedding", (100, 16), {"input_length": 7}),
        ("MaxPooling1D", (2, 1), {}),
        ("BatchNormalization", (1,), {}),
        ("MyLayer", (1, 2), {"nb_filter": 3}),
    ],
)
def test_todays_calls_stay_as_they_are(class_name, positional, keywords):
    assert translate(class_name, positional, keywords) == (class_name, positional, keywords)


def test_a_keras_1_program_means_keras_1():
    assert translate("Convolution2D", (32, 3, 3), {}, keras1=True)[2] == {
        "filters": 32,
        "kernel_size": (3, 3),
    }
    assert translate("MaxPooling2D", ((2, 2),), {}, keras1=True)[2] == {"pool_size": (2, 2)}


@pytest.mark.parametrize(
    ("positional", "keywords", "kernel"),
    [
        ((32, (3, 3)), {"border_mode": "same"}, (3, 3)),
        ((32, 3), {"border_mode": "same"}, 3),
        ((32,), {"kernel_size": 3, "border_mode": "same"}, 3),
    ],
)
def test_keras_2_calls_with_a_keyword_of_keras_1(positional, keywords, kernel):
    name, rest, found = translate("Conv2D", positional, keywords)
    spec = find(name)
    assert spec is not None
    bound = spec.bind(rest, found)
    assert (bound["filters"], bound["kernel_size"], bound["padding"]) == (32, kernel, "same")


def test_half_a_kernel_is_left_for_binding_to_refuse():
    name, rest, found = translate("Convolution2D", (32,), {"nb_row": 3})
    spec = find(name)
    assert spec is not None
    with pytest.raises(Exception, match="nb_row"):
        spec.bind(rest, found)


def test_unknown_values_stay_unknown():
    data_format = symbol("K.image_dim_ordering()")
    found = translate("Convolution2D", (32, 3, 3), {"dim_ordering": data_format})[2]
    assert found["data_format"] is data_format
    assert isinstance(translate("Conv1D", (32, 3), {"border_mode": "full"})[2]["padding"], Expression)


@pytest.mark.parametrize(
    ("keywords", "today"),
    [
        ({}, ("Add", (), {})),
        ({"mode": "sum"}, ("Add", (), {})),
        ({"mode": "concat"}, ("Concatenate", (), {"axis": -1})),
        (
            {"mode": "concat", "concat_axis": 1, "name": "both"},
            ("Concatenate", (), {"axis": 1, "name": "both"}),
        ),
        ({"mode": "dot", "dot_axes": [[1], [2]]}, ("Dot", (), {"axes": [1, 2], "normalize": False})),
        ({"mode": "cos", "dot_axes": 1}, ("Dot", (), {"axes": 1, "normalize": True})),
        ({"mode": "max"}, ("Maximum", (), {})),
        ({"mode": "ave"}, ("Average", (), {})),
        ({"mode": "mul"}, ("Multiply", (), {})),
    ],
)
@pytest.mark.parametrize("written", ["Merge", "merge"])
def test_merge_by_mode(written, keywords, today):
    assert translate(written, (["left", "right"],), keywords) == today
    assert translate(written, (), {"layers": ["left", "right"], **keywords}) == today
    assert merged_layers((["left", "right"],), keywords) == ["left", "right"]


def test_merge_by_a_function_is_unknown():
    name, rest, found = translate("Merge", (["left", "right"],), {"mode": symbol("f")})
    spec = find(name)
    assert spec is not None
    layer = Layer(name, spec.bind(rest, found), FileOrigin("test"))
    result = layer_call.infer(layer, [Shape.of(None, 3), Shape.of(None, 3)])
    assert (result.error, result.outputs) == (None, None)
    assert result.reason


@pytest.mark.parametrize(
    ("class_name", "positional", "keywords", "today"),
    [
        (
            "CuDNNLSTM",
            (32,),
            {"return_sequences": True},
            ("LSTM", (), {"units": 32, "return_sequences": True}),
        ),
        ("CuDNNGRU", (32,), {}, ("GRU", (), {"units": 32})),
        ("BatchNormalizationV1", (), {"axis": 1, "fused": True}, ("BatchNormalization", (), {"axis": 1})),
        ("BatchNormalizationV2", (), {"virtual_batch_size": 4}, ("BatchNormalization", (), {})),
        ("LeakyReLU", (), {"alpha": 0.1}, ("LeakyReLU", (), {"negative_slope": 0.1})),
        ("LSTM", (32,), {"implementation": 1, "time_major": False}, ("LSTM", (32,), {})),
        ("experimental.preprocessing.Rescaling", (0.5,), {}, ("Rescaling", (0.5,), {})),
        ("experimental.SyncBatchNormalization", (), {}, ("BatchNormalization", (), {})),
        ("CategoryEncoding", (), {"max_tokens": 5}, ("CategoryEncoding", (), {"num_tokens": 5})),
        ("Deconvolution2D", (8, (3, 3)), {"strides": 2}, ("Conv2DTranspose", (8, (3, 3)), {"strides": 2})),
        (
            "Deconv2D",
            (8, (3, 3)),
            {"output_shape": (None, 9, 9, 8), "strides": 2},
            ("Conv2DTranspose", (8, (3, 3)), {"strides": 2}),
        ),
        ("LSTM", (32,), {"time_major": True}, ("TimeMajorRNN", (), {})),
    ],
)
def test_keras_2_calls(class_name, positional, keywords, today):
    assert translate(class_name, positional, keywords) == today


@pytest.mark.parametrize(
    ("class_name", "positional", "keywords"),
    [
        ("Highway", ("uniform", "relu"), {"bias": True}),
        ("MaxoutDense", (64, 4), {"W_regularizer": "l2", "input_dim": 20}),
        ("SReLU", (), {"shared_axes": (1,)}),
        ("LSTM", (32,), {"time_major": True, "name": "first", "return_sequences": True}),
    ],
)
def test_what_cannot_be_judged_is_unknown_and_no_error(class_name, positional, keywords):
    name, rest, found = translate(class_name, positional, keywords)
    spec = find(name)
    assert spec is not None
    result = layer_call.infer(Layer(name, spec.bind(rest, found), FileOrigin("test")), Shape.of(None, 5, 4))
    assert (result.error, result.outputs) == (None, None)
    assert result.reason


def test_deconvolution_of_keras_1_has_its_shape_written_down():
    name, rest, found = translate(
        "Deconvolution2D", (3, 3, 3), {"output_shape": (None, 14, 14, 3), "border_mode": "valid"}
    )
    spec = find(name)
    assert spec is not None
    result = layer_call.infer(
        Layer(name, spec.bind(rest, found), FileOrigin("test")), Shape.of(None, 12, 12, 3)
    )
    assert result.outputs.sizes == (None, 14, 14, 3)


def test_initial_states_in_the_inputs():
    assert split_initial_state("LSTM", ["x", "h", "c"], {}) == ("x", {"initial_state": ["h", "c"]})
    assert split_initial_state("LSTM", "x", {"training": True}) == ("x", {"training": True})
    assert split_initial_state("Add", ["x", "y"], {}) == (["x", "y"], {})


# Keras 2's own classes, with tf_keras as the judge -----------------------------------------------------


def assert_agrees_with_keras_2(
    class_name: str, arguments: dict[str, Any], shape: tuple[int | None, ...]
) -> None:
    try:
        built = getattr(tf_keras.layers, class_name)(**arguments)
        truth = tuple(built(tf_keras.Input(batch_shape=shape)).shape)
    except Exception as error:
        truth, refusal = None, str(error)
    spec = find(class_name)
    assert spec is not None
    layer = Layer(class_name, spec.bind((), arguments), FileOrigin("test"))
    found = layer_call.infer(layer, Shape.of(*shape))
    where = f"{class_name}({arguments}) on {shape}: layoutlint {found}"
    if truth is None:
        assert found.error is not None, f"{where}, tf_keras refuses: {refusal}"
        return
    assert found.outputs is not None, where
    assert found.outputs.sizes == truth, where
    hidden = [None if size is None else symbol(f"n{index}") for index, size in enumerate(shape)]
    numbers = {next(iter(e.symbols())): size for e, size in zip(hidden, shape, strict=True) if e is not None}
    outputs = layer_call.infer(layer, Shape.of(*hidden)).outputs
    assert tuple(substitute(size, numbers) for size in outputs.sizes) == truth, where


SIDES = st.integers(1, 9) | st.sampled_from([None, 8, 8, 8])


@pytest.mark.parametrize("rank", [1, 2])
def test_locally_connected_as_in_keras_2(rank):
    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(SIDES, min_size=rank, max_size=rank + 2).map(lambda sizes: (None, *sizes)),
        st.integers(1, 3),
        st.integers(1, 2),
        st.sampled_from(["valid", "valid", "same"]),
        st.sampled_from(["channels_last", "channels_first"]),
    )
    def agrees(shape, kernel_size, strides, padding, data_format):
        arguments = {"filters": 3, "kernel_size": kernel_size, "strides": strides}
        arguments |= {"padding": padding, "data_format": data_format}
        if padding == "same":
            arguments["implementation"] = 2
        assert_agrees_with_keras_2(f"LocallyConnected{rank}D", arguments, shape)

    agrees()


@pytest.mark.parametrize("rank", [1, 2])
def test_weights_of_locally_connected_as_in_keras_2(rank):
    name, shape = f"LocallyConnected{rank}D", (*(None, 8, 7)[: rank + 1], 2)
    built = getattr(tf_keras.layers, name)(3, 2)
    built.build(shape)
    spec = find(name)
    assert spec is not None
    assert spec.weights is not None
    config = spec.bind((), {"filters": 3, "kernel_size": 2})
    found = spec.weights(LayerArguments(name, config), Shape.of(*shape))
    assert list(found.values()) == [tuple(weight.shape) for weight in built.weights]


def test_same_padding_needs_another_implementation():
    assert_agrees_with_keras_2(
        "LocallyConnected1D", {"filters": 3, "kernel_size": 2, "padding": "same"}, (None, 8, 2)
    )


@pytest.mark.parametrize("shape", [(None, 8, 9, 3), (None, 8)])
def test_thresholded_relu_as_in_keras_2(shape):
    assert_agrees_with_keras_2("ThresholdedReLU", {"theta": 0.5}, shape)


@pytest.mark.parametrize("class_name", ["RandomHeight", "RandomWidth"])
@pytest.mark.parametrize("shape", [(None, 8, 9, 3), (2, 8, 9, 1)])
def test_random_sides_as_in_keras_2(class_name, shape):
    assert_agrees_with_keras_2(class_name, {"factor": 0.2}, shape)


KERAS2_CONFIGS = [
    ("LSTM", {"units": 3, "implementation": 1}, (None, 5, 4)),
    ("GRU", {"units": 3, "return_sequences": True}, (None, 5, 4)),
    ("SimpleRNN", {"units": 3}, (None, 5, 4)),
    ("ConvLSTM2D", {"filters": 3, "kernel_size": 2}, (None, 5, 8, 8, 2)),
    ("BatchNormalization", {"axis": 1}, (None, 5, 4)),
    ("Embedding", {"input_dim": 9, "output_dim": 3, "input_length": 5}, (None, 5)),
    ("LeakyReLU", {"alpha": 0.2}, (None, 5)),
    ("Conv2D", {"filters": 3, "kernel_size": 2}, (None, 8, 8, 2)),
    ("SeparableConv2D", {"filters": 3, "kernel_size": 2}, (None, 8, 8, 2)),
    ("DepthwiseConv2D", {"kernel_size": 2}, (None, 8, 8, 2)),
    ("Conv2DTranspose", {"filters": 3, "kernel_size": 2, "strides": 2}, (None, 8, 8, 2)),
    ("Dense", {"units": 3}, (None, 5)),
    ("Softmax", {}, (None, 5)),
    ("Attention", {}, None),
    ("Resizing", {"height": 4, "width": 5}, (None, 8, 8, 3)),
    ("RandomRotation", {"factor": 0.2}, (None, 8, 8, 3)),
    ("UpSampling2D", {}, (None, 8, 8, 3)),
    ("ZeroPadding2D", {}, (None, 8, 8, 3)),
    ("Flatten", {}, (None, 8, 3)),
    ("MaxPooling1D", {}, (None, 8, 3)),
]


@pytest.mark.parametrize(("class_name", "arguments", "shape"), KERAS2_CONFIGS)
def test_configs_that_keras_2_saves(class_name, arguments, shape):
    built = getattr(tf_keras.layers, class_name)(**arguments)
    name, rest, found = translate(class_name, (), built.get_config())
    spec = find(name)
    assert spec is not None
    config = spec.bind(rest, found)
    if shape is None:
        return
    truth = tuple(built(tf_keras.Input(batch_shape=shape)).shape)
    result = layer_call.infer(Layer(name, config, FileOrigin("test")), Shape.of(*shape))
    assert result.outputs is not None, result
    assert result.outputs.sizes == truth
