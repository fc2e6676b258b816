# a function that scales each row by itself has nothing to fit, under whatever name it is called
import numpy as np
from keras import Sequential, layers
from sklearn import preprocessing
from sklearn.preprocessing import normalize as to_unit_length

past, new = np.load("past.npy").reshape(-1, 4), np.load("new.npy").reshape(-1, 4)
model = Sequential([layers.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(to_unit_length(past), np.load("sold.npy"))
model.predict(to_unit_length(new))

other = Sequential([layers.Input((4,)), layers.Dense(1)])
other.compile("adam", "mse")
other.fit(preprocessing.normalize(past), np.load("sold.npy"))
other.predict(preprocessing.normalize(new))
