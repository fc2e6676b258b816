# missed: swapped-image-size @ 29 a pair of sizes and a pair of coordinates have no roles
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers

INPUT_SHAPE = (64, 160)
ANCHORS = np.array([[10, 13], [33, 23], [59, 119]], "float32")
CLASSES = 2


def get_anchors_and_decode(feats, anchors):
    grid_shape = K.shape(feats)[1:3]
    grid_x = tf.tile(tf.reshape(tf.range(grid_shape[1]), (1, -1, 1, 1)), (grid_shape[0], 1, 3, 1))
    grid_y = tf.tile(tf.reshape(tf.range(grid_shape[0]), (-1, 1, 1, 1)), (1, grid_shape[1], 3, 1))
    grid = tf.cast(tf.concat([grid_x, grid_y], axis=-1), "float32")
    feats = tf.reshape(feats, (-1, grid_shape[0], grid_shape[1], 3, CLASSES + 5))
    return grid, feats


def yolo_loss(y_true, y_pred):
    grid, raw_pred = get_anchors_and_decode(y_pred, ANCHORS)
    grid_shape = tf.cast(K.shape(y_pred)[1:3], "float32")
    input_shape = tf.constant(INPUT_SHAPE, "float32")
    object_mask = y_true[..., 4:5]
    raw_true_xy = y_true[..., :2] * grid_shape[:] - grid
    raw_true_wh = tf.math.log(tf.maximum(y_true[..., 2:4], 1e-4) / ANCHORS * input_shape[::-1])
    xy_loss = object_mask * tf.nn.sigmoid_cross_entropy_with_logits(labels=raw_true_xy, logits=raw_pred[..., 0:2])
    wh_loss = object_mask * 0.5 * tf.square(raw_true_wh - raw_pred[..., 2:4])
    confidence_loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=object_mask, logits=raw_pred[..., 4:5])
    return tf.reduce_sum(xy_loss) + tf.reduce_sum(wh_loss) + tf.reduce_sum(confidence_loss)


inputs = keras.Input((*INPUT_SHAPE, 3))
x = layers.Conv2D(16, 3, strides=4, padding="same", activation="relu")(inputs)
x = layers.Conv2D(16, 3, strides=4, padding="same", activation="relu")(x)
model = keras.Model(inputs, layers.Conv2D(3 * (CLASSES + 5), 1)(x))
model.compile("adam", yolo_loss)
images = np.random.rand(8, *INPUT_SHAPE, 3).astype("float32")
targets = np.random.rand(8, 4, 10, 3, CLASSES + 5).astype("float32")
model.fit(images, targets, epochs=1, batch_size=4)
