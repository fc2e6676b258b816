# expect: labels-beyond-units @ 23
# keras: silent
from keras.datasets import fashion_mnist
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from keras.models import Sequential

(X, y), _ = fashion_mnist.load_data()
X = X[:256].reshape(-1, 28, 28, 1).astype("float32") / 255
y = y[:256]


def build_model(lr=0.01):
    net = Sequential()
    net.add(Conv2D(4, (3, 3), activation="relu", input_shape=(28, 28, 1)))
    net.add(MaxPooling2D((2, 2)))
    net.add(Flatten())
    net.add(Dense(1, activation="sigmoid"))
    net.compile(loss="binary_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return net


clf = build_model()
clf.fit(X, y, batch_size=64, epochs=1, verbose=0)
