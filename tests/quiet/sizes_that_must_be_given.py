# the defaults stand for "not given": an assertion refuses them before a layer is made
import tensorflow as tf


class Tokens(tf.keras.layers.Layer):
    def __init__(self, vocabulary=-1, width=8, **kwargs):
        super().__init__(**kwargs)
        assert vocabulary > 0, "how many words are there?"
        self.table = tf.keras.layers.Embedding(vocabulary, width)

    def call(self, ids):
        return self.table(ids)


class Tagger(tf.keras.Model):
    def __init__(self, vocabulary=-1, tags=0, **kwargs):
        super().__init__(**kwargs)
        assert tags
        self.tokens = Tokens(vocabulary)
        self.tag = tf.keras.layers.Dense(tags)

    def call(self, ids):
        return self.tag(self.tokens(ids))


def unchecked(features, tags=-1):
    return tf.keras.layers.Dense(tags)(features)  # expect: refused-call


tagger = Tagger(500, 7)
tagger(tf.zeros((2, 9), tf.int32))
