# expect: crop-width-first @ 16
# keras: silent
# file: faces/*.png 6 (120, 100, 3)
# file: faces.csv 6 x<20,y<20,w<20,h<20,smile<2
import glob
import pandas as pd
import tensorflow as tf

files = sorted(glob.glob("faces/*.png"))
table = pd.read_csv("faces.csv")


def crop(file, box, smile):
    image = tf.io.decode_png(tf.io.read_file(file), channels=3)
    x, y, w, h = box[0], box[1], box[2] + 1, box[3] + 1
    face = tf.image.crop_to_bounding_box(image, x, y, w, h)
    face = tf.image.resize(face, (64, 64)) / 255.0
    return face, smile


ds = (
    tf.data.Dataset.from_tensor_slices((files, table[["x", "y", "w", "h"]].values.astype("int32"), table["smile"].values))
    .shuffle(6)
    .map(crop, num_parallel_calls=tf.data.AUTOTUNE)
    .batch(2)
    .prefetch(tf.data.AUTOTUNE)
)

backbone = tf.keras.applications.MobileNetV2(input_shape=(64, 64, 3), include_top=False, weights=None, pooling="avg")
backbone.trainable = False
inputs = tf.keras.Input((64, 64, 3))
h = backbone(inputs, training=False)
h = tf.keras.layers.Dropout(0.2)(h)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1, activation="sigmoid")(h))
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(ds, epochs=1)
