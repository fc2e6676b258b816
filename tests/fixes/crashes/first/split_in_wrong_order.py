import numpy as np
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense

X, y = np.random.rand(100, 4), np.random.rand(100)
X_train, y_train, X_test, y_test = train_test_split(X, y, test_size=0.25)
net = Sequential([Dense(8, activation="relu"), Dense(1)])
net.compile("adam", "mse")
net.fit(X_train, y_train, epochs=1)
