# expect: works-along-batch @ 9
# keras: crash
import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input((12,)))
model.add(layers.Dense(8, activation="relu"))
model.add(layers.BatchNormalization(axis=0))
model.add(layers.Dense(1))
