# expect: conv-single-step @ 22
# reported: round 7
# keras: silent
# file: train.npy (40, 24)
# file: label.npy (40,)<2
import numpy as np
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Activation, Conv1D, Dense, Dropout, Flatten
from keras.utils import to_categorical

data = np.load("train.npy")
label = np.load("label.npy")

X_train, X_test, y_train, y_test = train_test_split(data, label, test_size=0.3, random_state=4)
y_train = to_categorical(y_train, 2)
y_test = to_categorical(y_test, 2)
X_train = X_train.reshape(X_train.shape[0], 1, 24)
X_test = X_test.reshape(X_test.shape[0], 1, 24)

model = Sequential()
model.add(Conv1D(4, 5, activation="tanh", padding="same", input_shape=(1, 24)))
model.add(Activation("tanh"))
model.add(Flatten())
model.add(Dense(100))
model.add(Dropout(0.5))
model.add(Dense(2, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(X_train, y_train, batch_size=16, epochs=1)
print(model.evaluate(X_test, y_test))
