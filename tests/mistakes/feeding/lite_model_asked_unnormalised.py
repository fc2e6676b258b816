# expect: images-unlike-training @ 38
# reported: round 8
# keras: silent
# file: ducks/*.png 6 (70, 100, 3)
import numpy as np
import tensorflow as tf
from PIL import Image

IMG_SIZE = 96


def read(path):
    image = Image.open(path).convert("RGB").resize((IMG_SIZE, IMG_SIZE))
    return np.array(image).astype(np.float32)


ducks = [read("ducks/%d.png" % i) for i in range(6)]
boxes = np.random.rand(6, 4).astype("float32")

inputs = tf.keras.Input((IMG_SIZE, IMG_SIZE, 3))
x = tf.keras.layers.Conv2D(16, 3, strides=2, activation="relu")(inputs)
x = tf.keras.layers.Conv2D(32, 3, strides=2, activation="relu")(x)
x = tf.keras.layers.GlobalAveragePooling2D()(x)
detector = tf.keras.Model(inputs, tf.keras.layers.Dense(4, activation="sigmoid")(x))

train_x = (2.0 / 255.0) * np.stack(ducks) - 1.0
detector.compile(optimizer="adam", loss="mae")
detector.fit(train_x, boxes, epochs=1, verbose=0)

converter = tf.lite.TFLiteConverter.from_keras_model(detector)
with open("model.tflite", "wb") as f:
    f.write(converter.convert())


def detect(interpreter, asked):
    input_details = interpreter.get_input_details()
    output_details = interpreter.get_output_details()
    interpreter.set_tensor(input_details[0]["index"], asked.numpy())
    interpreter.invoke()
    return interpreter.get_tensor(output_details[0]["index"])


interpreter = tf.lite.Interpreter(model_path="model.tflite")
interpreter.allocate_tensors()
for i in range(3):
    duck = read("ducks/%d.png" % i)
    asked = tf.convert_to_tensor(np.expand_dims(duck, 0), dtype=tf.float32)
    print(detect(interpreter, asked))
