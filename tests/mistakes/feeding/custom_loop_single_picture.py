# expect: missing-sample-axis @ 22
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow import keras

model = keras.Sequential([
    keras.layers.Input((48, 48, 1)),
    keras.layers.Conv2D(16, 3, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.Flatten(),
    keras.layers.Dense(7),
])
optimizer = keras.optimizers.Adam()
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

faces = np.random.rand(10, 48, 48, 1).astype("float32")
emotions = np.random.randint(0, 7, 10)

for step in range(len(faces)):
    with tf.GradientTape() as tape:
        logits = model(faces[step], training=True)
        loss = loss_fn(emotions[step], logits)
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
