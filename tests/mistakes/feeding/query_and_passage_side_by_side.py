# expect: fed-structure @ 29
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow import keras

query = keras.Input((12,), name="query", dtype="int32")
passage = keras.Input((60,), name="passage", dtype="int32")
table = keras.layers.Embedding(500, 16)
q = keras.layers.GlobalAveragePooling1D()(table(query))
p = keras.layers.GlobalAveragePooling1D()(table(passage))
rank = keras.layers.Dense(1, activation="sigmoid")(keras.layers.Concatenate()([q, p]))
model = keras.Model([query, passage], rank)
model.compile("adam", "binary_crossentropy")


def examples():
    for _ in range(64):
        q = np.random.randint(0, 500, 12)
        p = np.random.randint(0, 500, 60)
        label = np.random.randint(0, 2)
        yield q, p, label


signature = (
    tf.TensorSpec((12,), tf.int32), tf.TensorSpec((60,), tf.int32), tf.TensorSpec((), tf.int32),
)
data = tf.data.Dataset.from_generator(examples, output_signature=signature).batch(8)
model.fit(data, epochs=1)
