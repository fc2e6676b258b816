# expect: steps-unlike-target @ 40
# reported: round 5
# keras: silent
# file: measurements.csv 80 m0,m1,m2,m3,m4,m5,m6,m7,m8
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Dropout, SimpleRNN

INPUT_COUNT = 12


def samples(table):
    x, y = [], []
    for i in range(INPUT_COUNT, len(table)):
        x.append(table[i - INPUT_COUNT : i, :])
        y.append(table[i, 3])
    x, y = np.array(x), np.array(y)
    return np.reshape(x, (x.shape[0], INPUT_COUNT, 4)), np.reshape(y, (-1, 1))


csv_data = pd.read_csv("measurements.csv").iloc[::-1]
training_set = csv_data.iloc[:-20, 3:7].values
test_set = csv_data.iloc[-20:, 3:7].values
sc = MinMaxScaler(feature_range=(0, 1))
x_train, y_train = samples(sc.fit_transform(training_set))
x_test, y_test = samples(sc.transform(test_set))

model = Sequential(
    [
        SimpleRNN(80, return_sequences=True),
        Dropout(0.2),
        SimpleRNN(100, return_sequences=True),
        Dropout(0.2),
        Dense(1),
    ]
)
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(x_train, y_train, batch_size=8, epochs=1, validation_data=(x_test, y_test))
print(model.predict(x_test).shape)
