# expect: swapped-steps-and-features @ 10
# keras: silent
import keras
import tensorflow as tf
from keras import layers

signal = keras.Input((8000,))
x = layers.Lambda(lambda wave: tf.abs(tf.signal.stft(wave, 256, 128)))(signal)
x = layers.Permute((2, 1))(x)
x = layers.LSTM(8)(x)
model = keras.Model(signal, layers.Dense(1)(x))
