import os
import string
from collections import Counter

import numpy as np
import keras
from keras import ops
from keras import layers

img_width = 100
img_height = 32
labels = ["2b827", "y5g7x", "nnn5p", "3xfad"]
characters = set(char for label in labels for char in label)
characters = sorted(list(characters))
max_length = max([len(label) for label in labels])
# Factor by which the image is going to be downsampled by the convolutional blocks
downsample_factor = 4

alphabet = string.digits + string.ascii_lowercase
char_to_num = {c: i for i, c in enumerate(alphabet)}


def encode(label):
    return np.array([char_to_num[c] for c in label])


y = np.stack([encode(l) for l in labels])


class CTCLayer(layers.Layer):
    def __init__(self, name=None):
        super().__init__(name=name)

    def call(self, y_true, y_pred):
        # just return the predictions
        return y_pred


def build_model():
    input_img = layers.Input(shape=(img_width, img_height, 1), name="image", dtype="float32")
    labels = layers.Input(name="label", shape=(None,), dtype="float32")

    x = layers.Conv2D(8, (3, 3), activation="relu", kernel_initializer="he_normal", padding="same", name="Conv1")(input_img)
    x = layers.MaxPooling2D((2, 2), name="pool1")(x)
    x = layers.Conv2D(16, (3, 3), activation="relu", kernel_initializer="he_normal", padding="same", name="Conv2")(x)
    x = layers.MaxPooling2D((2, 2), name="pool2")(x)

    # We have used two max pool with pool size and strides 2.
    new_shape = ((img_width // downsample_factor), (img_height // downsample_factor) * 16)
    x = layers.Reshape(target_shape=new_shape, name="reshape")(x)
    x = layers.Dense(16, activation="relu", name="dense1")(x)
    x = layers.Dropout(0.2)(x)

    x = layers.Bidirectional(layers.LSTM(16, return_sequences=True, dropout=0.25))(x)
    x = layers.Bidirectional(layers.LSTM(8, return_sequences=True, dropout=0.25))(x)

    x = layers.Dense(len(alphabet) + 1, activation="softmax", name="dense2")(x)
    output = CTCLayer(name="ctc_loss")(labels, x)
    return keras.models.Model(inputs=[input_img, labels], outputs=output, name="ocr_model_v1")


model = build_model()
model.summary()
prediction_model = keras.models.Model(model.input[0], model.get_layer(name="dense2").output)

# the other way round: height x width, collapse the height
def crnn(height=32, width=None, n_chars=len(characters)):
    inp = keras.Input((height, width, 1))
    x = inp
    for filters, pool in zip([8, 16, 16, 32], [(2, 2), (2, 2), (2, 1), (2, 1)]):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D(pool_size=pool)(x)
    x = layers.Conv2D(32, (2, 2), activation="relu")(x)
    x = layers.Lambda(lambda t: ops.squeeze(t, 1))(x)
    for units in (16, 8):
        x = layers.Bidirectional(layers.GRU(units, return_sequences=True), merge_mode="sum")(x)
    return keras.Model(inp, layers.Dense(n_chars + 1, activation="softmax")(x))


fixed = crnn(width=128)
free = crnn()
fixed_narrow = layers.TimeDistributed(layers.Dense(3))(fixed.output)
