# each value of a table's column is a list: an array of them has two axes
import numpy as np
import pandas as pd
from keras import Input, Model
from keras.layers import Dense

table = pd.read_csv("texts.csv")
table["lengths"] = table.text.apply(lambda text: [len(word) for word in text.split()])
words = Input((60,))
model = Model(words, Dense(2)(words))
model.predict(np.array(list(table.lengths.values)))
model.predict(np.array(list(table["lengths"].values)))
model.predict(np.array(list(table["lengths"])))
model.predict(np.array(table["lengths"].values.tolist()))
model.predict(np.stack(table["lengths"].values))
model.predict(np.array([row for row in table["lengths"].values]))
model.predict(np.arange(60))  # expect: missing-sample-axis
