# missed: swapped-image-size @ 17 the order of a mesh has no roles
# reported: round 6
# keras: silent
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

HEIGHT, WIDTH = 96, 160


def demo_postprocess(outputs, img_size):
    grids, expanded_strides = [], []
    strides = [8, 16]
    hsizes = [img_size[0] // stride for stride in strides]
    wsizes = [img_size[1] // stride for stride in strides]
    for hsize, wsize, stride in zip(hsizes, wsizes, strides):
        xv, yv = np.meshgrid(np.arange(hsize), np.arange(wsize))
        grid = np.stack((xv, yv), 2).reshape(1, -1, 2)
        grids.append(grid)
        expanded_strides.append(np.full((*grid.shape[:2], 1), stride))
    grids = np.concatenate(grids, 1)
    expanded_strides = np.concatenate(expanded_strides, 1)
    outputs[..., :2] = (outputs[..., :2] + grids) * expanded_strides
    outputs[..., 2:4] = np.exp(outputs[..., 2:4]) * expanded_strides
    return outputs


def detector(classes=3):
    image = keras.Input((HEIGHT, WIDTH, 3))
    x = layers.Conv2D(8, 3, strides=4, padding="same", activation="relu")(image)
    p3 = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(x)
    p4 = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(p3)
    heads = [layers.Reshape((-1, 5 + classes))(layers.Conv2D(5 + classes, 1)(p)) for p in (p3, p4)]
    return keras.Model(image, layers.Concatenate(axis=1)(heads))


model = detector()
image = np.random.rand(1, HEIGHT, WIDTH, 3).astype("float32")
predictions = demo_postprocess(model.predict(image), (HEIGHT, WIDTH))[0]
boxes, scores = predictions[:, :4], predictions[:, 4:5] * predictions[:, 5:]
print(boxes[np.argmax(scores.max(axis=1))])
