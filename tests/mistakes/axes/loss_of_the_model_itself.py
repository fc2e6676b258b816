# expect: samples-against-samples @ 28
# keras: silent
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np
import keras
from keras import layers, ops


@keras.saving.register_keras_serializable()
class RobustRegressor(keras.Model):
    """Regression with a log-cosh loss plus a penalty on the last kernel (any backend)."""

    def __init__(self, units=32, penalty=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.penalty = penalty
        self.norm = layers.LayerNormalization()
        self.fc1 = layers.Dense(units, activation="gelu")
        self.fc2 = layers.Dense(units, activation="gelu")
        self.head = layers.Dense(1)

    def call(self, x):
        return self.head(self.fc2(self.fc1(self.norm(x))))

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        error = y - y_pred
        data_loss = ops.mean(error + ops.softplus(-2.0 * error) - ops.log(2.0))
        return data_loss + self.penalty * ops.sum(ops.square(self.head.kernel))


def toy(n=512):
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, size=(n, 6)).astype("float32")
    y = (x[:, 0] * x[:, 1] + np.sin(3 * x[:, 2])).astype("float32")
    return x, y


def main():
    x, y = toy()
    split = int(0.8 * len(x))
    model = RobustRegressor()
    model.compile(optimizer="adamw")
    model.fit(x[:split], y[:split], epochs=1, batch_size=64, verbose=0)
    print(keras.backend.backend(), model.predict(x[split:], verbose=0)[:3].ravel())


main()
