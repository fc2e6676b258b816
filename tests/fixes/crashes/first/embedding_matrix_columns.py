import numpy as np
from tensorflow.keras.layers import Embedding, LSTM, Dense, Input
from tensorflow.keras.models import Model

vocab_size = 400
glove = np.random.rand(vocab_size, 100)
inp = Input((30,))
emb = Embedding(vocab_size, 50, weights=[glove], trainable=False)(inp)
out = Dense(1, activation="sigmoid")(LSTM(8)(emb))
model = Model(inp, out)
model.compile("adam", "binary_crossentropy")
model.fit(np.random.randint(0, vocab_size, (10, 30)), np.random.randint(0, 2, 10))
