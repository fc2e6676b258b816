# expect: rnn-single-step @ 29
# reported: round 5
# keras: silent
# file: daily.csv 90 date<90,v
import pandas as pd
from keras.layers import LSTM, Activation, Dense
from keras.models import Sequential


def series_to_supervised(values, n_in=8):
    df = pd.DataFrame(values)
    columns = [df.shift(i) for i in range(n_in, 0, -1)]
    columns.append(df)
    table = pd.concat(columns, axis=1)
    return table.dropna().values


raw = pd.read_csv("daily.csv", header=0, index_col=0)
table = series_to_supervised(raw.values.astype("float32"))
split = int(len(table) * 0.8)
train, test = table[:split], table[split:]
train_X, train_y = train[:, :-1], train[:, -1]
test_X, test_y = test[:, :-1], test[:, -1]
train_X = train_X.reshape((train_X.shape[0], 1, train_X.shape[1]))
test_X = test_X.reshape((test_X.shape[0], 1, test_X.shape[1]))

model = Sequential()
model.add(Activation("relu"))
model.add(LSTM(128, input_shape=(train_X.shape[1], train_X.shape[2])))
model.add(Dense(1, activation="relu"))
model.compile(loss="mse", optimizer="adam")
history = model.fit(train_X, train_y, epochs=1, validation_data=(test_X, test_y), batch_size=10, shuffle=False)
