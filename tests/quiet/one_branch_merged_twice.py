# Keras 1: what is merged in two places of a Sequential is one input
import numpy as np
from keras.layers import LSTM, Activation, Dense, Embedding, Merge, Permute
from keras.models import Sequential

facts = Sequential()
facts.add(Embedding(input_dim=40, output_dim=16, input_length=30))
question = Sequential()
question.add(Embedding(input_dim=40, output_dim=16, input_length=6))
scores = Sequential()
scores.add(Merge([facts, question], mode="dot", dot_axes=[2, 2]))
answers = Sequential()
answers.add(Embedding(input_dim=40, output_dim=6, input_length=30))
both = Sequential()
both.add(Merge([scores, answers], mode="sum"))
both.add(Permute((2, 1)))
whole = Sequential()
whole.add(Merge([both, question], mode="concat", concat_axis=-1))
whole.add(LSTM(32))
whole.add(Dense(40))
whole.add(Activation("softmax"))
whole.compile(optimizer="rmsprop", loss="categorical_crossentropy")

told = np.random.randint(1, 40, (200, 30))
asked = np.random.randint(1, 40, (200, 6))
words = np.eye(40)[np.random.randint(0, 40, 200)]
whole.fit([told, asked, told], words, nb_epoch=3)
whole.fit([told, asked], words, nb_epoch=3)  # expect: fed-structure
