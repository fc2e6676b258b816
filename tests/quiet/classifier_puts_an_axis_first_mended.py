# the corrected twin of feeding/classifier_puts_an_axis_first
import numpy as np
import tensorflow as tf

x = np.random.rand(256, 30).astype("float32")
y = (x.sum(axis=1) > 15).astype("int32")


class Classifier(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = tf.keras.layers.LSTM(8)
        self.fc = tf.keras.layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        h = tf.expand_dims(inputs, axis=-1)
        h = self.lstm(h)
        return self.fc(h)


clf = Classifier()
opt = tf.keras.optimizers.Adam()
bce = tf.keras.losses.BinaryCrossentropy()
ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(32)
for xb, yb in ds:
    with tf.GradientTape() as tape:
        p = clf(xb)
        loss = tf.reduce_mean((p - tf.cast(yb[:, None], tf.float32)) ** 2)
    grads = tape.gradient(loss, clf.trainable_variables)
    opt.apply_gradients(zip(grads, clf.trainable_variables))
