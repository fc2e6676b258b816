# the steps of all samples are rows, because an index over the whole batch picks some of them
import tensorflow as tf
from keras import backend as K
from keras import ops
from keras.layers import Dense, Embedding, Input, Lambda

words = Input((8,), dtype="int32")
places = Input((1,), dtype="int32")
states = Embedding(100, 6)(words)

rows = Lambda(lambda x: K.reshape(x, (-1, K.int_shape(x)[-1])))(states)
by_backend = Dense(2)(Lambda(lambda parts: K.gather(parts[0], K.cast(parts[1], "int32")))([rows, places]))


def rows_of(x):
    return tf.reshape(x, (-1, 6))


gathered = Dense(2)(tf.gather(rows_of(states), places))
looked_up = Dense(2)(tf.nn.embedding_lookup(rows_of(states), places))
by_pairs = Dense(2)(tf.gather_nd(rows_of(states), places))
taken = Dense(2)(ops.take(rows_of(states), places, axis=0))
masked = Dense(2)(tf.boolean_mask(rows_of(states), tf.reshape(words, (-1,)) > 3))
indexed = Dense(2)(rows_of(states)[tf.range(tf.shape(words)[0]) * 8])
behind_layers = Dense(2)(tf.gather(Dense(5)(rows_of(states)), places))


def some_rows(wanted):
    return Dense(2)(tf.gather(rows_of(states), wanted))


others = Embedding(100, 6)(words)
units_picked = Dense(2)(tf.gather(tf.reshape(others, (-1, 6)), [0, 2], axis=1))  # expect: batch-merged
first_rows = Dense(2)(tf.reshape(others, (-1, 6))[2:])  # expect: batch-merged
