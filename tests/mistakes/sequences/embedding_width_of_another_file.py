# expect: embedding-contradiction @ 9
# keras: crash
import numpy as np
import keras

EMBEDDING_DIM = 100
glove = np.random.rand(400, 50)
inp = keras.Input((16,))
emb = keras.layers.Embedding(400, EMBEDDING_DIM, weights=[glove])(inp)
model = keras.Model(inp, keras.layers.LSTM(4)(emb))
