# the correct half of tests/mistakes/sequences/carriers_counted_from_one.py
import pandas as pd
import numpy as np
from keras.layers import Input, Embedding, Reshape, Dense, concatenate
from keras.models import Model

df = pd.read_csv("flights.csv")
codes, carriers = pd.factorize(df["carrier"])
df["carrier_id"] = codes
numeric = df[["delay", "distance"]].to_numpy(dtype="float32")

carrier_in = Input(shape=(1,), name="carrier")
numbers_in = Input(shape=(2,), name="numbers")
emb = Embedding(input_dim=len(carriers), output_dim=4)(carrier_in)
emb = Reshape((4,))(emb)
merged = concatenate([emb, numbers_in])
merged = Dense(8, activation="relu")(merged)
late = Dense(1, activation="sigmoid")(merged)
model = Model(inputs=[carrier_in, numbers_in], outputs=late)
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit([df["carrier_id"].to_numpy(), numeric], df["late"].to_numpy(), epochs=1)
