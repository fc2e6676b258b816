# padded, a sequence of one-hot rows keeps them: (samples, steps, classes)
import numpy as np
from keras.preprocessing.sequence import pad_sequences
from keras.utils import to_categorical

STEPS, CLASSES = 12, 7


def tags_of(lines, numbers, one_hot=False):
    rows = np.empty((len(lines),), dtype=object)
    for place, line in enumerate(lines):
        found = [numbers[word] for word in line.split()]
        rows[place] = to_categorical(found, num_classes=CLASSES) if one_hot else found
    return pad_sequences(rows, maxlen=STEPS)


with open("sentences.txt") as file:
    lines = file.readlines()
numbers = {word: place for place, word in enumerate(set(" ".join(lines).split()))}
tags = tags_of(lines, numbers, one_hot=True)
best = np.argmax(tags[:32], axis=2)
of_one = np.argmax(tags[4], axis=1)
words = tags_of(lines, numbers)
longest = np.max(words, axis=1)
