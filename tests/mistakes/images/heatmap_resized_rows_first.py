# missed: swapped-image-size @ 32 height and width are equal here: low confidence
# reported: round 7
# keras: silent
# file: laptop.png (60, 90, 3)
import cv2
import numpy as np
import tensorflow as tf
from tensorflow.keras.applications.mobilenet import MobileNet, preprocess_input
from tensorflow.keras.preprocessing import image

H, W = 224, 224


def load_image(path, preprocess=True):
    x = image.load_img(path, target_size=(H, W))
    if preprocess:
        x = image.img_to_array(x)
        x = np.expand_dims(x, axis=0)
        x = preprocess_input(x)
    return x


def grad_cam(model, image, cls, layer_name):
    inner = tf.keras.Model(model.inputs, [model.get_layer(layer_name).output, model.output])
    with tf.GradientTape() as tape:
        conv_output, predictions = inner(image)
        score = predictions[:, cls]
    grads = tape.gradient(score, conv_output)[0].numpy()
    output = conv_output[0].numpy()
    weights = np.mean(grads, axis=(0, 1))
    cam = np.dot(output, weights)
    cam = cv2.resize(cam, (H, W))
    cam = np.maximum(cam, 0)
    return cam / (cam.max() + 1e-8)


model = MobileNet(weights=None)
x = load_image("laptop.png")
gradcam = grad_cam(model, x, 3, "conv_pw_13_relu")
jetcam = cv2.applyColorMap(np.uint8(255 * gradcam), cv2.COLORMAP_JET)
cv2.imwrite("gradcam.jpg", jetcam)
