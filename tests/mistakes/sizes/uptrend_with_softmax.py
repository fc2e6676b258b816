# expect: softmax-over-one @ 20
# reported: round 7
# keras: silent
# file: measurements.csv 60 m0,m1,m2,m3,m4,m5,m6,m7,m8,m9,target<2
import numpy as np
import pandas as pd
from keras.layers import Dense
from keras.models import Sequential

data = pd.read_csv("measurements.csv")
split = int(len(data) * 0.8)
x = data.iloc[:, :-1].values
y = data.iloc[:, -1].values
x_train, y_train, x_test = x[:split], y[:split], x[split:]

model = Sequential()
model.add(Dense(512, activation="relu", input_dim=x_train.shape[1]))
for width in [200, 200, 128]:
    model.add(Dense(width, activation="relu"))
model.add(Dense(1, activation="softmax"))
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["binary_accuracy"])
model.fit(x_train, y_train, epochs=2, batch_size=50, verbose=0)
print(model.predict(x_test, batch_size=50))
