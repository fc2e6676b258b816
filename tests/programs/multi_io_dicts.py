import numpy as np
import keras
from keras import layers

num_tags = 12
num_words = 1000
num_departments = 4

title_input = keras.Input(shape=(None,), name="title")
body_input = keras.Input(shape=(None,), name="body")
tags_input = keras.Input(shape=(num_tags,), name="tags")

title_features = layers.Embedding(num_words, 64)(title_input)
body_features = layers.Embedding(num_words, 64)(body_input)
title_features = layers.LSTM(128)(title_features)
body_features = layers.LSTM(32)(body_features)
x = layers.concatenate([title_features, body_features, tags_input])

priority_pred = layers.Dense(1, name="priority")(x)
department_pred = layers.Dense(num_departments, name="department")(x)

model = keras.Model(
    inputs=[title_input, body_input, tags_input],
    outputs={"priority": priority_pred, "department": department_pred},
)
model.compile(
    optimizer=keras.optimizers.RMSprop(1e-3),
    loss={
        "priority": keras.losses.BinaryCrossentropy(from_logits=True),
        "department": keras.losses.CategoricalCrossentropy(from_logits=True),
    },
    loss_weights={"priority": 1.0, "department": 0.2},
)
model.fit(
    {"title": np.zeros((8, 10)), "body": np.zeros((8, 100)), "tags": np.zeros((8, num_tags))},
    {"priority": np.zeros((8, 1)), "department": np.zeros((8, num_departments))},
    epochs=2,
    batch_size=32,
)

# tabular: one input per column
NUMERIC = ["age", "fare", "siblings"]
CATEGORICAL = {"sex": 2, "embarked": 4, "class": 3}

inputs = {}
encoded = []
for col in NUMERIC:
    inputs[col] = keras.Input(shape=(1,), name=col)
    encoded.append(inputs[col])
for col, size in CATEGORICAL.items():
    inputs[col] = keras.Input(shape=(1,), name=col, dtype="int32")
    e = layers.Embedding(size + 1, min(50, (size + 1) // 2))(inputs[col])
    encoded.append(layers.Flatten()(e))
all_features = layers.concatenate(encoded)
x = layers.Dense(32, activation="relu")(all_features)
x = layers.Dropout(0.5)(x)
output = layers.Dense(1)(x)
tabular = keras.Model(inputs, output)
