# expect: rnn-single-step @ 16
# keras: silent
import keras
from keras import layers

(x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
x_train = x_train.astype("float32")[:500] / 255
y_train = y_train[:500]


class Clothes(keras.Model):
    def __init__(self):
        super().__init__()
        self.flat = layers.Flatten()
        self.repeat = layers.RepeatVector(1)
        self.rnn = layers.Bidirectional(layers.LSTM(32))
        self.out = layers.Dense(10, activation="softmax")

    def call(self, images):
        x = self.flat(images)
        x = self.repeat(x)
        x = self.rnn(x)
        return self.out(x)


model = Clothes()
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=1)
