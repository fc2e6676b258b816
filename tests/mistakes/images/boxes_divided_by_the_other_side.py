# missed: swapped-image-size @ 27 a pair of sizes and a pair of coordinates have no roles
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers

ANCHORS = np.array([[1.0, 1.2], [3.0, 2.4]], dtype="float32")
CLASSES = 3


def grid_of(rows, columns):
    ys, xs = tf.meshgrid(tf.range(rows), tf.range(columns), indexing="ij")
    grid = tf.stack([xs, ys], axis=-1)
    return tf.cast(grid[None, :, :, None, :], tf.float32)


def yolo_head(feats, anchors, num_classes):
    conv_dims = tf.shape(feats)[1:3]
    conv_index = grid_of(conv_dims[0], conv_dims[1])
    feats = tf.reshape(feats, (-1, conv_dims[0], conv_dims[1], len(anchors), num_classes + 5))
    conv_dims = tf.cast(tf.reshape(conv_dims, (1, 1, 1, 1, 2)), tf.float32)
    box_xy = tf.sigmoid(feats[..., :2])
    box_wh = tf.exp(feats[..., 2:4])
    box_confidence = tf.sigmoid(feats[..., 4:5])
    box_class_probs = tf.nn.softmax(feats[..., 5:])
    box_xy = (box_xy + conv_index) / conv_dims
    box_wh = box_wh * anchors / conv_dims
    return box_xy, box_wh, box_confidence, box_class_probs


image = Input((96, 160, 3))
x = layers.Conv2D(16, 3, strides=4, padding="same", activation="relu")(image)
x = layers.Conv2D(32, 3, strides=4, padding="same", activation="relu")(x)
body = Model(image, layers.Conv2D(len(ANCHORS) * (CLASSES + 5), 1)(x))
features = body(np.random.rand(2, 96, 160, 3).astype("float32"))
box_xy, box_wh, confidence, probabilities = yolo_head(features, ANCHORS, CLASSES)
print(box_xy.shape)
