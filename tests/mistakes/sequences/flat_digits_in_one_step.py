# expect: conv-single-step @ 8
# keras: silent
from keras import Sequential, datasets, layers

(x, y), _ = datasets.mnist.load_data()
model = Sequential([layers.Input((28, 28)), layers.Flatten(), layers.Dropout(0.1)])
model.add(layers.Reshape((1, 784)))
model.add(layers.Conv1D(8, 3, padding="same"))
model.add(layers.Flatten())
model.add(layers.Dense(10, activation="softmax"))
model.compile("sgd", "sparse_categorical_crossentropy")
model.fit(x[:64] / 255.0, y[:64], epochs=1, verbose=0)
