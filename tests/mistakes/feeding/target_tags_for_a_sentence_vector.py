# expect: steps-unlike-target @ 19
# keras: crash
import numpy as np
import keras
from keras import layers

VOCAB, MAXLEN, TAGS = 900, 25, 11
sentences = np.random.randint(1, VOCAB, size=(60, MAXLEN))
tags = np.random.randint(0, TAGS, size=(60, MAXLEN))

model = keras.Sequential(
    [
        layers.Embedding(VOCAB, 32),
        layers.Bidirectional(layers.LSTM(32)),
        layers.Dense(TAGS, activation="softmax"),
    ]
)
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
history = model.fit(sentences, tags, epochs=1, validation_split=0.1, verbose=0)
