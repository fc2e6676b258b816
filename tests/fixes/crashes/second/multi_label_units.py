import numpy as np
import tensorflow as tf

tags = np.random.randint(0, 2, (40, 14)).astype("float32")
clips = np.random.rand(40, 64)
inputs = tf.keras.Input(shape=(64,))
x = tf.keras.layers.Dense(128, activation="relu")(inputs)
outputs = tf.keras.layers.Dense(units=12, activation="sigmoid")(x)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss=tf.keras.losses.BinaryCrossentropy())
model.fit(clips, tags, validation_split=0.25, epochs=1, verbose=0)
