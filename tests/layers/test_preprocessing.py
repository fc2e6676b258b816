from __future__ import annotations

import inspect

import keras
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layoutlint.inference import layer_call
from layoutlint.layers import image_preprocessing, preprocessing, spectrograms
from layoutlint.layers.registry import find
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.sizes import Expression
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically, inferred, observe
from tests.oracle.pairs import assert_pair_agrees, ours, theirs

LAYERS = (*image_preprocessing.LAYERS, *preprocessing.LAYERS, *spectrograms.LAYERS)
SIZES = st.none() | st.integers(1, 9)
SHAPES = st.lists(SIZES, max_size=4).map(lambda sizes: (None, *sizes))
REQUIRED = {
    "factor": 0.1,
    "height_factor": 0.1,
    "width_factor": 0.1,
    "height": 4,
    "width": 5,
    "max_number": 3,
    "scale": 0.5,
}
KEPT = [spec.name for spec in LAYERS if spec.keeps_axes and spec.name != "Normalization"]


def required(class_name):
    spec = find(class_name)
    assert spec is not None
    found = {name: REQUIRED[name] for name in spec.parameters.required}
    return found | {"factor": 4} if class_name == "RandomPosterization" else found


@pytest.mark.parametrize("class_name", KEPT)
def test_augmentations_keep_the_shape_as_in_keras(class_name):
    @settings(max_examples=6, deadline=None)
    @given(SHAPES, st.sampled_from(["channels_last", "channels_first"]))
    def agrees(shape, data_format):
        arguments = required(class_name)
        if class_name != "Rescaling":
            arguments["data_format"] = data_format
        assert_agrees(class_name, arguments, shape)
        assert_agrees_symbolically(class_name, arguments, shape)

    agrees()


@pytest.mark.parametrize("class_name", ["Resizing", "CenterCrop", "RandomCrop"])
def test_images_brought_to_size_as_in_keras(class_name):
    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(SIZES, min_size=2, max_size=3).map(lambda sizes: (None, *sizes)) | st.just((None,)),
        st.sampled_from(["channels_last", "channels_first"]),
        st.integers(1, 9),
    )
    def agrees(shape, data_format, height):
        arguments = {"height": height, "width": 5, "data_format": data_format}
        assert_agrees(class_name, arguments, shape)
        assert_agrees_symbolically(class_name, arguments, shape)

    agrees()


@pytest.mark.parametrize("option", ["crop_to_aspect_ratio", "pad_to_aspect_ratio", "antialias"])
def test_resizing_options_do_not_change_the_shape(option):
    assert_agrees("Resizing", {"height": 4, "width": 5, option: True}, (None, 8, 9, 3))


def test_a_dictionary_of_images_and_labels():
    inputs = {"images": (None, 8, 9, 3), "labels": (None, 2)}
    assert_agrees("RandomFlip", {}, inputs)
    assert_agrees("MixUp", {}, inputs)


def test_bounding_boxes_are_filled_up():
    inputs = {"images": (None, 8, 9, 3), "bounding_boxes": {"boxes": (None, 9, 4), "labels": (None, 9)}}
    assert_agrees("MaxNumBoundingBoxes", {"max_number": 3}, inputs)
    assert_agrees("MaxNumBoundingBoxes", {"max_number": 3}, (None, 8, 9, 3))


@settings(max_examples=40, deadline=None)
@given(
    SHAPES, st.none() | st.integers(-4, 3) | st.lists(st.integers(1, 2), min_size=1, max_size=2, unique=True)
)
def test_normalization_as_in_keras(shape, axis):
    assert_agrees("Normalization", {"axis": axis}, shape)
    assert_agrees_symbolically("Normalization", {"axis": axis}, shape)


def test_normalization_wants_mean_and_variance_together():
    assert_agrees("Normalization", {"mean": 1.0, "variance": 2.0}, (None, 5))
    assert_agrees("Normalization", {"mean": 1.0}, (None, 5))


MODES = st.sampled_from(["int", "one_hot", "multi_hot", "count"])


@settings(max_examples=40, deadline=None)
@given(SHAPES, st.sampled_from(["one_hot", "multi_hot", "count", "binary", "int"]), st.sampled_from([1, 7]))
def test_category_encoding_as_in_keras(shape, mode, tokens):
    assert_agrees("CategoryEncoding", {"num_tokens": tokens, "output_mode": mode}, shape)
    if mode != "int":
        assert_agrees_symbolically("CategoryEncoding", {"num_tokens": tokens, "output_mode": mode}, shape)


