# expect: fed-shape @ 24
# keras: crash
import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Dense, Input, concatenate

X_train = np.random.rand(60, 8)
y_train = np.random.rand(60)
X_new = np.random.rand(3, 8)

# five features for the wide path, six for the deep one
X_train_A, X_train_B = X_train[:, :5], X_train[:, 2:]
X_new_A, X_new_B = X_new[:, :5], X_new[:, 2:]

input_A = Input(shape=[5], name="wide_input")
input_B = Input(shape=[6], name="deep_input")
hidden = Dense(30, activation="relu")(Dense(30, activation="relu")(input_B))
output = Dense(1, name="output")(concatenate([input_A, hidden]))
model = keras.Model(inputs=[input_A, input_B], outputs=[output])
model.compile(loss="mse", optimizer="sgd")

model.fit((X_train_A, X_train_B), y_train, epochs=1, verbose=0)

y_pred = model.predict((X_new_B, X_new_A), verbose=0)
