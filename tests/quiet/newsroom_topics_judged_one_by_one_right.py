import numpy as np
from keras import Input, Model
from keras.layers import Dense, Dropout, Embedding, GlobalAveragePooling1D

TOPICS = ("sport", "trade", "weather", "culture")

words = Input((30,))
x = GlobalAveragePooling1D()(Embedding(500, 16)(words))
x = Dropout(0.2)(Dense(24, activation="relu")(x))
topics = np.eye(len(TOPICS))[np.random.randint(0, len(TOPICS), 40)]
texts = np.random.randint(0, 500, (40, 30))

newsroom = Model(words, Dense(len(TOPICS), activation="softmax")(x))
newsroom.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
newsroom.fit(texts, topics, epochs=1, verbose=0)

tagger = Model(words, Dense(len(TOPICS), activation="sigmoid")(x))
tagger.compile(optimizer="rmsprop", loss="binary_crossentropy")
tagger.fit(texts, np.random.randint(0, 2, (40, len(TOPICS))), epochs=1, verbose=0)

either = Model(words, Dense(2, activation="softmax")(x))
either.compile(optimizer="rmsprop", loss="binary_crossentropy")
either.fit(texts, np.eye(2)[np.random.randint(0, 2, 40)], epochs=1, verbose=0)
