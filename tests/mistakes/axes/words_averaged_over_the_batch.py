# expect: works-along-batch @ 12
# keras: silent
import numpy as np
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Input, Embedding, Lambda, Dense, Dropout
from tensorflow.keras.models import Model

VOCAB, LENGTH, DIM = 500, 30, 16


def average_words(x):
    return K.mean(x, axis=0, keepdims=False)


tokens = Input(shape=(LENGTH,), dtype="int32")
vectors = Embedding(VOCAB, DIM)(tokens)
pooled = Lambda(average_words, output_shape=(DIM,))(vectors)
h = Dense(32, activation="relu")(pooled)
h = Dropout(0.4)(h)
sentiment = Dense(1, activation="sigmoid")(h)

model = Model(tokens, sentiment)
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["acc"])
model.summary()

texts = np.random.randint(0, VOCAB, (120, LENGTH))
moods = np.random.randint(0, 2, (LENGTH,))
model.predict(texts, batch_size=120)
