# expect: argmax-over-one @ 15
# expect: argmax-over-one @ 16
# reported: round 3
# keras: silent
import numpy as np
from keras.datasets import mnist
from keras.layers import Dense, Flatten, Input
from keras.models import Sequential
from sklearn.metrics import accuracy_score


class Accuracy:
    @classmethod
    def compute(cls, prediction, target):
        prediction = list(map(lambda x: x.argmax(), prediction))
        target = list(map(lambda x: x.argmax(), target))
        return accuracy_score(prediction, target)


class Classifier:
    def __init__(self):
        self.model = Sequential([Input((28, 28)), Flatten(), Dense(32, activation="relu"), Dense(10, activation="softmax")])
        self.model.compile("adam", "sparse_categorical_crossentropy")

    def fit(self, x, y):
        self.model.fit(x, y, epochs=1, verbose=0)

    def predict(self, x_test):
        return np.argmax(self.model.predict(x_test), axis=1)

    def evaluate(self, x_test, y_test):
        y_predict = self.predict(x_test)
        return Accuracy.compute(y_predict, y_test)


(x_train, y_train), (x_test, y_test) = mnist.load_data()
clf = Classifier()
clf.fit(x_train[:64] / 255.0, y_train[:64])
print(clf.evaluate(x_test[:64] / 255.0, y_test[:64]))
