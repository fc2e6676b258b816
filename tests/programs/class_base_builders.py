import abc

from tensorflow import keras
from tensorflow.keras.layers import Input, Dense, Conv1D, LSTM, Flatten, MaxPooling1D, Dropout, GRU


class BaseNet(abc.ABC):
    """Base of all networks."""
    name = "base"
    default_units = 32

    def __init__(self, input_shape, nb_classes, verbose=False, **params):
        self.input_shape = input_shape
        self.nb_classes = nb_classes
        self.params = {**self.defaults(), **params}
        self.model = self.build_model(input_shape, nb_classes)
        if verbose:
            self.model.summary()

    @classmethod
    def defaults(cls):
        return {"units": cls.default_units, "dropout": 0.1}

    @abc.abstractmethod
    def body(self, x):
        ...

    def build_model(self, input_shape, nb_classes):
        input_layer = Input(input_shape)
        x = self.body(input_layer)
        x = self.head(x)
        output_layer = Dense(nb_classes, activation="softmax")(x)
        model = keras.models.Model(inputs=input_layer, outputs=output_layer, name=self.name)
        model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam())
        return model

    def head(self, x):
        return Dropout(self.params["dropout"])(x)

    @staticmethod
    def squash(x, n):
        return Dense(n, activation="tanh")(x)


class CNN(BaseNet):
    name = "cnn"

    def body(self, x):
        for filters, size in self.stages:
            x = Conv1D(filters, size, activation="relu")(x)
            x = MaxPooling1D(2)(x)
        return Flatten()(x)

    @property
    def stages(self):
        return [(self.params["units"] * 2 ** i, 5 - i) for i in range(2)]


class RNN(BaseNet):
    name = "rnn"
    default_units = 20
    cell = LSTM

    def body(self, x):
        x = self.cell(self.params["units"], return_sequences=True)(x)
        return self.cell(self.params["units"])(x)

    def head(self, x):
        x = super().head(x)
        return self.squash(x, n=self.params["units"] // 2)


class GruNet(RNN):
    name = "gru"
    cell = GRU

    @classmethod
    def defaults(cls):
        d = super().defaults()
        d["dropout"] = 0.5
        return d


REGISTRY = {cls.name: cls for cls in (CNN, RNN, GruNet)}


def create_classifier(classifier_name, input_shape, nb_classes, **kw):
    if classifier_name == "cnn":
        return CNN(input_shape, nb_classes, **kw)
    if classifier_name in REGISTRY:
        return REGISTRY[classifier_name](input_shape, nb_classes, **kw)
    raise KeyError(classifier_name)


for clf in REGISTRY:
    net = create_classifier(clf, (60, 3), 4)
special = create_classifier("gru", input_shape=(10, 2), nb_classes=3, units=6)
