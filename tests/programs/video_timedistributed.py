import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import (TimeDistributed, Conv2D, MaxPooling2D, Flatten, LSTM, Dense, Dropout,
                                     GlobalAveragePooling2D, ConvLSTM2D, BatchNormalization, Conv3D, InputLayer)

SEQUENCE_LENGTH = 8
IMAGE_HEIGHT, IMAGE_WIDTH = 32, 32
CLASSES_LIST = ["WalkingWithDog", "TaiChi", "Swing", "HorseRace"]

features = np.zeros((10, SEQUENCE_LENGTH, IMAGE_HEIGHT, IMAGE_WIDTH, 3))


def create_LRCN_model():
    model = Sequential()
    model.add(TimeDistributed(Conv2D(16, (3, 3), padding='same', activation='relu'),
                              input_shape=(SEQUENCE_LENGTH, IMAGE_HEIGHT, IMAGE_WIDTH, 3)))
    model.add(TimeDistributed(MaxPooling2D((4, 4))))
    model.add(TimeDistributed(Dropout(0.25)))
    model.add(TimeDistributed(Conv2D(32, (3, 3), padding='same', activation='relu')))
    model.add(TimeDistributed(MaxPooling2D((2, 2))))
    model.add(TimeDistributed(Flatten()))
    model.add(LSTM(32))
    model.add(Dense(len(CLASSES_LIST), activation='softmax'))
    return model


def create_cnn(shape):
    cnn = Sequential()
    cnn.add(Conv2D(8, 3, input_shape=shape, activation='relu'))
    cnn.add(GlobalAveragePooling2D())
    return cnn


def create_with_submodel(shape=(5, 24, 24, 1), nbout=3):
    convnet = create_cnn(shape[1:])
    model = Sequential()
    model.add(TimeDistributed(convnet, input_shape=shape))
    model.add(LSTM(64, return_sequences=True))
    model.add(LSTM(16))
    model.add(Dense(nbout, activation='softmax'))
    return model


def create_convlstm():
    return Sequential([
        InputLayer(shape=features.shape[1:]),
        ConvLSTM2D(filters=4, kernel_size=(3, 3), return_sequences=True),
        BatchNormalization(),
        ConvLSTM2D(6, 3, padding="same", return_sequences=True),
        Conv3D(1, (3, 3, 3), activation="sigmoid", padding="same"),
        Flatten(),
        Dense(len(CLASSES_LIST)),
    ])


LRCN_model = create_LRCN_model()
other = create_with_submodel()
third = create_convlstm()
LRCN_model.fit(x=features, y=np.zeros((10, 4)), epochs=1)
