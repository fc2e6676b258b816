# expect: swapped-steps-and-features @ 32
# reported: round 6
# keras: silent
# file: plant.csv 400 faultNumber<4,v0,v1,v2,v3,v4,v5,v6,v7,v8,v9,v10,v11,v12,v13,v14,v15,v16,v17,v18,v19,v20,v21,v22,v23,v24,v25,v26,v27,v28,v29,v30,v31,v32,v33,v34,v35,v36,v37,v38,v39,v40,v41,v42,v43,v44,v45,v46,v47,v48,v49,v50,v51
import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.layers import LSTM, Dense, Dropout
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

WINDOW = 20
FAULTS = 4

frame = pd.read_csv("plant.csv")
labels = frame["faultNumber"].values
values = StandardScaler().fit_transform(frame.drop(columns=["faultNumber"]).values)
n_variables = values.shape[1]


def segment(values, labels, window):
    segments, targets = [], []
    for start in range(0, len(values) - window, window):
        segments.append(values[start:start + window])
        targets.append(labels[start])
    segments = np.array(segments).reshape(-1, n_variables, window)
    return segments, to_categorical(targets, FAULTS)


X, y = segment(values, labels, WINDOW)
model = Sequential()
model.add(LSTM(32, input_shape=(n_variables, WINDOW), return_sequences=True))
model.add(Dropout(0.2))
model.add(LSTM(16))
model.add(Dense(FAULTS, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, batch_size=8)
