# expect: missing-sample-axis @ 19
# keras: crash
# file: titanic.csv 80 pclass,sex,age,sibsp,parch,fare,survived<2
import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense, Input
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("titanic.csv")
X = df.drop("survived", axis=1)
y = df["survived"]
sc = StandardScaler()
X = sc.fit_transform(X)
model = Sequential([Input((6,)), Dense(16, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, verbose=0)
passenger = X[0]
print(model.predict(passenger))
