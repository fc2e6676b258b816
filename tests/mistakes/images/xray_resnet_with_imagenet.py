# expect: impossible-backbone-input @ 10
# keras: crash
from keras.applications.resnet50 import ResNet50
from keras.layers import Dense, GlobalAveragePooling2D
from keras.models import Model

channels = 1
height = width = 224

base = ResNet50(include_top=False, input_shape=(height, width, channels))
x = GlobalAveragePooling2D()(base.output)
predictions = Dense(2, activation="softmax")(x)
model = Model(inputs=base.input, outputs=predictions)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
