import numpy as np
import math
from keras.models import Sequential
from keras.layers import Dense, LSTM, Dropout

# make up a price series instead of the csv
np.random.seed(7)
prices = np.cumsum(np.random.randn(600)) + 100
dataset = prices.reshape(-1, 1).astype('float32')
mn, mx = dataset.min(), dataset.max()
dataset = (dataset - mn) / (mx - mn)

# split into train and test sets
train_size = int(len(dataset) * 0.67)
test_size = len(dataset) - train_size
train, test = dataset[0:train_size, :], dataset[train_size:len(dataset), :]
print(len(train), len(test))


# convert an array of values into a dataset matrix
def create_dataset(dataset, look_back=1):
    dataX, dataY = [], []
    for i in range(len(dataset) - look_back - 1):
        a = dataset[i:(i + look_back), 0]
        dataX.append(a)
        dataY.append(dataset[i + look_back, 0])
    return np.array(dataX), np.array(dataY)


look_back = 3
trainX, trainY = create_dataset(train, look_back)
testX, testY = create_dataset(test, look_back)
# reshape input to be [samples, time steps, features]
trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
testX = np.reshape(testX, (testX.shape[0], 1, testX.shape[1]))

model = Sequential()
model.add(LSTM(4, input_shape=(1, look_back)))
model.add(Dense(1))
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(trainX, trainY, epochs=2, batch_size=1, verbose=2)

trainPredict = model.predict(trainX)
testPredict = model.predict(testX)

# stacked version, steps as steps
X = trainX.reshape((trainX.shape[0], look_back, 1))
regressor = Sequential()
regressor.add(LSTM(units=50, return_sequences=True, input_shape=(X.shape[1], 1)))
regressor.add(Dropout(0.2))
for i in range(2):
    regressor.add(LSTM(units=50, return_sequences=True))
    regressor.add(Dropout(0.2))
regressor.add(LSTM(units=50))
regressor.add(Dense(units=1))
