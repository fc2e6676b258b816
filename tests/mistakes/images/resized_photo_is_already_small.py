# missed: prepared-from-scaled-images @ 17 of an image of unknown axes the range of values is not known
# reported: round 3
# keras: silent
import numpy as np
from skimage.io import imread
from skimage.transform import resize
from tensorflow.keras.applications.resnet50 import ResNet50, decode_predictions, preprocess_input

model = ResNet50(include_top=True, weights="imagenet")

path = "laptop.jpeg"
image = imread(path)
image_resized = resize(image, (224, 224), preserve_range=False, mode="reflect")
input_image = np.expand_dims(image_resized, axis=0)
print(input_image.min(), input_image.max())

x = preprocess_input(input_image)
preds = model.predict(x)
print(np.argmax(preds, axis=1))
