# a function that states its gradient returns both; who calls it gets the value alone
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input, Lambda
from tensorflow.keras.models import Model


@tf.custom_gradient
def rounded(values):
    def upstream(gradient):
        return gradient

    return tf.round(values), upstream


def reversal(values):
    return values, lambda gradient: -gradient


reversed_gradient = tf.custom_gradient(reversal)

inputs = Input((12,))
x = Dense(8, activation="sigmoid")(inputs)
x = Lambda(rounded)(x)
classes = Dense(4, activation="softmax")(x)
domain = Dense(1, activation="sigmoid")(reversed_gradient(x))
model = Model(inputs, [classes, domain])
