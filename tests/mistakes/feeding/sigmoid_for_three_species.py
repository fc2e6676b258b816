# expect: units-unlike-target @ 27
# keras: crash
import numpy as np
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.preprocessing import LabelEncoder
from keras.models import Sequential
from keras.layers import Dense
from keras.utils import to_categorical

data = load_iris()
X = data.data
encoder = LabelEncoder()
encoded_Y = encoder.fit_transform(data.target)
dummy_y = to_categorical(encoded_Y)


def baseline_model():
    model = Sequential()
    model.add(Dense(8, input_dim=4, activation='relu'))
    model.add(Dense(1, activation='sigmoid'))
    model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
    return model


model = baseline_model()
model.fit(X, dummy_y, epochs=3, batch_size=5, verbose=0)
