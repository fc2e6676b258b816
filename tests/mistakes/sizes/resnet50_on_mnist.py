# expect: impossible-backbone-input @ 12
# keras: crash
import keras
from keras.applications import ResNet50
from keras.datasets import mnist
from keras.layers import Dense, GlobalAveragePooling2D
from keras.models import Model

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train[..., None].repeat(3, axis=-1)

base_model = ResNet50(weights=None, include_top=False, input_shape=(28, 28, 3))
x = base_model.output
x = GlobalAveragePooling2D()(x)
x = Dense(1024, activation='relu')(x)
predictions = Dense(10, activation='softmax')(x)

model = Model(inputs=base_model.input, outputs=predictions)
for layer in base_model.layers:
    layer.trainable = False
model.compile(optimizer='rmsprop', loss='sparse_categorical_crossentropy')
model.fit(x_train, y_train, epochs=1)
