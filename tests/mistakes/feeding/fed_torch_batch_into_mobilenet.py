# expect: fed-axes-swapped @ 15
# keras: crash
import numpy as np
from keras.applications import MobileNetV2


def torch_loader(n):
    """Batches as torchvision's ToTensor leaves them: (batch, channels, height, width)."""
    for _ in range(n):
        yield np.random.rand(4, 3, 64, 96).astype("float32")


net = MobileNetV2(input_shape=(64, 96, 3), alpha=0.35, weights=None, classes=5)
for batch in torch_loader(2):
    probabilities = net.predict(batch, verbose=0)
    print(probabilities.argmax(axis=1))
