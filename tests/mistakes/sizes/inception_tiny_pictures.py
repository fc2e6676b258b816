# expect: impossible-backbone-input @ 14
# keras: crash
import keras
from keras import layers

CLASSES = ["cat", "dog", "fox"]


def transfer_model(backbone_name="inception", size=64):
    backbones = {
        "inception": keras.applications.InceptionV3,
        "mobilenet": keras.applications.MobileNetV2,
    }
    backbone = backbones[backbone_name](include_top=False, weights=None, input_shape=(size, size, 3))
    backbone.trainable = False
    inputs = keras.Input((size, size, 3))
    x = backbone(inputs, training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(len(CLASSES), activation="softmax")(x)
    return keras.Model(inputs, outputs)


model = transfer_model()
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
