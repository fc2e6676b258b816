import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow import keras

X, y = np.random.rand(100, 6), np.random.randint(0, 2, 100)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X_train, y_test, epochs=1)
