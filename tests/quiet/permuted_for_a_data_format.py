from keras import backend as K
from keras.layers import Input, Lambda


def placed(rois, data_format):
    def ordered(x):
        if data_format == "channels_first":
            return K.permute_dimensions(x, (0, 1, 4, 2, 3))
        # the counterpart, which keeps the axes where they are
        return K.permute_dimensions(x, (0, 1, 2, 3, 4))

    return Lambda(ordered)(rois)


placed(Input((4, 7, 7, 16)), open("order.txt").read())
