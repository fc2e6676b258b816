# the units of every step are taken apart: some are the state, some the moves, the last is the reward
from tensorflow import keras
from tensorflow.keras import layers

moves = keras.Input((None, 12))
memory = layers.GRU(9, return_sequences=True)(moves)
state = memory[:, :, :4]
choices = memory[:, :, 4:-1]
reward = memory[:, :, -1]
model = keras.Model(moves, [state, choices, layers.Reshape((-1, 1))(reward)])
