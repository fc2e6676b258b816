# expect: size-mismatch @ 18
# keras: crash
import keras
from keras import ops
from keras.layers import Layer, Dense, Input, Embedding, GlobalAveragePooling1D


class SelfAttention(Layer):
    def __init__(self, embed_dim, num_heads=8):
        super().__init__()
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.query = Dense(embed_dim)
        self.key = Dense(embed_dim)

    def split(self, x, n):
        x = ops.reshape(x, (-1, n, self.num_heads, self.head_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, x):
        n = x.shape[1]
        q, k = self.split(self.query(x), n), self.split(self.key(x), n)
        return ops.matmul(q, ops.transpose(k, (0, 1, 3, 2)))


tokens = Input((30,))
e = Embedding(500, 100)(tokens)
scores = SelfAttention(100)(e)
model = keras.Model(tokens, scores)
model.predict(ops.zeros((2, 30)), verbose=0)
