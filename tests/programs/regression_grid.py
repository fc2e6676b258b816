import itertools
import numpy as np
from keras import models, layers, regularizers

np.random.seed(0)
train_data = np.random.rand(404, 13)
train_targets = np.random.rand(404)
mean = train_data.mean(axis=0)
train_data -= mean
std = train_data.std(axis=0)
train_data /= std


def build_model(units=64, depth=2, act='relu', l2=None):
    model = models.Sequential()
    reg = regularizers.l2(l2) if l2 else None
    for i in range(depth):
        if i == 0:
            model.add(layers.Dense(units, activation=act, kernel_regularizer=reg, input_shape=(train_data.shape[1],)))
        else:
            model.add(layers.Dense(units // (2 ** i), activation=act, kernel_regularizer=reg))
    model.add(layers.Dense(1))
    model.compile(optimizer='rmsprop', loss='mse', metrics=['mae'])
    return model


grid = {'units': [32, 64], 'depth': [1, 3], 'act': ['relu', 'tanh']}
keys = list(grid)
scores = []
for values in itertools.product(*grid.values()):
    params = dict(zip(keys, values))
    model = build_model(**params, l2=1e-4)
    k = 2
    num_val_samples = len(train_data) // k
    for i in range(k):
        val_data = train_data[i * num_val_samples: (i + 1) * num_val_samples]
        partial_train_data = np.concatenate(
            [train_data[:i * num_val_samples], train_data[(i + 1) * num_val_samples:]], axis=0)
        model.fit(partial_train_data, np.zeros(len(partial_train_data)), epochs=1, batch_size=16, verbose=0)
    scores.append((params, 0.0))

best = min(scores, key=lambda s: s[1])
