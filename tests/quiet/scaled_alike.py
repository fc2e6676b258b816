# the same scaling on other ways, data of another source, and models that are trained on both
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from tensorflow import keras


def net():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    return model


data, target = np.random.rand(200, 6) * 9, np.random.rand(200)
first, second, a, b = train_test_split(data, target)
scaler = StandardScaler()
together = net()
together.fit(scaler.fit_transform(first), a, validation_data=(scaler.transform(second), b))
together.predict(np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]))
together.predict(np.random.rand(3, 6))

raw = net()
raw.fit(first, a)
raw.predict(second)

both = net()
both.fit(first, a)
both.fit(MinMaxScaler().fit_transform(first), a)
both.predict(second)

by_hand = net()
mean, deviation = first.mean(axis=0), first.std(axis=0)
first -= mean
first /= deviation
second = (second - mean) / deviation
by_hand.fit(first, a)
by_hand.predict(second)

by_statistics = net()
by_statistics.fit(scaler.fit_transform(data), target)
by_statistics.predict(scaler.transform(data[:5]))
autoencoder = net()
autoencoder.fit(data / 9, target)
autoencoder.predict(data[:3] / 9.0)
