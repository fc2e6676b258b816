# expect: reshape-as-transpose @ 28
# expect: reshape-as-transpose @ 29
# expect: reshape-as-transpose @ 30
# reported: round 5
# keras: silent
import tensorflow as tf
from tensorflow.keras import Input, Model, layers
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

MAXLEN, WORDS = 32, 2000


class MultiHeadAttention(layers.Layer):
    def __init__(self, dim_model, num_head, **kwargs):
        super().__init__(**kwargs)
        assert dim_model % num_head == 0
        self.num_head = num_head
        self.dim_head = dim_model // num_head
        self.fc_q = layers.Dense(dim_model)
        self.fc_k = layers.Dense(dim_model)
        self.fc_v = layers.Dense(dim_model)
        self.fc = layers.Dense(dim_model)
        self.norm = layers.LayerNormalization()

    def call(self, x):
        batch_size = tf.shape(x)[0]
        q = tf.reshape(self.fc_q(x), (batch_size * self.num_head, -1, self.dim_head))
        k = tf.reshape(self.fc_k(x), (batch_size * self.num_head, -1, self.dim_head))
        v = tf.reshape(self.fc_v(x), (batch_size * self.num_head, -1, self.dim_head))
        weights = tf.nn.softmax(tf.matmul(q, k, transpose_b=True) * self.dim_head**-0.5, axis=-1)
        context = tf.matmul(weights, v)
        context = tf.reshape(context, (batch_size, -1, self.dim_head * self.num_head))
        return self.norm(self.fc(context) + x)


(x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=WORDS)
x_train = pad_sequences(x_train, maxlen=MAXLEN)

tokens = Input((MAXLEN,))
x = layers.Embedding(WORDS, 64)(tokens)
x = MultiHeadAttention(64, 4)(x)
x = layers.GlobalAveragePooling1D()(x)
model = Model(tokens, layers.Dense(1, activation="sigmoid")(x))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1, batch_size=16)
