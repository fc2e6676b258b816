# expect: fed-structure @ 24
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, GlobalAveragePooling2D, Dense, Input

classifier = Sequential()
classifier.add(Input(shape=(32, 32, 1)))
classifier.add(Conv2D(8, (3, 3), padding='same', activation='relu'))
classifier.add(GlobalAveragePooling2D())
classifier.add(Dense(3, activation='softmax'))

frame = np.random.rand(240, 320)
boxes = [(10, 12), (100, 40), (180, 200)]

crops = []
for (top, left) in boxes:
    crop = frame[top:top + 32, left:left + 32]
    crop = (crop - crop.mean()) / (crop.std() + 1e-7)
    crops.append(crop[..., np.newaxis])

# 32 answers for the first crop, none for the others
classes = classifier.predict(
    crops,
    verbose=0,
)
print(classes.argmax(axis=1))
