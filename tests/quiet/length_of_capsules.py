# the output of a layer of the program's own has the name of that layer, not of the last operation in its call
import numpy as np
from keras import layers, models
from keras import backend as K

class Length(layers.Layer):
    def call(self, inputs, **kwargs):
        return K.sqrt(K.sum(K.square(inputs), -1))

x = layers.Input(shape=(10, 16))
out_caps = Length(name="out_caps")(x)
recon = layers.Dense(784, name="out_recon")(layers.Flatten()(x))
model = models.Model(x, [out_caps, recon])
model.compile("adam", loss=["mse", "mse"], metrics={"out_caps": "accuracy"})
model.fit(np.zeros((20, 10, 16)), [np.zeros((20, 10)), np.zeros((20, 784))])
