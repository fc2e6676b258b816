import keras
import numpy as np
from keras import layers, ops


def joined(model):
    """A model of one input has a tensor there, one of several a list."""
    target, mask = keras.Input((2,)), keras.Input((2,))
    given = model.input if type(model.input) is list else [model.input]
    error = layers.Lambda(lambda z: ops.sum(ops.abs(z[0] - z[1]) * z[2], -1))([target, model.output, mask])
    return keras.Model(given + [target, mask], [error, model.output])


def actor_in_critic(actor, critic, action):
    given, states = [], []
    for tensor in critic.inputs:
        if tensor == action:
            given.append(None)
        else:
            given.append(tensor)
            states.append(tensor)
    given[[tensor is action for tensor in critic.inputs].index(True)] = actor(states)
    return critic(given)


image = keras.Input((4, 84, 84))
small = keras.Model(image, layers.Dense(2)(layers.Flatten()(image)))
joined(small).predict([np.zeros((5, 4, 84, 84)), np.zeros((5, 2)), np.zeros((5, 2))])

action, state = keras.Input((2,)), keras.Input((2, 3))
value = layers.Dense(1)(layers.Concatenate()([action, layers.Flatten()(state)]))
critic = keras.Model([action, state], value)
actor = keras.Sequential([keras.Input((2, 3)), layers.Flatten(), layers.Dense(2)])
actor_in_critic(actor, critic, action)
