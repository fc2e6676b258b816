# expect: scaled-after-training @ 27
# reported: round 3
# keras: silent
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Sequential


class KerasWrap:
    """A wrapper that lets us train Keras models as if they came from sklearn."""

    def __init__(self, model, epochs, flatten_output=False):
        self.model = model
        self.epochs = epochs
        self.flatten_output = flatten_output
        self.scaler = StandardScaler()

    def fit(self, X, y):
        self.scaler.fit(X)
        return self.model.fit(X, y, epochs=self.epochs, verbose=0)

    def predict(self, X):
        X = self.scaler.transform(X)
        if self.flatten_output:
            return self.model.predict(X).flatten()
        return self.model.predict(X)


def neural_net_regress(input_dim):
    model = Sequential()
    model.add(Dense(32, activation="relu", input_dim=input_dim))
    model.add(Dropout(0.5))
    model.add(Dense(1))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return KerasWrap(model, 2, flatten_output=True)


X = 40 + 10 * np.random.rand(200, 8)
y = X[:, 0] - X[:, 3]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
wrapped = neural_net_regress(X_train.shape[1])
wrapped.fit(X_train, y_train)
print(np.mean((wrapped.predict(X_test) - y_test) ** 2))
