import keras
from keras import layers, ops


class Attention(layers.Layer):
    """Weighted sum over the time steps."""

    def __init__(self, return_attention=False, **kwargs):
        self.return_attention = return_attention
        super(Attention, self).__init__(**kwargs)

    def build(self, input_shape):
        assert len(input_shape) == 3
        self.W = self.add_weight(name="att_weight", shape=(input_shape[-1], 1), initializer="normal")
        self.b = self.add_weight(name="att_bias", shape=(input_shape[1], 1), initializer="zeros")
        super(Attention, self).build(input_shape)

    def call(self, x):
        e = ops.tanh(ops.matmul(x, self.W) + self.b)
        a = ops.softmax(e, axis=1)
        output = ops.sum(x * a, axis=1)
        if self.return_attention:
            return output, a
        return output

    def compute_output_shape(self, input_shape):
        if self.return_attention:
            return (input_shape[0], input_shape[-1]), (input_shape[0], input_shape[1], 1)
        return (input_shape[0], input_shape[-1])


class BahdanauAttention(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.W1 = layers.Dense(units)
        self.W2 = layers.Dense(units)
        self.V = layers.Dense(1)

    def call(self, query, values):
        hidden_with_time_axis = ops.expand_dims(query, 1)
        score = self.V(ops.tanh(self.W1(hidden_with_time_axis) + self.W2(values)))
        attention_weights = ops.softmax(score, axis=1)
        context_vector = attention_weights * values
        context_vector = ops.sum(context_vector, axis=1)
        return context_vector, attention_weights


inputs = keras.Input((30, 8))
h = layers.Bidirectional(layers.LSTM(10, return_sequences=True))(inputs)
ctx = Attention()(h)
out = layers.Dense(1)(ctx)
model = keras.Model(inputs, out)

seq, fh, fc, bh, bc = layers.Bidirectional(layers.LSTM(12, return_sequences=True, return_state=True))(inputs)
state_h = layers.Concatenate()([fh, bh])
state_c = layers.Concatenate()([fc, bc])
context, weights = BahdanauAttention(16)(state_h, seq)
z = layers.Dense(20, activation="relu")(context)
z = layers.Dense(1, activation="sigmoid")(layers.Dropout(0.5)(z))
both = keras.Model(inputs, [z, weights])
