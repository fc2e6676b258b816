# Keras 2's generators, with the models on their batches
import numpy as np
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.preprocessing.sequence import TimeseriesGenerator
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Dense, Flatten, GRU, Input, LSTM, MaxPooling2D

data = np.random.rand(500, 7)
target = np.random.rand(500, 2)
n_input = 20

generator = TimeseriesGenerator(data, target, length=n_input, batch_size=16)
batch_x, batch_y = generator[0]
n_features = batch_x.shape[2]

model = Sequential()
model.add(LSTM(30, activation="tanh", input_shape=(n_input, n_features)))
model.add(Dense(batch_y.shape[1]))
model.compile(optimizer="adam", loss="mse")
model.fit(generator, epochs=1)

sparse = TimeseriesGenerator(data, data, length=30, sampling_rate=4, stride=2)
xs, ys = sparse[1]
model2 = Sequential([Input(shape=(xs.shape[1], xs.shape[2])), GRU(12), Dense(ys.shape[-1])])

images = np.random.rand(40, 48, 64, 3).astype("float32")
labels = np.eye(5)[np.random.randint(0, 5, size=40)]
augment = ImageDataGenerator(rescale=1.0 / 255, horizontal_flip=True)
augment.fit(images)
flow = augment.flow(images, labels, batch_size=8)
image_batch, label_batch = next(flow)

model3 = Sequential()
model3.add(Conv2D(8, (3, 3), input_shape=image_batch.shape[1:]))
model3.add(MaxPooling2D())
model3.add(Flatten())
model3.add(Dense(label_batch.shape[1], activation="softmax"))
model3.compile(loss="categorical_crossentropy")
model3.fit(flow, steps_per_epoch=5, epochs=1)

for step, (bx, by) in enumerate(augment.flow(images, labels, batch_size=8)):
    if step == 2:
        break
model4 = Sequential([Input(bx.shape[1:]), Flatten(), Dense(by.shape[1])])
