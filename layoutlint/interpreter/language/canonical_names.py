"""Qualified names made canonical: ``tensorflow.keras.layers.Conv1D``, ``tf_keras.layers.Conv1D`` and
``keras.layers.convolutional.Conv1D`` are one and the same thing.
"""

from __future__ import annotations

import re
from functools import cache

_KERAS_PREFIXES = re.compile(
    r"^(tensorflow\.(compat\.v[12]\.)?(_api\.v2\.)?(python\.|contrib\.)?(keras\.api\.)?keras"
    r"|tf_keras(\.src)?|keras\.(src|api|_tf_keras\.keras)(\.v2\.keras)?|tensorflow_core\.keras)(?=\.|$)"
)

_MOVED = {
    "keras.models.Sequential": "keras.Sequential",
    "keras.models.Model": "keras.Model",
    "keras.models.Functional": "keras.Model",
    "keras.Functional": "keras.Model",
    "keras.layers.Input": "keras.Input",
    "keras.layers.InputLayer": "keras.layers.InputLayer",
    "keras.Layer": "keras.layers.Layer",
    "keras.preprocessing.sequence.pad_sequences": "keras.utils.pad_sequences",
    "keras.utils.np_utils.to_categorical": "keras.utils.to_categorical",
    "keras.utils.vis_utils.plot_model": "keras.utils.plot_model",
    "keras.backend.common.image_data_format": "keras.backend.image_data_format",
    "keras.backend.config.image_data_format": "keras.backend.image_data_format",
}
_ENGINE = re.compile(
    r"^keras\.(engine|models|layers)(\.\w+)*\.(Model|Sequential|Functional|Input|Layer|InputSpec)$"
)


@cache
def canonical(name: str) -> str:
    """Return one qualified name for everything that Keras and TensorFlow export under several."""
    name = _KERAS_PREFIXES.sub("keras", name)
    if name.startswith("keras_applications"):
        name = name.replace("keras_applications", "keras.applications", 1)
    if name.startswith(("tensorflow.compat.v1", "tensorflow.compat.v2")):
        name = ".".join(("tensorflow", *name.split(".")[3:]))
    if not name.startswith("keras."):
        return name
    if name in _MOVED:
        return _MOVED[name]
    last = name.rsplit(".", 1)[-1]
    if _ENGINE.match(name) and not name.startswith("keras.layers.core.Model"):
        return {"Model": "keras.Model", "Functional": "keras.Model", "Sequential": "keras.Sequential"}.get(
            last, "keras.Input" if last == "Input" else f"keras.layers.{last}"
        )
    if name.startswith("keras.layers.") and name.count(".") > 2 and (last[:1].isupper() or is_merge(last)):
        return f"keras.layers.{last}"
    if name.startswith(("keras.legacy.layers.", "keras.layers.legacy.")):
        return f"keras.layers.{last}"
    return name


def is_merge(name: str) -> bool:
    return name in (
        "add",
        "subtract",
        "multiply",
        "average",
        "maximum",
        "minimum",
        "concatenate",
        "dot",
        "merge",
    )
