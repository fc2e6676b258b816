from keras import backend as K
from keras.applications import VGG16
from keras.layers import Dense, Flatten, Input, Lambda
from keras.models import Model, Sequential


def gram(x):
    x = K.permute_dimensions(x, (0, 3, 1, 2))
    shape = K.shape(x)
    return K.reshape(x, K.stack([shape[0], shape[1], shape[2] * shape[3]]))


def features(side):
    image = Input((side, side, 3))
    vgg = VGG16(weights=None, include_top=False)
    vgg.outputs = [vgg.layers[i].output for i in (3, 6, 10)]
    return Model(image, vgg(Lambda(lambda x: x / 255.0)(image)))


def style_loss(seen, wanted):
    return sum(K.mean(K.abs(gram(a) - gram(b))) for a, b in zip(seen, wanted))


net = features(512)
style_loss(net(Input((512, 512, 3))), net(Input((512, 512, 3))))

head = Sequential([Flatten(input_shape=(8, 8, 4)), Dense(10), Dense(3, activation="softmax")])
head.layers.pop()
head.outputs = [head.layers[-1].output]
Dense(7, input_dim=10)(head.output)
Model(head.inputs, head.outputs)
