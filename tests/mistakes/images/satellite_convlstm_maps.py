# expect: missing-time-axis @ 11
# keras: crash
import numpy as np
import keras
from keras import layers

# maps of soil moisture, one a day: 60 days of 40 x 40 cells
maps = np.random.rand(60, 40, 40, 1).astype("float32")

inp = layers.Input(shape=maps.shape[1:])
x = layers.ConvLSTM2D(filters=16, kernel_size=(5, 5), padding="same", return_sequences=True)(inp)
x = layers.BatchNormalization()(x)
x = layers.ConvLSTM2D(filters=16, kernel_size=(3, 3), padding="same", return_sequences=True)(x)
x = layers.Conv3D(filters=1, kernel_size=(3, 3, 3), activation="sigmoid", padding="same")(x)
model = keras.models.Model(inp, x)
model.compile(loss="binary_crossentropy", optimizer="adam")
