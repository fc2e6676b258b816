# expect: fed-shape @ 22
# expect: fed-shape @ 23
# keras: crash
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.utils import to_categorical

x_train, y_train = np.random.rand(300, 28, 28), np.random.randint(0, 10, 300)
x_test, y_test = np.random.rand(100, 28, 28), np.random.randint(0, 10, 100)

x_train = x_train.reshape((x_train.shape[0], 28 * 28)).astype('float32')
y_train, y_test = to_categorical(y_train, 10), to_categorical(y_test, 10)

model = Sequential()
model.add(Dense(64, activation='relu', input_shape=(28 * 28,)))
model.add(Dropout(0.3))
model.add(Dense(10, activation='softmax'))
model.compile('rmsprop', 'categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=1, verbose=0)

loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
wrong = model.predict(x_test, verbose=0).argmax(axis=1) != y_test.argmax(axis=1)
