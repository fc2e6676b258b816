# tf.signal.stft returns the frames first: a layer that reads them as steps is right
import keras
import tensorflow as tf
from keras import layers

signal = keras.Input((8000,))
x = layers.Lambda(lambda wave: tf.abs(tf.signal.stft(wave, 256, 128)))(signal)
x = layers.LSTM(8)(x)
model = keras.Model(signal, layers.Dense(1)(x))
