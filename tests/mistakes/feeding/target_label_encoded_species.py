# expect: labels-with-categorical-loss @ 19
# keras: crash
# file: penguins.csv 90 bill_length,bill_depth,flipper,mass,species<3
import pandas as pd
from sklearn.preprocessing import LabelEncoder, StandardScaler
from keras.layers import Dense
from keras.models import Sequential

frame = pd.read_csv("penguins.csv")
X = frame.iloc[:, 0:4].values
enc = LabelEncoder()
y = enc.fit_transform(frame.iloc[:, 4].values)
X = StandardScaler().fit_transform(X)

network = Sequential()
network.add(Dense(units=12, activation="relu", input_shape=(4,)))
network.add(Dense(units=len(set(y)), activation="softmax"))
network.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
network.fit(X, y, batch_size=10, epochs=1, verbose=0)
