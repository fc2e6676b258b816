# expect: squeeze-all-axes @ 17
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class Regressor(tf.keras.Model):
    def __init__(self, hidden=(64, 32)):
        super().__init__()
        self.hidden = [layers.Dense(h, activation="relu") for h in hidden]
        self.out = layers.Dense(1)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return tf.squeeze(self.out(x))


X = np.random.rand(64, 8).astype("float32")
y = np.random.rand(64).astype("float32")
model = Regressor()
model.compile(optimizer="adam", loss="mse")
model.fit(X, y, batch_size=16, epochs=1, verbose=0)
