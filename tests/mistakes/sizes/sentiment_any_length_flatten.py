# expect: undefined-axis @ 20
# keras: crash
import numpy as np
import keras
from keras import Input, Model
from keras.layers import Embedding, Conv1D, Flatten, Dense, Dropout
from keras.utils import pad_sequences

vocab_size = 5000
embedding_dim = 64

texts = [[4, 19, 7, 2], [11, 3], [80, 2, 9, 17, 5], [6]]
labels = np.array([1, 0, 1, 0])
padded = pad_sequences(texts, padding="post")

sentence = Input(shape=(None,), dtype="int32")
x = Embedding(vocab_size, embedding_dim)(sentence)
x = Conv1D(64, 3, padding="same", activation="relu")(x)
x = Flatten()(x)
x = Dense(64, activation="relu")(x)
x = Dropout(0.5)(x)
out = Dense(1, activation="sigmoid")(x)

model = Model(sentence, out)
model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["acc"])
model.fit(padded, labels, epochs=2)
