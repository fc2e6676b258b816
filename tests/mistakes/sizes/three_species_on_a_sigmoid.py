# expect: labels-beyond-units @ 23
# keras: silent
import numpy as np
import pandas as pd
from sklearn.preprocessing import LabelEncoder
from keras.models import Sequential
from keras.layers import Input, Dense
from keras.utils import to_categorical

df = pd.DataFrame({
    "petal": np.random.rand(90), "sepal": np.random.rand(90),
    "species": ["setosa", "versicolor", "virginica"] * 30,
})
X = df.drop("species", axis=1).values
encoder = LabelEncoder()
y = encoder.fit_transform(df["species"])

model = Sequential()
model.add(Input((2,)))
model.add(Dense(8, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, epochs=1, verbose=0)
