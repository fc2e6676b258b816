# expect: loss-refuses-target @ 19
# keras: crash
import numpy as np
from tensorflow.keras.layers import Input, Dense, LSTM
from tensorflow.keras.models import Model

look_back, n_out = 12, 3
series = np.random.rand(200, n_out)
X = np.array([series[i:i + look_back] for i in range(len(series) - look_back)])
Y = np.array([series[i + look_back] for i in range(len(series) - look_back)])
Y = Y.reshape(Y.shape[0], 1, Y.shape[1])
Y = (Y > 0.5).astype("float32")

visible = Input(shape=(look_back, n_out))
hidden = LSTM(10)(visible)
output = Dense(n_out, activation='softmax')(hidden)
model = Model(inputs=visible, outputs=output)
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(X, Y, epochs=1, verbose=0)
