# expect: impossible-backbone-input @ 14
# keras: crash
import argparse

import keras

parser = argparse.ArgumentParser()
parser.add_argument("--classes", type=int, default=10)
parser.add_argument("--size", type=int, default=224)
args, _ = parser.parse_known_args([])


def make():
    return keras.applications.VGG16(
        weights="imagenet",
        input_shape=(args.size, args.size, 3),
        classes=args.classes,
    )


model = make()
model.compile("sgd", "sparse_categorical_crossentropy")
