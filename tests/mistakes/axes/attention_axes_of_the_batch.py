# expect: works-along-batch @ 8
# keras: silent
import numpy as np
import keras
from keras import layers

heartbeats = keras.Input((90, 6))
attend = layers.MultiHeadAttention(num_heads=2, key_dim=6, attention_axes=(0,), dropout=0.1)
x = layers.Add()([heartbeats, attend(heartbeats, heartbeats)])
x = layers.Dense(2, activation="softmax")(layers.GlobalAveragePooling1D()(x))
model = keras.Model(heartbeats, x)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(8, 90, 6), np.random.randint(0, 2, 8), verbose=0)
