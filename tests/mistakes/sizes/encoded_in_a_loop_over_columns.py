# expect: ids-beyond-embedding @ 21
# keras: crash
# file: ratings.csv 200 user<40,item<25,rating<5
import keras
import pandas as pd
from keras import layers
from sklearn.preprocessing import LabelEncoder

data = pd.read_csv("ratings.csv")
for col in ("user", "item"):
    data[col] = LabelEncoder().fit_transform(data[col])

vocab = {
    "user": int(data["user"].max()),
    "item": int(data["item"].max()),
}


def tower(name, size):
    inp = layers.Input((1,), name=name, dtype="int32")
    emb = layers.Embedding(input_dim=size, output_dim=8)(inp)
    return inp, layers.Flatten()(emb)


ui, ue = tower("user", vocab["user"])
ii, ie = tower("item", vocab["item"])
out = layers.Dense(1)(layers.concatenate([ue, ie]))
model = keras.Model([ui, ii], out)
model.compile("adam", "mse")
model.fit({"user": data["user"].values, "item": data["item"].values}, data["rating"].values, epochs=1, verbose=0)
