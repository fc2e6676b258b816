# expect: fed-shape @ 25
# keras: crash
import sys
import numpy as np
import tensorflow as tf


def parse(argv):
    options = {"bins": 64, "frames": 100}
    for arg in argv:
        key, value = arg.split("=")
        options[key] = int(value)
    return options


opts = parse(sys.argv[1:])
net = tf.keras.Sequential([
    tf.keras.layers.Input((opts["frames"], opts["bins"])),
    tf.keras.layers.Conv1D(16, 5, activation="relu"),
    tf.keras.layers.GlobalMaxPooling1D(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
clips = np.random.rand(20, opts["frames"], 40)
net.fit(clips, np.random.randint(0, 10, 20), epochs=1)
