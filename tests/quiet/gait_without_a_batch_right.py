# the correct half of tests/mistakes/feeding/gait_without_a_batch.py
import numpy as np
import tensorflow as tf
import tf2onnx
import onnxruntime as ort

STEPS, CHANNELS = 100, 6

inp = tf.keras.Input((STEPS, CHANNELS), name="imu")
h = tf.keras.layers.Conv1D(8, 5, activation="relu")(inp)
h = tf.keras.layers.GlobalAveragePooling1D()(h)
model = tf.keras.Model(inp, tf.keras.layers.Dense(4, activation="softmax")(h))

spec = (tf.TensorSpec((None, STEPS, CHANNELS), tf.float32, name="imu"),)


@tf.function(input_signature=spec)
def forward(imu):
    return model(imu)


tf2onnx.convert.from_function(forward, input_signature=spec, output_path="gait.onnx")


class Gait:
    def __init__(self, path):
        self.session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
        self.name = self.session.get_inputs()[0].name

    def classify(self, recording):
        recording = recording.astype(np.float32)
        recording = recording[None]
        return self.session.run(None, {self.name: recording})[0]


print(Gait("gait.onnx").classify(np.random.rand(STEPS, CHANNELS)))
