# missed: pooled-to-one-number @ 30 found with low confidence: others want just this number
# reported: round 3
# keras: silent
# file: waves.npy (20, 101)
# file: kinds.npy (20,)<2
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


x_train, y_train = np.load("waves.npy"), np.load("kinds.npy")
x_train = x_train.reshape((x_train.shape[0], x_train.shape[1], 1))
n_classes = len(np.unique(y_train))
y_train[y_train == -1] = 0


def transformer_encoder(inputs, head_size, num_heads, ff_dim, dropout=0):
    x = layers.MultiHeadAttention(key_dim=head_size, num_heads=num_heads, dropout=dropout)(inputs, inputs)
    res = layers.Dropout(dropout)(x) + inputs
    x = layers.Conv1D(filters=ff_dim, kernel_size=1, activation="relu")(res)
    x = layers.Conv1D(filters=inputs.shape[-1], kernel_size=1)(x)
    return x + res


def build_model(input_shape, blocks, mlp_units, mlp_dropout=0.4):
    inputs = keras.Input(shape=input_shape)
    x = inputs
    for _ in range(blocks):
        x = transformer_encoder(x, head_size=8, num_heads=2, ff_dim=4, dropout=0.25)
    x = layers.GlobalAveragePooling1D(data_format="channels_last")(x)
    for dim in mlp_units:
        x = layers.Dense(dim, activation="relu")(x)
        x = layers.Dropout(mlp_dropout)(x)
    outputs = layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)


model = build_model(x_train.shape[1:], blocks=2, mlp_units=[32])
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["sparse_categorical_accuracy"])
model.fit(x_train, y_train, validation_split=0.2, epochs=1, batch_size=8)
