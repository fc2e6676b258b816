# expect: missing-return-sequences @ 16
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Model
from tensorflow.keras.layers import Input, LSTM, RepeatVector, TimeDistributed, Dense

timesteps, n_features = 20, 3


def autoencoder_model(X):
    inputs = Input(shape=(X.shape[1], X.shape[2]))
    L1 = LSTM(16, activation='relu', return_sequences=True)(inputs)
    L2 = LSTM(4, activation='relu', return_sequences=False)(L1)
    # decoder
    L4 = LSTM(4, activation='relu', return_sequences=True)(L2)
    L5 = LSTM(16, activation='relu', return_sequences=True)(L4)
    output = TimeDistributed(Dense(X.shape[2]))(L5)
    return Model(inputs=inputs, outputs=output)


X_train = np.random.rand(30, timesteps, n_features)
model = autoencoder_model(X_train)
model.compile(optimizer='adam', loss='mae')
model.fit(X_train, X_train, epochs=1, batch_size=10, verbose=0)
