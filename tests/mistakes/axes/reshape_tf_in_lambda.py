# expect: reshape-as-transpose @ 8
# keras: silent
import tensorflow as tf
from tensorflow.keras.layers import Conv2D, Input, Lambda
from tensorflow.keras.models import Model

inp = Input(shape=(3, 16, 24))
x = Lambda(lambda t: tf.reshape(t, (-1, 16, 24, 3)))(inp)
x = Conv2D(4, 3)(x)
model = Model(inp, x)
