# expect: swapped-image-size @ 10
# keras: silent
# file: plan.png (40, 30, 3)
import numpy as np
from keras import Sequential, layers
from PIL import Image

plan = Image.open("plan.png").convert("RGB")
rows, cols = plan.size
pixels = np.array(plan.getdata()).reshape(rows, cols, 3) / 255.0
model = Sequential([layers.Input((None, None, 3)), layers.Conv2D(3, 3, padding="same")])
model.predict(pixels[None], verbose=0)
