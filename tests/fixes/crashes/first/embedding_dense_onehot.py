import numpy as np
import keras
from keras import layers

vocab, maxlen = 2000, 40
texts = np.random.randint(1, vocab, (50, maxlen))
topics = keras.utils.to_categorical(np.random.randint(0, 4, 50), 4)

model = keras.Sequential()
model.add(keras.Input((maxlen,)))
model.add(layers.Embedding(vocab, 16))
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(4, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(texts, topics, epochs=1)
