import keras
from keras import layers, Model
from keras.layers import Input, Dense, Conv2D, Concatenate, Flatten, MaxPooling2D, GlobalAveragePooling2D, Add


def two_paths():
    a = Input((32, 32, 3), name='a')
    left = Conv2D(8, 3, padding='same', name='left1')(a)
    left = MaxPooling2D(name='left2')(left)
    right = Conv2D(16, 5, strides=2, padding='same', name='right')(a)
    both = Concatenate(name='both')([left, right])
    deep = Conv2D(12, 3, name='deep')(both)
    deep = Conv2D(12, 1, name='deep2')(deep)
    skip = Conv2D(12, 3, name='skip')(left)
    out = Add(name='sum')([deep, skip])
    return Model(a, out, name='paths')


base = two_paths()
# every layer by its place
for i in range(1, len(base.layers)):
    tap = Model(base.input, base.layers[i].output)
    Flatten()(tap.output)
for layer in base.layers[:5]:
    layer.trainable = False
middle = base.layers[3:6]
names = [layer.name for layer in middle]
heads = [Dense(len(names) + j)(GlobalAveragePooling2D()(layer.output)) for j, layer in enumerate(middle)]

by_name = Model(base.inputs, [base.get_layer('both').output, base.get_layer(index=-2).output])
first, second = by_name(Input((32, 32, 3)))
Conv2D(3, 3)(first)
Conv2D(4, 3)(second)
width = base.layers[-1].output.shape[-1]
Dense(width * 2)(base.output)

# a shared model inside a model
shared = keras.Sequential([Input((10,)), Dense(7, name='inner'), Dense(5)], name='tower')
p, q = Input((10,)), Input((10,))
joint = Concatenate()([shared(p), shared(q)])
siamese = Model([p, q], Dense(1)(joint))
tower = siamese.get_layer('tower')
again = Dense(3)(tower(Input((10,))))
cut = Model(tower.inputs, tower.layers[0].output)
Dense(4)(cut(Input((10,))))
Dense(6)(siamese.layers[-2].output)

# popped and grown again
stack = keras.Sequential([Input((28, 28, 1)), Conv2D(4, 3), Flatten(), Dense(10), Dense(2)])
stack.pop()
stack.pop()
stack.add(Dense(3))
Dense(8)(stack.layers[-2].output)
Dense(9)(stack.outputs[0])

# clones
copy = keras.models.clone_model(base)
Conv2D(5, 1)(copy.output)
Conv2D(6, 1)(copy(Input((32, 32, 3))))
cloned = keras.models.clone_model(stack)
cloned.pop()
Dense(11)(cloned.outputs[0])

# a head on a backbone: its layers are the last ones
mobile = keras.applications.MobileNet(include_top=False, weights=None, input_shape=(64, 64, 3))
x = GlobalAveragePooling2D(name='pool')(mobile.output)
x = Dense(32, name='features')(x)
net = Model(mobile.input, Dense(4)(x))
embed = Model(net.input, net.layers[-2].output)
Dense(2)(embed.output)
Dense(5)(net.get_layer('pool').output)
wrapped = keras.Sequential([mobile, Flatten(), Dense(13)])
Dense(14)(wrapped.layers[1].output)
Dense(15)(wrapped.layers[0].output)
