import keras
from keras.models import Model, Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Input, GlobalAveragePooling2D, Dropout


def tiny_backbone(include_top=True, input_shape=(64, 64, 3), classes=100):
    img = Input(input_shape)
    x = img
    for block, (n, f) in enumerate([(2, 16), (2, 32), (3, 48)], 1):
        for conv in range(1, n + 1):
            x = Conv2D(f, (3, 3), activation='relu', padding='same', name=f'block{block}_conv{conv}')(x)
        x = MaxPooling2D((2, 2), strides=(2, 2), name=f'block{block}_pool')(x)
    if include_top:
        x = Flatten(name='flatten')(x)
        x = Dense(128, activation='relu', name='fc1')(x)
        x = Dense(classes, activation='softmax', name='predictions')(x)
    return Model(img, x, name='tiny')


base = tiny_backbone()
# cut the top off, put a new one on
features = Model(base.input, base.layers[-2].output)
new_out = Dense(5, activation='softmax')(features.output)
finetuned = Model(inputs=base.input, outputs=new_out)

for layer in base.layers[:-4]:
    layer.trainable = False

# features of the middle of the network
mid = Model(inputs=base.inputs, outputs=base.get_layer('block2_conv2').output)
x = GlobalAveragePooling2D()(mid.output)
mid_classifier = Model(mid.input, Dense(2)(x))

headless = tiny_backbone(include_top=False, input_shape=(96, 64, 3))
top = Sequential()
top.add(Flatten(input_shape=headless.output_shape[1:]))
top.add(Dense(32, activation='relu'))
top.add(Dropout(0.5))
top.add(Dense(1, activation='sigmoid'))
model = Model(headless.input, top(headless.output))

# as a layer
wrapped = Sequential([headless, GlobalAveragePooling2D(), Dense(3)])

popped = Sequential([Input((10,)), Dense(8), Dense(4), Dense(2)])
popped.pop()
popped.add(Dense(6, name="new_last"))
copy = keras.models.clone_model(popped)
again = Dense(9)(copy(Input((10,))))
