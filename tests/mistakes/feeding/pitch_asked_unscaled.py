# missed: scaled-for-training-only @ 26 a sample that is written down is of no known source
# reported: round 4
# keras: silent
# file: pitches.csv 60 vx0,vy0,vz0,ax,ay,az,start_speed,left_handed,pitch_code<7
import numpy as np
import pandas as pd
from tensorflow import keras

NUM_PITCH_CLASSES = 7
table = pd.read_csv("pitches.csv")
features = table[["vx0", "vy0", "vz0", "ax", "ay", "az", "start_speed", "left_handed"]].to_numpy(dtype="float32")
codes = table["pitch_code"].to_numpy()

low, high = features.min(axis=0), features.max(axis=0)
xs = (features - low) / (high - low)

model = keras.Sequential()
model.add(keras.layers.Dense(250, activation="relu", input_shape=(8,)))
model.add(keras.layers.Dense(175, activation="relu"))
model.add(keras.layers.Dense(NUM_PITCH_CLASSES, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(xs, codes, epochs=1, batch_size=20)


def predict_sample(sample):
    result = model.predict(np.array([sample], "float32"))
    return int(np.argmax(result[0]))


print(predict_sample([2.668, -114.333, -1.908, 4.786, 25.707, -45.21, 78, 0]))
