# xrange is a function of Python 2 alone, where half of a whole number is one
from keras.layers import Dense, Embedding, Flatten, Input, Merge
from keras.models import Model


def factors(users, items, sizes):
    user, item = Input((1,), dtype="int32"), Input((1,), dtype="int32")
    one = Flatten()(Embedding(users, sizes[0] / 2)(user))
    other = Flatten()(Embedding(items, sizes[0] / 2)(item))
    x = Merge(mode="concat")([one, other])
    for index in xrange(1, len(sizes)):
        x = Dense(sizes[index], activation="relu")(x)
    return Model(input=[user, item], output=Dense(1)(x))


factors(1000, 500, [64, 32, 16])
