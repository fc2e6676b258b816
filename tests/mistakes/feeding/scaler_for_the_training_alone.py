# expect: scaled-for-training-only @ 27
# keras: silent
# file: churn.csv 200 calls,minutes,charge,left<2
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras

table = pd.read_csv("churn.csv")
X = table[["calls", "minutes", "charge"]].values
y = table["left"].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)


def train(features, labels):
    scaler = StandardScaler()
    features = scaler.fit_transform(features)
    model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy")
    model.fit(features, labels, verbose=0)
    return model, scaler


model, scaler = train(X_train, y_train)
score = model.evaluate(scaler.transform(X_test), y_test, verbose=0)
predicted = model.predict(X_test, verbose=0) > 0.5
print(score, np.mean(predicted[:, 0] == y_test))
