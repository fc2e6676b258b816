# expect: unequal-sample-counts @ 23
# keras: crash
# file: churn.csv 150 age,balance,tenure,products,salary,exited<2
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense, Dropout, Input

df = pd.read_csv('churn.csv')
X = df.iloc[:, 0:5].values
y = df.iloc[:, 5].values

X_train, y_train, X_test, y_test = train_test_split(X, y, test_size=0.2, random_state=0)

classifier = Sequential()
classifier.add(Input(shape=(5,)))
classifier.add(Dense(6, activation='relu'))
classifier.add(Dropout(0.1))
classifier.add(Dense(6, activation='relu'))
classifier.add(Dense(1, activation='sigmoid'))
classifier.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
classifier.fit(X_train, y_train, batch_size=10, epochs=2)
