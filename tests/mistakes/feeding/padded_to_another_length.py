# expect: fed-shape @ 20
# keras: crash
import numpy as np
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.layers import Input, Embedding, Conv1D, Flatten, Dense
from tensorflow.keras.models import Model

max_features, max_len = 3000, 120

token_ids = [list(np.random.randint(1, max_features, np.random.randint(5, 60))) for _ in range(40)]
X = pad_sequences(token_ids, maxlen=100, padding='post')
y = np.random.randint(0, 2, 40)

inp = Input(shape=(max_len,))
x = Embedding(max_features, 16)(inp)
x = Conv1D(16, 5, activation='relu')(x)
x = Flatten()(x)
model = Model(inp, Dense(1, activation='sigmoid')(x))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, y, batch_size=8, epochs=1, verbose=0)
