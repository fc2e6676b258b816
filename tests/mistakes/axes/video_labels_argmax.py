# expect: argmax-over-samples @ 13
# keras: silent
import numpy as np
from sklearn.metrics import classification_report
from tensorflow import keras

inputs = keras.Input((20,))
model = keras.Model(inputs, keras.layers.Dense(4, activation="softmax")(inputs))
model.compile(loss="sparse_categorical_crossentropy")
X_val = np.random.rand(25, 20)
y_val = np.random.randint(0, 4, 25)
y_prob = model.predict(X_val, verbose=0)
y_pred = np.argmax(y_prob)
print("first guess", y_pred)
