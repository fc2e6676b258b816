# a model of Keras 2 whose one output was given in a list is merged with its own input
from keras import backend as K
from keras.layers import Conv2D, GlobalAveragePooling2D, Input, Lambda, Multiply, Subtract
from keras.models import Model


def repairer():
    image, holes = Input((32, 32, 3)), Input((32, 32, 3))
    seen = Multiply()([image, holes])
    painted = Conv2D(3, 3, padding="same")(seen)
    return Model([image, holes], [painted])


def rounds(painter, count):
    image, holes = Input((32, 32, 3)), Input((32, 32, 3))
    painted = image
    for _ in range(count):
        painted = painter([painted, holes])
    off = Subtract()([painted, image])
    off = Multiply()([off, holes])
    turned = Lambda(lambda x: K.permute_dimensions(x, (0, 2, 1, 3)))(off)
    return Model([image, holes], [GlobalAveragePooling2D()(turned)])


errors = rounds(repairer(), 4)
errors.compile("adam", "mse")
