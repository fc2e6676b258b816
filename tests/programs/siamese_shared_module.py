"""Two signals, one encoder out of another module, a distance between what it makes of them."""
import keras
from keras import ops
from keras.layers import Dense, Input, Lambda, Layer, concatenate

from zoo.towers import shared

LENGTH, CHANNELS = 512, 3


class Distance(Layer):
    def call(self, pair):
        left, right = pair
        return ops.abs(left - right)


def euclidean(vectors):
    a, b = vectors
    return ops.sqrt(ops.maximum(ops.sum(ops.square(a - b), axis=1, keepdims=True), 1e-7))


encoder = shared((LENGTH, CHANNELS), width=6)
anchor, positive, negative = (Input((LENGTH, CHANNELS), name=n) for n in ("anchor", "positive", "negative"))
encoded = [encoder(side) for side in (anchor, positive, negative)]
gap = Distance()(encoded[:2])
far = Lambda(euclidean, output_shape=(1,))([encoded[0], encoded[2]])
verdict = Dense(1, activation="sigmoid")(concatenate([gap, far]))
siamese = keras.Model([anchor, positive, negative], verdict)
siamese.compile("rmsprop", "binary_crossentropy")

# a smaller one for short signals
short = shared(width=3, input_shape=(64, 1))
left, right = Input((64, 1)), Input((64, 1))
similar = keras.Model([left, right], Dense(1)(Distance()((short(left), short(right)))))
