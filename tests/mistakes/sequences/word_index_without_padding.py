# expect: embedding-contradiction @ 26
# keras: crash
# the last word of the vocabulary has no row
import numpy as np
import keras

try:
    from keras.preprocessing.text import Tokenizer
except ImportError:
    class Tokenizer:
        """As it was in Keras 2: words count from 1."""

        def fit_on_texts(self, texts):
            words = sorted({word for text in texts for word in text.split()})
            self.word_index = {word: i + 1 for i, word in enumerate(words)}

        def texts_to_sequences(self, texts):
            return [[self.word_index[word] for word in text.split()] for text in texts]

reviews = ["good film", "bad film", "what a film"]
tokenizer = Tokenizer()
tokenizer.fit_on_texts(reviews)
vocab_size = len(tokenizer.word_index)
data = keras.utils.pad_sequences(tokenizer.texts_to_sequences(reviews), maxlen=4)
model = keras.Sequential([
    keras.layers.Embedding(vocab_size, 8),
    keras.layers.LSTM(4),
    keras.layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(data, np.zeros(3), verbose=0)
