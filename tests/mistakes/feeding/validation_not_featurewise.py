# expect: scaled-for-training-only @ 32
# reported: round 4
# keras: silent
from tensorflow import keras
from tensorflow.keras.datasets import cifar10
from tensorflow.keras.layers import Activation, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

batch_size, nb_classes, nb_epoch = 16, 10, 1

(X_train, y_train), (X_test, y_test) = cifar10.load_data()
Y_train = keras.utils.to_categorical(y_train, nb_classes)
Y_test = keras.utils.to_categorical(y_test, nb_classes)

model = Sequential()
model.add(Conv2D(16, (3, 3), padding="same", input_shape=X_train.shape[1:]))
model.add(Activation("relu"))
model.add(MaxPooling2D((2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(nb_classes))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])

X_train, Y_train, X_test, Y_test = X_train[:64], Y_train[:64], X_test[:64], Y_test[:64]
X_train = X_train.astype("float32") / 255
X_test = X_test.astype("float32") / 255

datagen = ImageDataGenerator(featurewise_center=True, featurewise_std_normalization=True, horizontal_flip=True)
datagen.fit(X_train)
model.fit(datagen.flow(X_train, Y_train, batch_size=batch_size), steps_per_epoch=2, epochs=nb_epoch, validation_data=(X_test, Y_test))
