# expect: labels-with-categorical-loss @ 23
# keras: crash
# wine quality with a small network
import numpy as np
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras import Sequential
from keras.layers import Dense, Dropout, Input

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=42)
sc = StandardScaler()
X_train = sc.fit_transform(X_train)
X_test = sc.transform(X_test)

clf = Sequential()
clf.add(Input((13,)))
clf.add(Dense(26, activation='relu'))
clf.add(Dropout(0.2))
clf.add(Dense(3, activation='softmax'))
clf.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
clf.fit(X_train, y_train, epochs=10, batch_size=8)
