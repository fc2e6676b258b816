"""A text classifier: tf.data, TextVectorization, a model that takes strings."""
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

MAX_FEATURES, SEQUENCE, EMBED, BATCH = 2000, 60, 24, 4
texts = tf.constant(["a good film", "a bad film", "what a bore", "loved it"] * 4)
labels = tf.constant([1, 0, 0, 1] * 4)
raw = tf.data.Dataset.from_tensor_slices((texts, labels)).batch(BATCH)


@tf.function
def standardize(text):
    lowercase = tf.strings.lower(text)
    return tf.strings.regex_replace(lowercase, "<br />", " ")


vectorize = layers.TextVectorization(
    standardize=standardize, max_tokens=MAX_FEATURES, output_mode="int", output_sequence_length=SEQUENCE)
vectorize.adapt(raw.map(lambda text, label: text))
ngrams = layers.TextVectorization(max_tokens=50, ngrams=2, output_mode="multi_hot", pad_to_max_tokens=True)
ngrams.adapt(["a good film", "a bad film"])


def prepare(text, label):
    text = tf.expand_dims(text, -1)
    return vectorize(text), label


train = raw.map(prepare).cache().prefetch(buffer_size=tf.data.AUTOTUNE)
(tokens_spec, label_spec) = train.element_spec

inputs = keras.Input(shape=(None,), dtype="int64")
x = layers.Embedding(MAX_FEATURES, EMBED)(inputs)
x = layers.Dropout(0.5)(x)
x = layers.Conv1D(32, 7, padding="valid", activation="relu", strides=3)(x)
x = layers.Conv1D(32, 7, padding="valid", activation="relu", strides=3)(x)
x = layers.GlobalMaxPooling1D()(x)
x = layers.Dense(16, activation="relu")(x)
predictions = layers.Dense(1, activation="sigmoid", name="predictions")(x)
model = keras.Model(inputs, predictions)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(train, validation_data=train, epochs=3)

strings = keras.Input(shape=(1,), dtype="string")
indices = vectorize(strings)
end_to_end = keras.Model(strings, model(indices))
bag = keras.Sequential([keras.Input((50,)), layers.Dense(8), layers.Dense(1)])
score = bag(layers.Flatten()(ngrams(keras.Input((1,), dtype="string"))))
lookup = layers.StringLookup(vocabulary=["red", "green", "blue"], output_mode="one_hot")
colour = layers.Dense(2)(lookup(keras.Input((1,), dtype="string")))
