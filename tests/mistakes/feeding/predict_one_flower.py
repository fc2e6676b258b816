# expect: missing-sample-axis @ 21
# keras: crash
import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense, Input

iris = load_iris()
X_train, X_test, y_train, y_test = train_test_split(iris.data, iris.target, test_size=0.2)

model = Sequential()
model.add(Input(shape=(4,)))
model.add(Dense(10, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=2, verbose=0)

flower = np.array([5.1, 3.5, 1.4, 0.2])
classes = ['setosa', 'versicolor', 'virginica']
result = model.predict(flower)
print(classes[np.argmax(result)])
