# expect: missing-sample-axis @ 19
# keras: crash
import numpy as np
import tensorflow as tf

points = np.random.rand(20, 6).astype("float32")
values = np.random.rand(20, 1).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices((points, values)).shuffle(20)

inputs = tf.keras.Input((6,))
hidden = tf.keras.layers.Dense(8, activation="swish")(inputs)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(hidden))
optimizer = tf.keras.optimizers.SGD(0.01)
loss_of = tf.keras.losses.MeanSquaredError()

for epoch in range(1):
    for x, y in dataset:
        with tf.GradientTape() as tape:
            error = loss_of(y, model(x, training=True))
        gradients = tape.gradient(error, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
