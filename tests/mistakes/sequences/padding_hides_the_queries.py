# expect: mask-along-queries @ 17
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

PAD, VOCAB, STEPS, D_MODEL, HEADS, CLASSES = 0, 400, 24, 64, 4, 3


class ScaledDotProductAttention(layers.Layer):
    def call(self, q, k, v, mask=None, e=1e-9):
        d_tensor = q.shape[-1]
        score = tf.matmul(q, k, transpose_b=True) / d_tensor ** 0.5
        if mask is not None:
            score = tf.where(mask, score, -10000.0)
        score = tf.nn.softmax(score, axis=-1)
        return tf.matmul(score, v)


class MultiHeadAttention(layers.Layer):
    def __init__(self, d_model, n_head):
        super().__init__()
        self.n_head = n_head
        self.attention = ScaledDotProductAttention()
        self.w_q, self.w_k, self.w_v, self.w_concat = [layers.Dense(d_model) for _ in range(4)]

    def split(self, tensor):
        length, d_model = tensor.shape[1], tensor.shape[2]
        tensor = tf.reshape(tensor, (-1, length, self.n_head, d_model // self.n_head))
        return tf.transpose(tensor, (0, 2, 1, 3))

    def call(self, x, mask):
        q, k, v = self.split(self.w_q(x)), self.split(self.w_k(x)), self.split(self.w_v(x))
        out = tf.transpose(self.attention(q, k, v, mask=mask), (0, 2, 1, 3))
        return self.w_concat(tf.reshape(out, (-1, out.shape[1], D_MODEL)))


class Encoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(VOCAB, D_MODEL)
        self.attention = MultiHeadAttention(D_MODEL, HEADS)
        self.norm = layers.LayerNormalization()
        self.head = layers.Dense(CLASSES, activation="softmax")

    def make_src_mask(self, src):
        return tf.not_equal(src, PAD)[:, None, :, None]

    def call(self, src):
        x = self.embedding(src)
        x = self.norm(x + self.attention(x, self.make_src_mask(src)))
        return self.head(x[:, 0])


sentences = [np.random.randint(1, VOCAB, np.random.randint(5, STEPS)) for _ in range(32)]
src = keras.utils.pad_sequences(sentences, maxlen=STEPS, padding="post")
model = Encoder()
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(src, np.random.randint(0, CLASSES, 32), epochs=1, batch_size=8)
