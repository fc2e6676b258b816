# expect: samples-as-steps @ 23
# keras: silent
# file: energy.csv 60 Appliances,T1,RH_1,T2,RH_2,Windspeed
import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

df = pd.read_csv("energy.csv")
values = StandardScaler().fit_transform(df)
n_past = 14
n_future = 1

trainX, trainY = [], []
for i in range(n_past, len(values) - n_future + 1):
    trainX.append(values[i - n_past:i, 0:values.shape[1]])
    trainY.append(values[i + n_future - 1:i + n_future, 0])
trainX, trainY = np.array(trainX), np.array(trainY)
print('trainX shape == {}.'.format(trainX.shape))

model = Sequential()
model.add(LSTM(64, activation='tanh', input_shape=(trainX.shape[0], trainX.shape[2]), return_sequences=True))
model.add(LSTM(32, activation='tanh'))
model.add(Dense(trainY.shape[1]))
model.compile(optimizer='adam', loss='mse')
model.fit(trainX, trainY, epochs=1, batch_size=16, verbose=0)
