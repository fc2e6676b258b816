# up to TensorFlow 2.0, batch_dot of four axes was a matmul of the last two
from tensorflow.keras import Input
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Lambda

words = Input((20, 64))


def heads(x):
    x = K.reshape(Dense(64)(x), (-1, 20, 8, 8))
    return K.permute_dimensions(x, (0, 2, 1, 3))


def attended(x):
    weights = K.batch_dot(heads(x), heads(x), axes=[3, 3]) / 8**0.5
    weights = K.softmax(K.permute_dimensions(weights, (0, 3, 2, 1)))
    mixed = K.batch_dot(K.permute_dimensions(weights, (0, 3, 2, 1)), heads(x), axes=[3, 2])
    return K.reshape(K.permute_dimensions(mixed, (0, 2, 1, 3)), (-1, 20, 64))


Dense(2)(Lambda(attended)(words))
