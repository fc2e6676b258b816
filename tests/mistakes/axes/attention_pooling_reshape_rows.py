# expect: reshape-as-transpose @ 17
# keras: silent
import keras
from keras import layers, ops

seq_len, d_model, heads = 40, 64, 4


class HeadSplit(layers.Layer):
    """Cuts the features into heads."""

    def __init__(self, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.num_heads = num_heads

    def call(self, x):
        return ops.reshape(x, (-1, self.num_heads, seq_len, d_model // self.num_heads))


tokens = keras.Input((seq_len,), dtype="int32")
x = layers.Embedding(1000, d_model)(tokens)
q = HeadSplit(heads)(layers.Dense(d_model)(x))
k = HeadSplit(heads)(layers.Dense(d_model)(x))
scores = ops.matmul(q, ops.transpose(k, (0, 1, 3, 2)))
weights = layers.Softmax()(scores)
pooled = layers.Flatten()(ops.mean(weights, axis=2))
model = keras.Model(tokens, layers.Dense(2, activation="softmax")(pooled))
