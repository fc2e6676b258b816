"""``python -m tests.fuzz.exporters FOLDER``: a small model as TensorFlow's exporters write it."""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path) -> None:
    import keras
    import tensorflow as tf
    from keras import layers
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    keras.utils.set_random_seed(1)
    inputs = keras.Input((8, 3), name="signal")
    x = layers.Conv1D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    x = layers.BatchNormalization(name="norm")(layers.MaxPooling1D(2, name="pool")(x))
    outputs = layers.Dense(2, name="answer")(layers.Flatten(name="flat")(x))
    model = keras.Model(inputs, outputs, name="net")

    model.export(str(folder / "model"))
    (folder / "model" / "saved_model.pb").replace(folder / "exported.pb")
    function = tf.function(lambda signal: model(signal))
    frozen = convert_variables_to_constants_v2(function.get_concrete_function(tf.TensorSpec((None, 8, 3))))
    (folder / "frozen.pb").write_bytes(frozen.graph.as_graph_def().SerializeToString())
    (folder / "model.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
