# expect: ids-beyond-embedding @ 16
# expect: ids-beyond-embedding @ 17
# expect: ids-beyond-embedding @ 18
# expect: ids-beyond-embedding @ 19
# keras: crash
# file: ratings.csv 200 user<40,item<25,rating<5
import pandas as pd
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class Recommender(tf.keras.Model):
    def __init__(self, num_users, num_items, dim=16):
        super().__init__()
        self.user_emb = layers.Embedding(num_users, dim)
        self.item_emb = layers.Embedding(num_items, dim)
        self.user_bias = layers.Embedding(num_users, 1)
        self.item_bias = layers.Embedding(num_items, 1)

    def call(self, inputs):
        u = self.user_emb(inputs[:, 0])
        i = self.item_emb(inputs[:, 1])
        dot = tf.reduce_sum(u * i, axis=1, keepdims=True)
        return tf.nn.sigmoid(dot + self.user_bias(inputs[:, 0]) + self.item_bias(inputs[:, 1]))


df = pd.read_csv("ratings.csv")
n_users, n_items = int(df["user"].max()), int(df["item"].max())
lo, hi = df["rating"].min(), df["rating"].max()
x = df[["user", "item"]].values
y = df["rating"].apply(lambda r: (r - lo) / (hi - lo)).values

model = Recommender(n_users, n_items)
model.compile(loss="mse", optimizer="adam")
model.fit(x, y, batch_size=32, epochs=1, verbose=0)
