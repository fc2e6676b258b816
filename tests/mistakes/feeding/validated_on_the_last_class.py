# expect: validation-of-last-class @ 25
# reported: round 8
# keras: silent
# file: walking.npy (40, 12)
# file: running.npy (40, 12)
# file: standing.npy (40, 12)
import numpy as np
from keras.layers import Dense, Dropout, Input
from keras.models import Sequential

walking = np.load("walking.npy")
running = np.load("running.npy")
standing = np.load("standing.npy")

X = np.concatenate([walking, running, standing])
y = np.concatenate([np.zeros(len(walking)), np.ones(len(running)), np.full(len(standing), 2)])
X = (X - X.mean(axis=0)) / X.std(axis=0)

model = Sequential()
model.add(Input((X.shape[1],)))
model.add(Dense(64, activation="relu"))
model.add(Dropout(0.3))
model.add(Dense(3, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(X, y, epochs=2, batch_size=16, validation_split=0.2, shuffle=True, verbose=0)
print(max(history.history["val_accuracy"]))
