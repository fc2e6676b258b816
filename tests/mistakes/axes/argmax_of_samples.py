# expect: argmax-over-samples @ 9
# keras: silent
import numpy as np
import keras

model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, activation="softmax")])
X_val = np.random.rand(12, 6)
y_pred = model.predict(X_val, verbose=0)
classes = np.argmax(y_pred, axis=0)
print(classes)
