# TextVectorization takes a text, a list of texts and a batch of them
import random

import keras
import numpy as np
import pandas as pd
import tensorflow as tf

table = pd.read_csv("reviews.csv")
texts = table["review"].to_numpy()
vectorize = keras.layers.TextVectorization(max_tokens=1000, output_sequence_length=12)
vectorize.adapt(texts)

chosen = random.choice(texts)
one = vectorize([chosen])
vectorize(chosen)
vectorize("a fine day")
keras.layers.Embedding(1000, 8)(one)
tf.data.Dataset.from_tensor_slices(texts).map(vectorize)

model = keras.Sequential(
    [vectorize, keras.layers.Embedding(1000, 8), keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1)]
)
model.compile("adam", "mse")
model.fit(texts, np.zeros(len(texts)))
model.predict(["a fine day"])
model.predict([chosen])
model.predict(tf.constant(["a fine day", "a bad one"]))

stored = keras.layers.TFSMLayer("ranking", call_endpoint="serving_default")
stored((tf.zeros((3, 4)), tf.zeros((3, 2))))
columns = keras.layers.DenseFeatures([])
columns({"age": tf.zeros((3, 1)), "pay": tf.zeros((3, 1))})
