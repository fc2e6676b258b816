import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler


def add_time_axis(table):
    return np.expand_dims(table, 2)


wines = pd.read_csv("quality.csv")
label = wines.pop("good").to_numpy()

prepare = make_pipeline(MinMaxScaler(), FunctionTransformer(add_time_axis))
features = prepare.fit_transform(wines)
steps, depth = features.shape[1], features.shape[2]

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Conv1D(32, 2, padding="same", activation="relu", input_shape=(steps, depth)))
model.add(tf.keras.layers.Conv1D(16, 2, padding="same", activation="relu"))
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(features, label, epochs=1, batch_size=16)

fresh = prepare.transform(wines.head(3))
print(model.predict(fresh).ravel())
