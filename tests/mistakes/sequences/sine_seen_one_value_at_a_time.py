# expect: rnn-single-step @ 30
# reported: round 5
# keras: silent
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential
from sklearn.preprocessing import MinMaxScaler


def create_dataset(dataset, look_back):
    dataX, dataY = [], []
    for i in range(len(dataset) - look_back - 1):
        dataX.append(dataset[i : (i + look_back), 0])
        dataY.append(dataset[i + look_back, 0])
    return np.array(dataX), np.array(dataY)


dataset = np.sin(np.linspace(0, 60, 600)).reshape(-1, 1)
dataset = MinMaxScaler(feature_range=(0, 1)).fit_transform(dataset)
train_size = int(len(dataset) * 0.67)
train, test = dataset[:train_size, :], dataset[train_size:, :]

look_back = 1
trainX, trainY = create_dataset(train, look_back)
testX, testY = create_dataset(test, look_back)
trainX = np.reshape(trainX, (trainX.shape[0], trainX.shape[1], 1))
testX = np.reshape(testX, (testX.shape[0], testX.shape[1], 1))

model = Sequential()
model.add(LSTM(32, input_shape=(look_back, 1)))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(trainX, trainY, epochs=1, batch_size=16, verbose=2)
print(model.evaluate(testX, testY))
