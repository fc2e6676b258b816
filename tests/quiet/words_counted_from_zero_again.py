from keras.layers import GRU, Dense, Embedding, Input
from keras.models import Model
from keras.preprocessing.sequence import pad_sequences
from keras.preprocessing.text import Tokenizer

tokenizer = Tokenizer()
tokenizer.fit_on_texts(open("captions.txt").read().splitlines())
rows = len(tokenizer.word_index)


def batch(texts):
    numbers = pad_sequences(tokenizer.texts_to_sequences(texts), padding="post")
    numbers[numbers > 0] -= 1  # the words are counted from 0 from here on
    return numbers


given = Input((None,))
model = Model(given, Dense(rows)(GRU(32)(Embedding(rows, 50)(given))))
model.predict(batch(["a dog runs"]))
