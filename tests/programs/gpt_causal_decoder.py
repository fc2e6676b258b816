import numpy as np
import keras
from keras import ops
from keras.layers import (Dense, Dropout, Embedding, Input, Layer, LayerNormalization, MultiHeadAttention)

vocab_size = 300
maxlen = 24
embed_dim = 32
num_heads = 2
feed_forward_dim = 64


def causal_attention_mask(n_dest, n_src, dtype):
    """Mask the upper half of the dot product matrix in self attention."""
    i = ops.arange(n_dest)[:, None]
    j = ops.arange(n_src)
    m = i >= j - n_src + n_dest
    mask = ops.cast(m, dtype)
    return ops.reshape(mask, [1, n_dest, n_src])


class TransformerBlock(Layer):
    def __init__(self, embed_dim, num_heads, ff_dim, rate=0.1):
        super().__init__()
        self.att = MultiHeadAttention(num_heads, embed_dim)
        self.ffn = keras.Sequential([Dense(ff_dim, activation="relu"), Dense(embed_dim)])
        self.layernorm1 = LayerNormalization(epsilon=1e-6)
        self.layernorm2 = LayerNormalization(epsilon=1e-6)
        self.dropout1 = Dropout(rate)
        self.dropout2 = Dropout(rate)

    def call(self, inputs):
        input_shape = ops.shape(inputs)
        seq_len = input_shape[1]
        causal_mask = causal_attention_mask(seq_len, seq_len, "bool")
        attention_output = self.att(inputs, inputs, attention_mask=causal_mask)
        attention_output = self.dropout1(attention_output)
        out1 = self.layernorm1(inputs + attention_output)
        ffn_output = self.ffn(out1)
        ffn_output = self.dropout2(ffn_output)
        return self.layernorm2(out1 + ffn_output)


class TokenAndPositionEmbedding(Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = Embedding(input_dim=vocab_size, output_dim=embed_dim)
        self.pos_emb = Embedding(input_dim=maxlen, output_dim=embed_dim)

    def call(self, x):
        maxlen = ops.shape(x)[-1]
        positions = ops.arange(0, maxlen, 1)
        positions = self.pos_emb(positions)
        x = self.token_emb(x)
        return x + positions


def create_model():
    inputs = Input(shape=(maxlen,), dtype="int32")
    embedding_layer = TokenAndPositionEmbedding(maxlen, vocab_size, embed_dim)
    x = embedding_layer(inputs)
    transformer_block = TransformerBlock(embed_dim, num_heads, feed_forward_dim)
    x = transformer_block(x)
    outputs = Dense(vocab_size)(x)
    model = keras.Model(inputs=inputs, outputs=[outputs, x])
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss=[loss_fn, None])
    return model


tokens = np.random.randint(0, vocab_size, (40, maxlen + 1))
x, y = tokens[:, :-1], tokens[:, 1:]
model = create_model()
model.fit(x, y, epochs=1)

# the short way, stacked
inp = Input((maxlen,), dtype="int32")
h = Embedding(vocab_size, embed_dim)(inp)
memory = Input((10, 48))
for layer in range(2):
    a = MultiHeadAttention(num_heads, embed_dim // num_heads)(h, h, use_causal_mask=True)
    h = LayerNormalization()(h + a)
    cross, scores = MultiHeadAttention(num_heads, 8)(query=h, value=memory, return_attention_scores=True)
    h = LayerNormalization()(h + cross)
    h = LayerNormalization()(h + Dense(embed_dim)(Dense(feed_forward_dim, "relu")(h)))
decoder = keras.Model([inp, memory], [Dense(vocab_size)(h), scores])
