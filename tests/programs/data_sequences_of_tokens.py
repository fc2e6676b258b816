import numpy as np
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.utils import to_categorical
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Bidirectional, Conv1D, Dense, Embedding, GlobalMaxPooling1D, Input, LSTM

MAXLEN = 40
VOCAB = 500
reviews = [[1, 5, 9], [4, 4, 2, 8, 100], [7]]
labels = [0, 2, 1]

X = pad_sequences(reviews, maxlen=MAXLEN, padding="post", truncating="post")
Y = to_categorical(labels, num_classes=3)

model = Sequential()
model.add(Input(shape=(X.shape[1],)))
model.add(Embedding(VOCAB, 16))
model.add(Bidirectional(LSTM(8)))
model.add(Dense(Y.shape[1], activation="softmax"))
model.compile(loss="categorical_crossentropy")
model.fit(X, Y)

# sequences of frames, padded to the same number of frames
frames = [np.random.rand(n, 13) for n in (20, 35, 28)]
F = pad_sequences(frames, maxlen=30, dtype="float32")
audio = Sequential([Input(shape=F.shape[1:]), Conv1D(8, 3), GlobalMaxPooling1D(), Dense(2)])
