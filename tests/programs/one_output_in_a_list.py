"""What a model makes of arrays is no list, though its one output was given in one."""

import keras
import numpy as np

states = keras.Input((8,))
actor = keras.Model([states], [keras.layers.Dense(4)(states)])
in_a_tuple = keras.Model(states, (keras.layers.Dense(5)(states),))

chances = actor.predict_on_batch(np.zeros((6, 8)))
keras.layers.Dense(3)(chances)
keras.layers.Dense(3)(np.array(chances))
keras.layers.Dense(3)(np.array([chances, chances]))
keras.layers.Dense(3)(chances[0][None])
keras.layers.Dense(3)(actor(np.zeros((6, 8)))[0][None])
keras.layers.Dense(3)(in_a_tuple(np.zeros((6, 8)))[0][None])
keras.layers.Dense(3)(actor(keras.Input((8,)))[0])
