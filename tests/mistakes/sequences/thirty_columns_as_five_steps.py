# missed: swapped-steps-and-features @ 18 nothing says that the rows are the steps, and not the columns
# reported: round 7
# keras: silent
# file: cells.csv 40 id<40,diagnosis<2,f0,f1,f2,f3,f4,f5,f6,f7,f8,f9,f10,f11,f12,f13,f14,f15,f16,f17,f18,f19,f20,f21,f22,f23,f24,f25,f26,f27,f28,f29
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.layers import LSTM, Dense
from keras.models import Sequential

TIMESTEPS = 5

df = pd.read_csv("cells.csv")
y = df["diagnosis"].values
X = StandardScaler().fit_transform(df.drop(["id", "diagnosis"], axis=1))
n_rows, n_features = X.shape
X = np.reshape(X, (n_rows, TIMESTEPS, n_features // TIMESTEPS))

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
model = Sequential()
model.add(LSTM(32, input_shape=(TIMESTEPS, n_features // TIMESTEPS)))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=1, batch_size=8, validation_data=(X_test, y_test))
