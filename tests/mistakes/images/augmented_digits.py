# expect: missing-channel-axis @ 23
# keras: crash
from tensorflow.keras.datasets import mnist
from tensorflow.keras.layers import Conv2D, Dense, Flatten
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.utils import to_categorical

(X_train, y_train), (X_test, y_test) = mnist.load_data()
X_train = X_train[:200].astype("float32") / 255
y_train = to_categorical(y_train[:200], 10)

model = Sequential()
model.add(Conv2D(8, (3, 3), activation="relu", input_shape=(28, 28, 1)))
model.add(Flatten())
model.add(Dense(10, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")

datagen = ImageDataGenerator(width_shift_range=0.1)

model.fit(
    # in batches of 32
    datagen.flow(X_train, y_train, batch_size=32),
    epochs=1,
)
