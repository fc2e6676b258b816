# expect: fed-structure @ 18
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow import keras

users = tf.data.Dataset.from_tensor_slices(np.arange(64).reshape(64, 1))
movies = tf.data.Dataset.from_tensor_slices(np.arange(64).reshape(64, 1) % 7)
ratings = tf.data.Dataset.from_tensor_slices(np.random.rand(64, 1))
train = tf.data.Dataset.zip((users, movies, ratings)).batch(16)

user = keras.Input((1,), name="user")
movie = keras.Input((1,), name="movie")
u = keras.layers.Flatten()(keras.layers.Embedding(64, 8)(user))
m = keras.layers.Flatten()(keras.layers.Embedding(7, 8)(movie))
model = keras.Model([user, movie], keras.layers.Dot(axes=1)([u, m]))
model.compile("adam", "mse")
model.fit(train, epochs=1, verbose=0)
