# expect: works-along-batch @ 16
# reported: round 7
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Activation, Dense, Flatten, Lambda
from tensorflow.keras.models import Sequential


def dueling(model, nb_action, dueling_type="avg"):
    layer = model.layers[-2]
    y = Dense(nb_action + 1, activation="linear")(layer.output)
    if dueling_type == "avg":
        outputlayer = Lambda(lambda a: tf.expand_dims(a[:, 0], -1) + a[:, 1:] - tf.reduce_mean(a[:, 1:], keepdims=True), output_shape=(nb_action,))(y)
    elif dueling_type == "naive":
        outputlayer = Lambda(lambda a: tf.expand_dims(a[:, 0], -1) + a[:, 1:], output_shape=(nb_action,))(y)
    else:
        raise ValueError(dueling_type)
    return Model(inputs=model.inputs, outputs=outputlayer)


nb_actions = 2
base = Sequential()
base.add(Input((1, 4)))
base.add(Flatten())
for units in (16, 16):
    base.add(Dense(units))
    base.add(Activation("relu"))
base.add(Dense(nb_actions, activation="linear"))
model = dueling(base, nb_actions)
model.compile(optimizer="adam", loss="mse")

states = np.random.rand(32, 1, 4)
targets = np.random.rand(32, nb_actions)
model.train_on_batch(states, targets)
print(model.predict(states[:1], verbose=0))
