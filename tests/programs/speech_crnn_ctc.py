# -*- coding: utf-8 -*-
import string
import keras
from keras.layers import (Input, Conv2D, MaxPooling2D, Reshape, Bidirectional, LSTM, Dense, Lambda, Activation,
                          BatchNormalization, Dropout, Permute, TimeDistributed)
from keras.models import Model

char_list = string.ascii_letters + string.digits
MAX_LABEL = 16


class CRNN(object):
    img_w, img_h = 128, 32
    pool_size = 2
    conv_filters = 16

    def __init__(self, n_classes=None, time_dense_size=32, rnn_size=24):
        self.n_classes = n_classes or len(char_list) + 1
        self.time_dense_size = time_dense_size
        self.rnn_size = rnn_size

    def build(self, training=True):
        input_shape = (self.img_w, self.img_h, 1)
        input_data = Input(name='the_input', shape=input_shape, dtype='float32')
        inner = Conv2D(self.conv_filters, (3, 3), padding='same', activation='relu', name='conv1')(input_data)
        inner = MaxPooling2D(pool_size=(self.pool_size, self.pool_size), name='max1')(inner)
        inner = Conv2D(self.conv_filters, (3, 3), padding='same', activation='relu', name='conv2')(inner)
        inner = MaxPooling2D(pool_size=(self.pool_size, self.pool_size), name='max2')(inner)

        conv_to_rnn_dims = (self.img_w // (self.pool_size ** 2),
                            (self.img_h // (self.pool_size ** 2)) * self.conv_filters)
        inner = Reshape(target_shape=conv_to_rnn_dims, name='reshape')(inner)
        inner = Dense(self.time_dense_size, activation='relu', name='dense1')(inner)

        lstm_1 = Bidirectional(LSTM(self.rnn_size, return_sequences=True), merge_mode='sum')(inner)
        lstm_2 = Bidirectional(LSTM(self.rnn_size, return_sequences=True), merge_mode='concat')(lstm_1)
        lstm_2 = BatchNormalization()(lstm_2)
        inner = Dense(self.n_classes, kernel_initializer='he_normal', name='dense2')(lstm_2)
        y_pred = Activation('softmax', name='softmax')(inner)
        trimmed = Lambda(lambda t: t[:, 2:, :], name='trim')(y_pred)
        if not training:
            return Model(inputs=input_data, outputs=y_pred)
        labels = Input(name='the_labels', shape=[MAX_LABEL], dtype='float32')
        input_length = Input(name='input_length', shape=[1], dtype='int64')
        return Model(inputs=[input_data, labels, input_length], outputs=trimmed)


net = CRNN()
train_model = net.build()
predict_model = net.build(training=False)


def squeeze_crnn(height=31, width=100, chars=37):
    inputs = Input(shape=(height, width, 1))
    x = inputs
    for f, pool in zip([16, 32, 32, 32], [(2, 2), (2, 2), (2, 1), (3, 1)]):
        x = Conv2D(f, (3, 3), padding='same', activation='relu')(x)
        x = MaxPooling2D(pool_size=pool)(x)
    squeezed = Lambda(lambda x: keras.ops.squeeze(x, 1))(x)
    blstm = Bidirectional(LSTM(16, return_sequences=True, dropout=0.2))(squeezed)
    return Model(inputs, Dense(chars, activation='softmax')(blstm))


act_model = squeeze_crnn()
perm_in = Input((40, 64))
y = Permute((2, 1))(perm_in)
y = TimeDistributed(Dense(10))(y)
perm = Model(perm_in, y)