@settings(max_examples=40, deadline=None)
@given(SHAPES, MODES, st.sampled_from([{"num_bins": 7}, {"bin_boundaries": [0.0, 1.0]}, {}]), st.booleans())
def test_discretization_as_in_keras(shape, mode, bins, sparse):
    arguments = {"output_mode": mode, **bins} | ({"sparse": True} if sparse and bins else {})
    assert_agrees("Discretization", arguments, shape)
    if bins and not (sparse and mode == "int"):
        assert_agrees_symbolically("Discretization", arguments, shape)


@settings(max_examples=30, deadline=None)
@given(SHAPES, MODES, st.sampled_from([7, 7, 7, 0]))
def test_hashing_as_in_keras(shape, mode, bins):
    arguments = {"num_bins": bins, "output_mode": mode}
    assert_agrees("Hashing", arguments, shape)
    if bins:
        assert_agrees_symbolically("Hashing", arguments, shape)


@pytest.mark.parametrize("mode", ["int", "one_hot", "multi_hot"])
@pytest.mark.parametrize(
    "inputs",
    [
        [(None, 1), (None, 1)],
        [(None,), (None,)],
        [(None, 5), (None, 5)],
        [(None, 1), (None, 5)],
        [(None, 1), (None, 1), (None, 1)],
        (None, 1),
    ],
)
def test_hashed_crossing_as_in_keras(mode, inputs):
    if mode == "multi_hot" and inputs != [(None, 1), (None, 1)]:
        return  # one defect at most
    assert_agrees("HashedCrossing", {"num_bins": 5, "output_mode": mode}, inputs)


LOOKUP_MODES = st.sampled_from(["int", "one_hot", "multi_hot", "count"])


@settings(max_examples=30, deadline=None)
@given(
    SHAPES,
    LOOKUP_MODES,
    st.sampled_from(
        [
            {"vocabulary": [1, 2, 3]},
            {"vocabulary": [1, 2, 3], "num_oov_indices": 2},
            {"vocabulary": [1, 2], "num_oov_indices": 0},
            {"vocabulary": [1, 2, 3], "mask_token": 0},
            {"max_tokens": 9, "pad_to_max_tokens": True},
            {"pad_to_max_tokens": True},
            {"max_tokens": 1},
        ]
    ),
)
def test_integer_lookup_as_in_keras(shape, mode, arguments):
    assert_agrees("IntegerLookup", {**arguments, "output_mode": mode}, shape)


@settings(max_examples=30, deadline=None)
@given(
    SHAPES,
    LOOKUP_MODES,
    st.sampled_from(
        [
            {"vocabulary": ["a", "b"]},
            {"vocabulary": ["a", "b"], "mask_token": "", "num_oov_indices": 3},
            {"max_tokens": 9, "pad_to_max_tokens": True},
        ]
    ),
)
def test_string_lookup_as_in_keras(shape, mode, arguments):
    assert_agrees("StringLookup", {**arguments, "output_mode": mode}, shape)


@pytest.mark.parametrize("class_name", ["StringLookup", "TextVectorization"])
def test_a_vocabulary_with_special_tokens_is_of_unknown_size(class_name):
    arguments = {"vocabulary": ["[UNK]", "a"], "output_mode": "multi_hot"}
    truth = observe(class_name, arguments, (None, 5))
    found = inferred(class_name, arguments, (None, 5)).outputs
    assert found.rank == len(truth.shapes)
    assert isinstance(found[-1].size, Expression)


def test_a_vocabulary_learnt_from_data_is_of_unknown_size():
    found = inferred("StringLookup", {"output_mode": "one_hot"}, (None, 5)).outputs
    assert found.rank == 3
    assert isinstance(found[-1].size, Expression)


@settings(max_examples=40, deadline=None)
@given(
    SHAPES,
    LOOKUP_MODES,
    st.sampled_from(["whitespace", "character", None]),
    st.sampled_from([{"vocabulary": ["a", "b"]}, {"max_tokens": 9, "pad_to_max_tokens": True}]),
    st.none() | st.integers(1, 9),
)
def test_text_vectorization_as_in_keras(shape, mode, split, vocabulary, length):
    arguments = {"output_mode": mode, "split": split, **vocabulary}
    if length is not None:
        arguments["output_sequence_length"] = length
    assume(mode == "int" or split is None or len(shape) == 1 or shape[-1] != 1)
    assert_agrees("TextVectorization", arguments, shape)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.none() | st.integers(1, 9000), max_size=2).map(lambda s: (None, *s)), st.integers(1, 600))
