# expect: ids-beyond-embedding @ 23
# keras: crash
# file: sales.csv 400 promo,price,units
import numpy as np
import pandas as pd
from tensorflow.keras.layers import Input, Embedding, Flatten, Concatenate, Dense
from tensorflow.keras.models import Model

CATEGORIES = {"month": 12, "weekday": 7}


def add_calendar(df, first="2021-01-01"):
    df["date"] = pd.date_range(first, periods=len(df), freq="D")
    df["month"] = df["date"].dt.month
    df["weekday"] = df["date"].dt.dayofweek
    return df


def build(categories, n_numeric):
    inputs, parts = [], []
    for name, size in categories.items():
        inp = Input((1,), name=name)
        emb = Embedding(size, min(4, size // 2), name=f"{name}_vec")(inp)
        inputs.append(inp)
        parts.append(Flatten()(emb))
    numeric = Input((n_numeric,), name="numeric")
    inputs.append(numeric)
    parts.append(numeric)
    x = Concatenate()(parts)
    x = Dense(32, activation="relu")(x)
    return Model(inputs, Dense(1)(x))


df = add_calendar(pd.read_csv("sales.csv"))
numeric = df[["promo", "price"]].to_numpy("float32")
model = build(CATEGORIES, numeric.shape[1])
model.compile(optimizer="adam", loss="mae")
feed = {name: df[name].to_numpy() for name in CATEGORIES}
feed["numeric"] = numeric
model.fit(feed, df["units"].to_numpy(), epochs=1, batch_size=64, verbose=0)
