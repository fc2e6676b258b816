import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Input((64, 64, 3)),
    tf.keras.layers.Conv2D(8, 3, strides=2, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(5),
])
with open("leaf.tflite", "wb") as f:
    f.write(tf.lite.TFLiteConverter.from_keras_model(model).convert())

interpreter = tf.lite.Interpreter("leaf.tflite")
interpreter.allocate_tensors()
details = interpreter.get_input_details()

image = tf.io.decode_png(tf.io.read_file("leaf.png"), channels=3)
image = tf.image.resize(image, (64, 64)) / 255.0
image = tf.expand_dims(image, 0)
interpreter.set_tensor(details[0]["index"], image)
interpreter.invoke()
print(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]))
