# expect: kernel-wider-than-input @ 17
# keras: crash
import tensorflow as tf
from tensorflow.keras import layers, models

# settings from the paper, but our beats have only 187 samples
CONFIG = {
    "input_length": 187,
    "filters": [32, 64, 128, 256, 256],
    "kernels": [16, 16, 8, 8, 8],
    "pool": 3,
    "classes": 5,
}


def conv_block(x, filters, kernel, pool):
    x = layers.Conv1D(filters, kernel)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    return layers.MaxPooling1D(pool)(x)


def build(cfg):
    inputs = layers.Input((cfg["input_length"], 1))
    x = inputs
    for f, k in zip(cfg["filters"], cfg["kernels"]):
        x = conv_block(x, f, k, cfg["pool"])
    x = layers.GlobalAveragePooling1D()(x)
    x = layers.Dropout(0.3)(x)
    return models.Model(inputs, layers.Dense(cfg["classes"], activation="softmax")(x))


model = build(CONFIG)
model.compile("adam", "sparse_categorical_crossentropy")
