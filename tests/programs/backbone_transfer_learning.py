import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.applications import MobileNetV2, VGG16
from tensorflow.keras.applications.mobilenet_v2 import preprocess_input
from tensorflow.keras.applications.resnet50 import ResNet50

IMG_SIZE = 160
IMG_SHAPE = (IMG_SIZE, IMG_SIZE) + (3,)

# the tutorial: augmentation, preprocessing, frozen base, new head
base_model = MobileNetV2(input_shape=IMG_SHAPE, include_top=False, weights='imagenet')
base_model.trainable = False
for layer in base_model.layers[:100]:
    layer.trainable = False

inputs = keras.Input(shape=IMG_SHAPE)
x = layers.RandomFlip('horizontal')(inputs)
x = preprocess_input(x)
x = base_model(x, training=False)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.2)(x)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)

# a base of any size, with its own output
base = ResNet50(weights='imagenet', include_top=False)
y = layers.GlobalAveragePooling2D()(base.output)
y = layers.Dense(1024, activation='relu')(y)
predictions = layers.Dense(200, activation='softmax')(y)
tuned = keras.models.Model(inputs=base.input, outputs=predictions)
for layer in base.layers:
    layer.trainable = False
tuned.compile(optimizer='rmsprop', loss='categorical_crossentropy')

# first in a Sequential
conv_base = VGG16(include_top=False, input_shape=(150, 150, 3), weights='imagenet')
small = keras.Sequential()
small.add(conv_base)
small.add(layers.Flatten())
small.add(layers.Dense(256, activation='relu'))
small.add(layers.Dense(1, activation='sigmoid'))

pooled = keras.Sequential([
    keras.applications.mobilenet.MobileNet(False, pooling='avg', input_shape=(128, 96, 3), weights=None)
    if False else
    keras.applications.mobilenet.MobileNet(include_top=False, pooling='avg', input_shape=(128, 96, 3), weights=None),
    layers.Dense(5),
])

# on a tensor of the program's own
img = layers.Input((None, None, 1))
three = layers.Concatenate()([img, img, img])
extractor = VGG16(include_top=False, weights=None, input_tensor=three)
upsampled = layers.UpSampling2D(32)(extractor.output)
mask = layers.Conv2D(1, 1, activation='sigmoid')(upsampled)
segmenter = keras.Model(img, mask)
out = segmenter(keras.Input((64, 96, 1)))
head = layers.Conv2D(4, 3)(out)
classifier = ResNet50(weights=None, input_shape=(64, 64, 3), classes=10)
logits = layers.Dense(2)(classifier(keras.Input((64, 64, 3))))
