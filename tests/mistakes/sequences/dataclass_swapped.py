# expect: swapped-steps-and-features @ 20
# keras: silent
from dataclasses import dataclass

import numpy as np
import keras


@dataclass
class HParams:
    history: int = 30
    num_features: int = 7
    hidden: int = 16


def forecaster(hp: HParams) -> keras.Model:
    shape = (hp.num_features, hp.history)
    inp = keras.layers.Input(shape)
    h = keras.layers.LayerNormalization()(inp)
    h = keras.layers.SimpleRNN(hp.hidden)(h)
    return keras.Model(inp, keras.layers.Dense(1)(h))


hp = HParams()
model = forecaster(hp)
model.compile(loss="mse")
model.train_on_batch(np.ones((4, hp.num_features, hp.history)), np.ones((4, 1)))
