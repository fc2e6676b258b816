# the corrected twin of feeding/columns_standardised_for_fit
import numpy as np
import pandas as pd
import tensorflow as tf

df = pd.read_csv("energy.csv")
cols = ["temp", "hum", "wind"]
n = len(df)
train_df, test_df = df[: int(n * 0.7)], df[int(n * 0.7):]
mean, std = train_df[cols].mean(), train_df[cols].std()
train_x = ((train_df[cols] - mean) / std).to_numpy("float32")
test_x = ((test_df[cols] - mean) / std).to_numpy("float32")
model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(8, "relu"), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(train_x, train_df["load"].to_numpy("float32"), epochs=1, verbose=0)
print(model.evaluate(test_x, test_df["load"].to_numpy("float32"), verbose=0))
