# expect: permute-from-zero @ 12
# keras: crash
# EEGNet-like, input (channels, samples)
from tensorflow.keras.models import Model
from tensorflow.keras.layers import Input, Permute, Conv1D, AveragePooling1D, Flatten, Dense, BatchNormalization

chans, samples = 64, 128


def shallow(nb_classes, Chans=64, Samples=128, F1=8):
    input1 = Input(shape=(Chans, Samples))
    block = Permute((0, 2, 1))(input1)
    block = Conv1D(F1, 13, padding='same', use_bias=False)(block)
    block = BatchNormalization()(block)
    block = AveragePooling1D(4)(block)
    return Model(input1, Dense(nb_classes, activation='softmax')(Flatten()(block)))


model = shallow(4, chans, samples)
