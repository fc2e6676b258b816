# expect: axes-lost-before-layer @ 10
# keras: crash
import tensorflow as tf

voxels = tf.keras.Input(shape=(16, 64, 64, 2), name="voxels")   # depth, rows, cols, channels
x = tf.keras.layers.Conv3D(8, 3, padding="same", activation="relu")(voxels)
x = tf.keras.layers.MaxPool3D((2, 2, 2))(x)
x = tf.keras.layers.GlobalAveragePooling3D()(x)
x = tf.keras.layers.Dense(64, activation="relu")(x)
x = tf.keras.layers.Conv2D(8, 3)(x)
out = tf.keras.layers.Dense(3)(x)
model = tf.keras.Model(voxels, out)
