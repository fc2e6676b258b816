# expect: scaler-fitted-again @ 29
# keras: silent
# file: old.csv 200 temp,wind,cloud,yield
# file: new.csv 50 temp,wind,cloud
import pandas as pd
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense, Input

FEATURES = ["temp", "wind", "cloud"]


def prepare(path):
    frame = pd.read_csv(path)
    scaler = StandardScaler()
    return frame, scaler.fit_transform(frame[FEATURES])


def train():
    frame, x = prepare("old.csv")
    model = Sequential([Input((3,)), Dense(16, activation="relu"), Dense(1)])
    model.compile("adam", "mse")
    model.fit(x, frame["yield"], epochs=1, verbose=0)
    return model


model = train()
frame, x = prepare("new.csv")
print(model.predict(x)[:5])
