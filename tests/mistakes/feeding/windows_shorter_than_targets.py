# missed: unequal-sample-counts @ 18 the windows are appended in a loop that starts behind the lookback, and their number is not counted
# keras: crash
import numpy as np
from keras import Sequential
from keras.layers import Input, GRU, Dense

LOOKBACK = 10
prices = np.random.rand(300, 1)

X = []
for i in range(LOOKBACK, len(prices)):
    X.append(prices[i - LOOKBACK:i])
X = np.array(X)
y = prices[:, 0]

model = Sequential([Input((LOOKBACK, 1)), GRU(16), Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(X, y, epochs=2, batch_size=32, verbose=0)
