# the kernel of a ConvLSTM slides along the images, not along the frames
from keras import Sequential, layers

video = Sequential()
video.add(layers.Input((2, 48, 64, 3)))
video.add(layers.ConvLSTM2D(8, 5, padding="same", return_sequences=True))
video.add(layers.ConvLSTM2D(8, kernel_size=3, padding="same"))
video.add(layers.GlobalAveragePooling2D())
video.add(layers.Dense(4, activation="softmax"))

beams = Sequential()
beams.add(layers.Input((3, 120, 2)))
beams.add(layers.ConvLSTM1D(8, 9, padding="same"))
beams.add(layers.Flatten())
beams.add(layers.Dense(1))
