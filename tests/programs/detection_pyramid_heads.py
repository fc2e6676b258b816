"""A feature pyramid with a class head and a box head shared by its levels (RetinaNet style)."""
import numpy as np
import keras
from keras import layers, ops

NUM_CLASSES, ANCHORS = 7, 9
LEVELS = [3, 4, 5]


def stage(x, filters, repeats):
    x = layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
    for _ in range(repeats):
        shortcut = x
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.Add()([x, shortcut])
    return x


def backbone(size=128):
    image = layers.Input((size, size, 3), name="image")
    x = image
    features = {}
    for level, (filters, repeats) in enumerate([(16, 1), (24, 1), (32, 2), (48, 2), (64, 1)], start=1):
        x = stage(x, filters, repeats)
        features[f"P{level}"] = x
    return keras.Model(image, {name: f for name, f in features.items() if int(name[1:]) in LEVELS})


class FeaturePyramid(layers.Layer):
    def __init__(self, width=32, **kwargs):
        super().__init__(**kwargs)
        self.lateral = {f"P{level}": layers.Conv2D(width, 1) for level in LEVELS}
        self.smooth = {f"P{level}": layers.Conv2D(width, 3, padding="same") for level in LEVELS}
        self.up = layers.UpSampling2D(2)

    def call(self, features):
        merged = {name: self.lateral[name](x) for name, x in features.items()}
        for level in sorted(LEVELS, reverse=True)[1:]:
            merged[f"P{level}"] = merged[f"P{level}"] + self.up(merged[f"P{level + 1}"])
        return {name: self.smooth[name](x) for name, x in merged.items()}


def head(outputs, width=32, bias="zeros"):
    made = keras.Sequential([keras.Input(shape=[None, None, width])])
    for _ in range(2):
        made.add(layers.Conv2D(width, 3, padding="same"))
        made.add(layers.ReLU())
    made.add(layers.Conv2D(outputs, 3, 1, padding="same", bias_initializer=bias))
    return made


class Detector(keras.Model):
    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.backbone = backbone()
        self.fpn = FeaturePyramid()
        prior = keras.initializers.Constant(-np.log((1 - 0.01) / 0.01))
        self.num_classes = num_classes
        self.cls_head = head(ANCHORS * num_classes, bias=prior)
        self.box_head = head(ANCHORS * 4)

    def call(self, image, training=False):
        features = self.fpn(self.backbone(image))
        classes, boxes = [], []
        for name in sorted(features):
            feature = features[name]
            boxes.append(ops.reshape(self.box_head(feature), [-1, feature.shape[1] * feature.shape[2] * ANCHORS, 4]))
            classes.append(layers.Reshape((-1, self.num_classes))(self.cls_head(feature)))
        return ops.concatenate(boxes, axis=1), layers.Concatenate(axis=1)(classes)


detector = Detector(NUM_CLASSES)
boxes, scores = detector(keras.Input((128, 128, 3)))
best = layers.Lambda(lambda s: ops.max(s, axis=-1))(scores)
joined = layers.Concatenate()([boxes, layers.Reshape((-1, 1))(best)])
