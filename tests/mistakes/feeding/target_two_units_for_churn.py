# expect: units-unlike-target @ 21
# keras: crash
# file: churn.csv 120 tenure,charges,support_calls,contract,churn<2
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler
from keras.models import Sequential
from keras.layers import Dense

df = pd.read_csv("churn.csv")
X = df.drop(columns=["churn"])
y = df["churn"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=7)
scaler = MinMaxScaler()
X_train = scaler.fit_transform(X_train)

ann = Sequential()
ann.add(Dense(16, activation="relu", input_dim=4))
ann.add(Dense(2, activation="sigmoid"))
ann.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
ann.fit(X_train, y_train, batch_size=16, epochs=1, verbose=0)
