# expect: missing-time-axis @ 9
# keras: crash
import keras
from keras import layers

cnn = layers.Conv2D(8, (3, 3), activation="relu")
model = keras.Sequential()
model.add(keras.Input((64, 64, 3)))
model.add(layers.TimeDistributed(cnn))
model.add(layers.TimeDistributed(layers.Flatten()))
model.add(layers.LSTM(16))
