# expect: fed-structure @ 34
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model


def make_pairs(images, labels):
    pairs, same = [], []
    for i in range(len(images) - 1):
        pairs.append([images[i], images[i + 1]])
        same.append(float(labels[i] == labels[i + 1]))
    return np.array(pairs), np.array(same)


def embedding_net():
    inp = layers.Input((28, 28, 1))
    x = layers.Conv2D(4, 5, activation="tanh")(inp)
    x = layers.AveragePooling2D(2)(x)
    x = layers.Flatten()(x)
    return Model(inp, layers.Dense(10, activation="tanh")(x))


images = np.random.rand(30, 28, 28, 1).astype("float32")
labels = np.random.randint(0, 3, 30)
pairs_train, labels_train = make_pairs(images, labels)

net = embedding_net()
in1 = layers.Input((28, 28, 1))
in2 = layers.Input((28, 28, 1))
merged = layers.Lambda(lambda t: tf.math.abs(t[0] - t[1]))([net(in1), net(in2)])
siamese = Model([in1, in2], layers.Dense(1, activation="sigmoid")(merged))
siamese.compile(loss="binary_crossentropy", optimizer="rmsprop")
siamese.fit(pairs_train, labels_train, batch_size=8, epochs=1, verbose=0)
