# expect: reshape-as-transpose @ 7
# keras: silent
import keras
from keras import layers

inputs = keras.Input(shape=(22, 250), name="eeg")
x = layers.Reshape((250, 22))(inputs)
x = layers.Conv1D(8, 7, activation="relu")(x)
x = layers.GlobalAveragePooling1D()(x)
outputs = layers.Dense(4, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.summary()
