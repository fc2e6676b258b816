# heads are moved before they are merged, a turned table has samples behind, a mask gets the sides of its photo
import cv2
import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Heads(layers.Layer):
    def call(self, vectors):
        count, steps = tf.shape(vectors)[0], tf.shape(vectors)[1]
        split = tf.transpose(tf.reshape(vectors, (count, steps, 3, 4)), (0, 2, 1, 3))
        return tf.reshape(tf.transpose(split, (0, 2, 1, 3)), (count, steps, 12))


words = keras.Input((None,), dtype="int32")
merged = Heads()(layers.Embedding(50, 12)(words))
reader = keras.Model(words, layers.GlobalAveragePooling1D()(merged))

pictures = np.random.random((40, 8, 8, 3))
train_x = pictures.reshape(40, -1).T
plain = keras.Sequential([keras.Input((train_x.shape[0],)), layers.Dense(1)])
plain.compile("sgd", "mse")
plain.fit(train_x.T, np.zeros(40))

photo = cv2.imread("photo.png")
sides = photo.shape
mask = cv2.resize(np.zeros((32, 32), "uint8"), (sides[1], sides[0]))
