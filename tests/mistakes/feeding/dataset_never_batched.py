# expect: missing-sample-axis @ 18
# keras: crash
import numpy as np
import tensorflow as tf

features = np.random.rand(100, 13).astype("float32")
prices = np.random.rand(100).astype("float32")

train_ds = tf.data.Dataset.from_tensor_slices((features[:80], prices[:80]))
train_ds = train_ds.shuffle(buffer_size=80).prefetch(tf.data.AUTOTUNE)
val_ds = tf.data.Dataset.from_tensor_slices((features[80:], prices[80:])).batch(16)

inputs = tf.keras.Input(shape=(13,))
x = tf.keras.layers.Dense(64, activation="relu")(inputs)
x = tf.keras.layers.Dense(64, activation="relu")(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
model.fit(train_ds, validation_data=val_ds, epochs=2)
