# expect: argmax-over-one @ 25
# reported: round 5
# keras: silent
import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split
from tensorflow.keras.layers import LSTM, Dense, Embedding
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.sequence import pad_sequences

voc_size, sent_length = 500, 20
titles = [list(np.random.randint(1, voc_size, np.random.randint(4, 25))) for _ in range(60)]
y_final = np.random.randint(0, 2, 60)
X_final = pad_sequences(titles, padding="pre", maxlen=sent_length)

model1 = Sequential()
model1.add(Embedding(voc_size, 40))
model1.add(LSTM(50))
model1.add(Dense(1, activation="sigmoid"))
model1.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])

X_train, X_test, y_train, y_test = train_test_split(X_final, y_final, test_size=0.33, random_state=42)
model1.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=1, batch_size=16)
y_pred = model1.predict(X_test)
class_x = np.argmax(y_pred, axis=1)
print(confusion_matrix(y_test, class_x))
print(accuracy_score(y_test, class_x))
