# expect: normalization-axis @ 30
# expect: normalization-axis @ 35
# expect: normalization-axis @ 45
# reported: round 7
# keras: silent
import numpy as np
from keras.layers import Activation, Add, BatchNormalization, Conv2D, Dense, Flatten, Input
from keras.models import Model
from keras.regularizers import l2


class ModelConfig:
    cnn_filter_num = 32
    cnn_first_filter_size = 5
    cnn_filter_size = 3
    res_layer_num = 2
    l2_reg = 1e-4
    value_fc_size = 64


class ChessModel:
    def __init__(self, config):
        self.config = config

    def build(self):
        mc = self.config
        in_x = x = Input((18, 8, 8))
        x = Conv2D(filters=mc.cnn_filter_num, kernel_size=mc.cnn_first_filter_size, padding="same",
                   data_format="channels_first", use_bias=False, kernel_regularizer=l2(mc.l2_reg))(x)
        x = BatchNormalization(axis=-1)(x)
        x = Activation("relu")(x)
        for i in range(mc.res_layer_num):
            x = self._build_residual_block(x, i + 1)
        x = Conv2D(filters=2, kernel_size=1, data_format="channels_first", use_bias=False)(x)
        x = BatchNormalization(axis=-1)(x)
        x = Flatten()(Activation("relu")(x))
        policy_out = Dense(1968, activation="softmax", name="policy_out")(x)
        self.model = Model(in_x, policy_out, name="chess_model")

    def _build_residual_block(self, x, index):
        mc = self.config
        in_x = x
        x = Conv2D(filters=mc.cnn_filter_num, kernel_size=mc.cnn_filter_size, padding="same",
                   data_format="channels_first", use_bias=False)(x)
        x = BatchNormalization(axis=-1)(x)
        x = Activation("relu")(x)
        return Activation("relu")(Add()([in_x, x]))


chess = ChessModel(ModelConfig())
chess.build()
chess.model.summary()
