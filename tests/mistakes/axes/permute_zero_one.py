# expect: permute-from-zero @ 7
# keras: crash
import keras
from keras import layers

x = inputs = keras.Input((64, 3))
x = layers.Permute((1, 0))(x)
x = layers.Dense(4)(x)
model = keras.Model(inputs, x)
