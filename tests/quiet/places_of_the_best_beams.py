# what is computed from something unknown may be an array of places: the best beams, picked out of all scores
import numpy as np
from tensorflow import keras

model = keras.Sequential([keras.Input((30,)), keras.layers.Dense(300)])


def beams(scores_of, length, width, start=None):
    texts = np.empty((1, 0), dtype=int) if start is None else np.array([[start]])
    total = np.zeros(1)
    for _ in range(length):
        scores = total.reshape((-1, 1)) + np.array(scores_of(texts)).prod(axis=0)
        best = scores.argpartition(-width, axis=None)[-width:]
        rows, columns = best // scores.shape[1], (best % scores.shape[1]).reshape((-1, 1))
        texts = np.concatenate([texts[rows], columns], 1)
        total = np.take_along_axis(scores, best, axis=None)
        done = texts[:, -1] == 5
        if not done.all():
            texts, total = texts[~done], total[~done]
    return texts[total.argmax()]


def read(passages, length):
    return beams(lambda texts: [model.predict(passage) for passage in passages], length, 3)


def nearest(places, table=np.zeros((500, 8)), width=20):
    rows = table[places // width]
    return np.concatenate([rows, np.ones((len(places), 1))], axis=1)
