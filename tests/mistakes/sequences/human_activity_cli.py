# expect: swapped-steps-and-features @ 22
# keras: silent
#!/usr/bin/env python
import argparse
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dropout, Dense, Input


def get_args(argv):
    ap = argparse.ArgumentParser()
    ap.add_argument("--n-timesteps", dest="n_timesteps", type=int, default=128)
    ap.add_argument("--n-features", dest="n_features", type=int, default=9)
    ap.add_argument("--n-outputs", dest="n_outputs", type=int, default=6)
    ap.add_argument("--epochs", type=int, default=1)
    return ap.parse_args(argv)


def build_model(args):
    model = Sequential()
    model.add(Input(shape=(args.n_features, args.n_timesteps)))
    model.add(LSTM(100))
    model.add(Dropout(0.5))
    model.add(Dense(100, activation='relu'))
    model.add(Dense(args.n_outputs, activation='softmax'))
    model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
    return model


def main(argv=None):
    args = get_args(argv or [])
    model = build_model(args)
    X = np.random.rand(12, args.n_features, args.n_timesteps)
    y = np.eye(args.n_outputs)[np.random.randint(0, args.n_outputs, 12)]
    model.fit(X, y, epochs=args.epochs, verbose=0)


if __name__ == "__main__":
    main()
