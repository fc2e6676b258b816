# expect: embedding-contradiction @ 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

sequence_input = tf.keras.Input(shape=(40,), dtype='int32')
embedded = layers.Embedding(1000, 16, input_length=100)(sequence_input)
x = layers.Conv1D(8, 5, activation='relu')(embedded)
x = layers.GlobalMaxPooling1D()(x)
model = tf.keras.Model(sequence_input, layers.Dense(2)(x))
model.compile(loss="mse")
model.fit(np.ones((4, 40)), np.ones((4, 2)), verbose=0)
