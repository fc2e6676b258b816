# expect: mask-lost @ 9
# keras: silent
import keras
from keras import layers

notes = keras.Input((25,), dtype="int32")
x = layers.Embedding(300, 8, mask_zero=True)(notes)
x = layers.SpatialDropout1D(0.1)(x)
x = layers.Flatten()(x)
model = keras.Model(notes, layers.Dense(1, activation="sigmoid")(x))
