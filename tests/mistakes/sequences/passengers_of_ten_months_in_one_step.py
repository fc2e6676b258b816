# expect: rnn-single-step @ 41
# reported: round 8
# keras: silent
# file: airline.csv 144 month,passengers
import numpy as np
from keras.layers import LSTM, Dense, Input
from keras.models import Sequential
from pandas import read_csv
from sklearn.metrics import mean_squared_error
from sklearn.preprocessing import MinMaxScaler

dataframe = read_csv("airline.csv", usecols=[1])
dataset = dataframe.values
dataset = dataset.astype("float32")
scaler = MinMaxScaler(feature_range=(0, 1))
dataset = scaler.fit_transform(dataset)
train_size = int(len(dataset) * 0.66)
train, test = dataset[0:train_size, :], dataset[train_size : len(dataset), :]


def to_sequences(dataset, seq_size=1):
    x = []
    y = []
    for i in range(len(dataset) - seq_size - 1):
        window = dataset[i : (i + seq_size), 0]
        x.append(window)
        y.append(dataset[i + seq_size, 0])
    return np.array(x), np.array(y)


seq_size = 10
trainX, trainY = to_sequences(train, seq_size)
testX, testY = to_sequences(test, seq_size)
print("Shape of training set: {}".format(trainX.shape))

trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
testX = np.reshape(testX, (testX.shape[0], 1, testX.shape[1]))

model = Sequential()
model.add(Input((None, seq_size)))
model.add(LSTM(64))
model.add(Dense(32))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(trainX, trainY, validation_data=(testX, testY), verbose=0, epochs=1)
testPredict = scaler.inverse_transform(model.predict(testX))
print(np.sqrt(mean_squared_error(scaler.inverse_transform([testY])[0], testPredict[:, 0])))
