# expect: ids-beyond-embedding @ 18
# keras: crash
# file: shop.csv 120 store<7,weekday<7,promo<2,price,temp,sales
import pandas as pd
import numpy as np
import tensorflow as tf

df = pd.read_csv("shop.csv")
cat_cols = ["store", "weekday", "promo"]
num_cols = ["price", "temp"]
for c in cat_cols:
    df[c] = df[c].astype("category").cat.codes

inputs, parts = [], []
for c in cat_cols:
    inp = tf.keras.Input(shape=(1,), name=c)
    n = len(df[c].unique()) - 1
    emb = tf.keras.layers.Embedding(n, min(50, n // 2 + 1))(inp)
    parts.append(tf.keras.layers.Flatten()(emb))
    inputs.append(inp)
num = tf.keras.Input(shape=(len(num_cols),), name="num")
inputs.append(num)
parts.append(num)
x = tf.keras.layers.Concatenate()(parts)
x = tf.keras.layers.Dense(16, activation="relu")(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
model.compile("adam", "mse")
feed = {c: df[c].to_numpy() for c in cat_cols}
feed["num"] = df[num_cols].to_numpy("float32")
model.fit(feed, df["sales"].to_numpy(), epochs=1, verbose=0)
