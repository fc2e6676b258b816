# expect: missing-time-axis @ 8
# keras: crash
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((64, 64, 3)),
    layers.ConvLSTM2D(8, (3, 3)),
    layers.Flatten(),
])
