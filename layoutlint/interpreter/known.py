"""Everything that the interpreter knows of the world outside a program: the libraries, each listed once."""

from layoutlint.interpreter.core.registry import Registry
from layoutlint.interpreter.keras import exports, get_config, onnx_runtime, tflite
from layoutlint.interpreter.keras.natives import NATIVES
from layoutlint.interpreter.libraries import (
    argparse_click_absl,
    builtins,
    einops,
    image_batches,
    image_sizes,
    itertools,
    json_yaml_toml,
    keras_generators,
    keras_text,
    keras_tuner,
    numpy,
    numpy_files,
    operator,
    pandas,
    pandas_groups,
    paths,
    pillow_opencv,
    sklearn,
    sklearn_metrics,
    sklearn_pipelines,
    standard_library,
    tensorflow,
    tf_data,
    variables,
)

LIBRARIES = (
    builtins.LIBRARY,
    exports.LIBRARY,
    get_config.LIBRARY,
    tflite.LIBRARY,
    onnx_runtime.LIBRARY,
    argparse_click_absl.LIBRARY,
    einops.LIBRARY,
    image_batches.LIBRARY,
    image_sizes.LIBRARY,
    itertools.LIBRARY,
    json_yaml_toml.LIBRARY,
    keras_generators.LIBRARY,
    keras_text.LIBRARY,
    keras_tuner.LIBRARY,
    numpy.LIBRARY,
    numpy_files.LIBRARY,
    operator.LIBRARY,
    pandas.LIBRARY,
    pandas_groups.LIBRARY,
    paths.LIBRARY,
    pillow_opencv.LIBRARY,
    sklearn.LIBRARY,
    sklearn_metrics.LIBRARY,
    sklearn_pipelines.LIBRARY,
    standard_library.LIBRARY,
    tensorflow.LIBRARY,
    tf_data.LIBRARY,
    variables.LIBRARY,
)

REGISTRY = Registry(LIBRARIES, NATIVES)
