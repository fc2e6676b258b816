# a limit keeps the last word away, a word for the padding was added, and sizes speak louder than names
import keras
from keras.layers import Embedding
from keras.preprocessing.text import Tokenizer

size_embedding = 5000
texts = open("texts.txt").read().splitlines()

tokenizer = Tokenizer(num_words=2000)
tokenizer.fit_on_texts(texts)
inputs = keras.Input((20,))
Embedding(len(tokenizer.word_index), 50)(inputs)

ids = tokenizer.word_index
ids["PAD"] = 0
Embedding(len(ids), 50)(inputs)

Embedding(size_embedding, 36)(inputs)
