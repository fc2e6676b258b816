# expect: rnn-single-step @ 33
# reported: round 7
# keras: silent
# file: airline.csv 144 Month<144,Passengers
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.layers import Dense, SimpleRNN
from tensorflow.keras.models import Sequential


def create_dataset(dataset, look_back=1):
    dataX, dataY = [], []
    for i in range(len(dataset) - look_back - 1):
        dataX.append(dataset[i:(i + look_back), 0])
        dataY.append(dataset[i + look_back, 0])
    return np.array(dataX), np.array(dataY)


dataset = pd.read_csv("airline.csv", usecols=[1]).values.astype("float32")
scaler = MinMaxScaler(feature_range=(0, 1))
dataset = scaler.fit_transform(dataset)
train_size = int(len(dataset) * 0.67)
train, test = dataset[:train_size, :], dataset[train_size:, :]

look_back = 2
trainX, trainY = create_dataset(train, look_back)
testX, testY = create_dataset(test, look_back)
trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
testX = np.reshape(testX, (testX.shape[0], 1, testX.shape[1]))

rnn = Sequential()
rnn.add(SimpleRNN(16, input_shape=trainX.shape[1:]))
rnn.add(Dense(1))
rnn.compile(loss="mean_squared_error", optimizer="adam")
rnn.fit(trainX, trainY, epochs=1, batch_size=1, verbose=0)
print(scaler.inverse_transform(rnn.predict(testX))[:5])
