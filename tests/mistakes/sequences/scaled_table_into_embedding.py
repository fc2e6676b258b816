# expect: floats-into-embedding @ 19
# keras: silent
import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from keras import Sequential
from keras.layers import Embedding, LSTM, Dense

rng = np.random.default_rng(3)
df = pd.DataFrame(rng.normal(size=(80, 12)), columns=[f"f{i}" for i in range(12)])
df["label"] = rng.integers(0, 2, 80)

X = df.drop(columns="label")
y = df["label"].values
scaler = StandardScaler()
X_scaled = scaler.fit_transform(X)

model = Sequential()
model.add(Embedding(500, 32))
model.add(LSTM(32))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(X_scaled, y, epochs=1, verbose=0)