def test_mel_spectrogram_as_in_keras(shape, stride):
    arguments = {"sequence_stride": stride, "num_mel_bins": 40}
    assert_agrees("MelSpectrogram", arguments, shape)
    assert_agrees_symbolically("MelSpectrogram", arguments, shape)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.none() | st.integers(1, 60), min_size=1, max_size=3).map(lambda s: (None, *s)),
    st.fixed_dictionaries(
        {
            "mode": st.sampled_from(["log", "magnitude", "psd", "real", "imag", "angle", "stft"]),
            "frame_length": st.integers(2, 20),
            "padding": st.sampled_from(["valid", "same"]),
            "expand_dims": st.booleans(),
            "data_format": st.sampled_from(["channels_last", "channels_first"]),
        },
        optional={"fft_length": st.sampled_from([32, 40]), "frame_step": st.integers(1, 2)},
    ),
)
def test_stft_spectrogram_as_in_keras(shape, arguments):
    arguments["window"] = None  # named windows need scipy
    assert_agrees("STFTSpectrogram", arguments, shape)
    assert_agrees_symbolically("STFTSpectrogram", arguments, shape)


@pytest.mark.parametrize("wrong", [{"frame_step": 0}, {"fft_length": 100}, {"mode": "mel"}])
def test_stft_spectrogram_refuses_as_in_keras(wrong):
    assert_agrees("STFTSpectrogram", {"window": None, **wrong}, (None, 8000, 1))


@pytest.mark.parametrize(
    ("description", "shape"),
    [
        (("Normalization", {}), (None, 8, 3)),
        (("Normalization", {"axis": (1, 2)}), (None, 8, 3)),
        (("Normalization", {"mean": 1.0, "variance": 1.0}), (None, 8, 3)),
        (("STFTSpectrogram", {"window": None, "frame_length": 20}), (None, 80, 1)),
        (("STFTSpectrogram", {"window": None, "frame_length": 20, "mode": "real"}), (None, 80, 1)),
    ],
)
def test_weights_are_keras_weights(description, shape):
    built = theirs(description)
    built.build(shape)
    spec = find(description[0])
    assert spec is not None
    assert spec.weights is not None
    found = spec.weights(LayerArguments(description[0], ours(description).config), Shape.of(*shape))
    assert list(found.items()) == [(weight.name, tuple(weight.shape)) for weight in built.weights]


def test_a_pipeline_is_its_layers_in_order():
    steps = [("Rescaling", {"scale": 0.5}), ("Resizing", {"height": 4, "width": 5}), ("RandomFlip", {})]
    assert_pair_agrees(("Pipeline", {"layers": steps}), (None, 8, 9, 3))
    assert_pair_agrees(("Pipeline", {"layers": steps}), (None,))


def test_images_keep_their_axes():
    shape = Shape([Axis(None), Axis(8, "height"), Axis(9, "width"), Axis(3, "channels")])
    found = layer_call.infer(ours(("Resizing", {"height": 4, "width": 5})), shape)
    assert [axis.role for axis in found.outputs] == ["", "height", "width", "channels"]
    assert found.interpretation is not None
    assert found.interpretation.axes == "(batch, height=8, width=9, channels=3)"


@pytest.mark.parametrize("class_name", ["TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper"])
def test_layers_of_other_frameworks_are_unknown_on_purpose(class_name):
    spec = find(class_name)
    assert spec is not None
    assert spec.shape is None
    assert spec.why


@pytest.mark.parametrize("spec", LAYERS, ids=lambda spec: spec.name)
def test_parameters_are_keras_parameters(spec):
    real = inspect.signature(getattr(keras.layers, spec.name).__init__).parameters.values()
    named = [p for p in real if p.name != "self" and p.kind is not p.VAR_KEYWORD]
    assert [parameter.name for parameter in named] == list(spec.parameters.positional)
    defaults = {p.name: p.default for p in named if p.default is not p.empty}
    assert spec.parameters.defaults == defaults
