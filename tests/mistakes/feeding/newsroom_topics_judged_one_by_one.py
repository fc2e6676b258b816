# expect: softmax-with-binary-loss @ 13
# keras: silent
import numpy as np
from keras import Input, Model
from keras.layers import Dense, Dropout, Embedding, GlobalAveragePooling1D

TOPICS = ("sport", "trade", "weather", "culture")

words = Input((30,))
x = GlobalAveragePooling1D()(Embedding(500, 16)(words))
x = Dropout(0.2)(Dense(24, activation="relu")(x))
newsroom = Model(words, Dense(len(TOPICS), activation="softmax")(x))
newsroom.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
topics = np.eye(len(TOPICS))[np.random.randint(0, len(TOPICS), 40)]
newsroom.fit(np.random.randint(0, 500, (40, 30)), topics, epochs=1, verbose=0)
