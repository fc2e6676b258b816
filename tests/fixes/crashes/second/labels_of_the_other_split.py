import numpy as np
import keras
from keras import layers

X, y = np.random.rand(120, 10), np.random.randint(0, 3, 120)
X_train, X_val = X[:100], X[100:]
y_train, y_val = y[:100], y[100:]
model = keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(X_train, y_train, epochs=1, verbose=0)
print(model.evaluate(X_val, y_train, verbose=0))
