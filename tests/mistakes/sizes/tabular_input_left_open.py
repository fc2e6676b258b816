# expect: undefined-axis @ 16
# keras: crash
import numpy as np
from sklearn.datasets import make_classification
from sklearn.preprocessing import StandardScaler
from tensorflow import keras

X, y = make_classification(n_samples=200, n_features=20, random_state=0)
X = StandardScaler().fit_transform(X)


def get_model(dropout=0.2, units=(64, 32)):
    inputs = keras.Input(shape=(None,))
    x = inputs
    for u in units:
        x = keras.layers.Dense(u, activation="relu")(x)
        x = keras.layers.Dropout(dropout)(x)
    outputs = keras.layers.Dense(1, activation="sigmoid")(x)
    return keras.Model(inputs, outputs)


model = get_model()
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=3, validation_split=0.2, verbose=0)
