# the other side of a size has the name of this one with one word exchanged, in any case
import cv2
import keras

image = cv2.imread("street.png")
new_w, new_h = 96, 64
IMG_WIDTH, IMG_HEIGHT = 96, 64
imgWidth, imgHeight = 96, 64
small = cv2.resize(image, (new_w, new_h)), cv2.resize(image, (IMG_WIDTH, IMG_HEIGHT))
one = cv2.resize(image, (new_w, new_w))  # expect: one-side-twice
two = cv2.resize(image, (IMG_WIDTH, IMG_WIDTH))  # expect: one-side-twice
three = cv2.resize(image, (imgHeight, imgHeight))  # expect: one-side-twice
SQUARE_WIDTH = 96
square = cv2.resize(image, (SQUARE_WIDTH, SQUARE_WIDTH))
keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(4, 3)]).predict(square[None])
