# expect: attention-over-one-token @ 9
# keras: silent
import keras
from keras import layers

steps = keras.Input((20, 16))
table = keras.Input((16,))
context = layers.Reshape((1, 16))(table)
x = layers.MultiHeadAttention(2, 8)(query=steps, value=context)
model = keras.Model([steps, table], layers.GlobalAveragePooling1D()(x))
model.summary(print_fn=lambda line, **_: None)
