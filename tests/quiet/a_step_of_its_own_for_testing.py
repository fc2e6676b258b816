# train_step gets what fit gets alone, and test_step the pairs of validation_data
import keras
import numpy as np
from keras import layers

(images, _), (others, _) = keras.datasets.fashion_mnist.load_data()
images, others = images[..., np.newaxis] / 255.0, others[..., np.newaxis] / 255.0
seen = keras.Input((28, 28, 1))
flat = layers.Flatten()(seen)
encoder = keras.Model(seen, [layers.Dense(2)(flat), layers.Dense(2)(flat)])


class Sampler(keras.Model):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def call(self, batch):
        mean, spread = self.encoder(batch)
        return mean, spread

    def train_step(self, batch):
        mean, spread = self(batch)
        return {"loss": keras.ops.mean(mean - spread)}

    def test_step(self, batch):
        if isinstance(batch, tuple):
            batch = batch[0]
        mean, spread = self(batch)
        return {"loss": keras.ops.mean(mean - spread)}


sampler = Sampler(encoder)
sampler.compile("adam")
sampler.fit(images, epochs=2, validation_data=(others, others))
