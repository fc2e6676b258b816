# a list in capitals from a package that is not here, indexed, is a number and no class
from keras.layers import Dense, Input
from keras.models import Model

from project.numbers import CLASSES_PER_TASK


def classifier(classes):
    features = Input(shape=(20,))
    return Model(features, Dense(classes, activation="softmax")(features))


for task in (0, 1):
    classifier(CLASSES_PER_TASK[task])
