# pairs with their sides exchanged are training data of their own; inputs in a nested structure
import numpy as np
from keras import Input, Model, layers

first, second = np.random.rand(20, 6), np.random.rand(20, 6)
words = np.random.randint(0, 50, (20, 9))
first_in, second_in = Input((6,), name="first"), Input((6,), name="second")
tower = layers.Dense(4)
difference = layers.Subtract()([tower(first_in), tower(second_in)])
better = Model([first_in, second_in], layers.Dense(1, activation="sigmoid")(difference))
better.compile("adam", "binary_crossentropy")
is_better = (first.sum(axis=1) > second.sum(axis=1)).astype(int)
better.fit([first, second], is_better)
better.fit([second, first], 1 - is_better)
mean = better.predict([first, second]) + 1 - better.predict([second, first])

words_in = Input((9,), name="words")
read = layers.GlobalAveragePooling1D()(layers.Embedding(50, 4)(words_in))
nested = Model({"pair": (first_in, second_in), "words": words_in}, layers.Dense(1)(read))
nested.compile("adam", "mse")
nested.fit({"pair": (first, second), "words": words}, mean)
