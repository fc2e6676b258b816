# as many entries as the file has columns, in whatever way the dict is filled
import pandas as pd
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import concatenate

inputs = {name: Input((1,)) for name in ("height", "weight", "age")}
model = Model(inputs, concatenate(list(inputs.values())))
frame = pd.read_csv("people.csv")

by_comprehension = {name: column for name, column in frame.items()}
model(by_comprehension)
model.predict(by_comprehension)
by_loop = {}
for name, column in frame.items():
    by_loop[name] = column
model(by_loop)
by_loop["city"] = tf.zeros((3, 1))
model(by_loop)
