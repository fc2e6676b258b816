# expect: stored-in-other-shape @ 16
# expect: ids-beyond-embedding @ 19
# keras: crash
import numpy as np
from tensorflow.keras import layers, models

sentences = ["open the door", "close the window", "open the window"]
ids = {}
for sentence in sentences:
    for word in sentence.split():
        if word not in ids:
            ids[word] = len(ids) + 1

vectors = np.zeros((len(ids), 12), dtype="float32")
for word, i in ids.items():
    vectors[i] = np.random.rand(12)

tokens = np.array([[ids[word] for word in sentence.split()] for sentence in sentences])
model = models.Sequential([layers.Embedding(len(ids), 12, weights=[vectors]), layers.LSTM(4), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(tokens, np.zeros(3), verbose=0)
