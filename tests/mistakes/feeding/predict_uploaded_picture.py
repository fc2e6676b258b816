# expect: missing-sample-axis @ 26
# keras: crash
# file: upload.png (120, 90, 3)
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, GlobalAveragePooling2D, Dense
from tensorflow.keras.preprocessing import image

IMG_SIZE = (128, 128)
CLASSES = ['cat', 'dog']


def get_classifier():
    clf = Sequential()
    clf.add(Conv2D(16, (3, 3), activation='relu', input_shape=IMG_SIZE + (3,)))
    clf.add(Conv2D(16, (3, 3), activation='relu'))
    clf.add(GlobalAveragePooling2D())
    clf.add(Dense(len(CLASSES), activation='softmax'))
    return clf


def predict_file(clf, path):
    img = image.load_img(path, target_size=IMG_SIZE)
    x = image.img_to_array(img)
    x = x / 255.
    probs = clf.predict(x)
    return CLASSES[int(np.argmax(probs[0]))]


clf = get_classifier()
print(predict_file(clf, 'upload.png'))
