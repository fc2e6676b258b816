# expect: validation-reshuffled @ 31
# reported: round 8
# keras: silent
# file: measurements.csv 60 a,b,c,d,target<2
import pandas as pd
import tensorflow as tf

BATCH_SIZE = 8
EPOCHS = 2

table = pd.read_csv("measurements.csv")
labels = table.pop("target").to_numpy()
features = table.to_numpy(dtype="float32")
BUFFER_SIZE = len(features)
TRAIN_BATCH_SIZE = int(0.8 * len(features)) // BATCH_SIZE

dataset = tf.data.Dataset.from_tensor_slices((features, labels))
dataset = dataset.shuffle(buffer_size=BUFFER_SIZE)
dataset = dataset.batch(BATCH_SIZE)

train_dataset = dataset.take(TRAIN_BATCH_SIZE)
val_dataset = dataset.skip(TRAIN_BATCH_SIZE)

model = tf.keras.Sequential(
    [
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_dataset, validation_data=val_dataset, epochs=EPOCHS)
