# expect: fed-channel-count @ 27
# keras: crash
import cv2
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

emotions = ["angry", "happy", "neutral", "sad"]

model = Sequential()
model.add(Conv2D(16, (3, 3), activation="relu", input_shape=(48, 48, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(len(emotions), activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")

cv2.imwrite("frame.png", np.random.randint(0, 255, (120, 160, 3), dtype=np.uint8))


def classify(path):
    face = cv2.imread(path)
    face = cv2.resize(face, (48, 48))
    face = face.astype("float32") / 255
    return np.expand_dims(face, axis=0)


prediction = model.predict(classify("frame.png"))
print(emotions[int(np.argmax(prediction))])
