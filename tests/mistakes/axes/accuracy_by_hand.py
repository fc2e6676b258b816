# expect: argmax-over-samples @ 15
# keras: silent
import numpy as np
from sklearn.metrics import confusion_matrix
from keras.models import Sequential
from keras.layers import Dense, Input

X_test = np.random.rand(30, 10)
y_test = np.random.randint(0, 3, 30)

model = Sequential([Input((10,)), Dense(16, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='sgd')

probs = model.predict(X_test, verbose=0)
pred = np.argmax(probs, axis=0)
print(pred)
acc = np.mean(pred == y_test[:len(pred)])
print('accuracy: %.3f' % acc)
