# expect: statistic-of-one-value @ 11
# reported: round 5
# keras: silent
import numpy as np
from tensorflow.keras import layers, models
from tensorflow.keras.datasets import fashion_mnist


def standardize(x, samplewise_center=True, samplewise_std_normalization=True, channel_axis=-1):
    if samplewise_center:
        x = x - np.mean(x, axis=channel_axis, keepdims=True)
    if samplewise_std_normalization:
        x = x / (np.std(x, axis=channel_axis, keepdims=True) + 1e-7)
    return x


(x_train, y_train), (x_test, y_test) = fashion_mnist.load_data()
x_train, y_train, x_test, y_test = x_train[:64], y_train[:64], x_test[:64], y_test[:64]
x_train = standardize(x_train[..., np.newaxis].astype("float32"))
x_test = standardize(x_test[..., np.newaxis].astype("float32"))

model = models.Sequential()
model.add(layers.Conv2D(32, (3, 3), activation="relu", input_shape=x_train.shape[1:]))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Flatten())
model.add(layers.Dense(64, activation="relu"))
model.add(layers.Dense(10, activation="softmax"))
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1, validation_data=(x_test, y_test))
