# expect: samples-against-samples @ 32
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf

N = 256
x = np.random.uniform(-3, 3, (N, 1)).astype(np.float32)
y = (np.sin(x[:, 0]) + 0.1 * np.random.randn(N)).astype(np.float32)

dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(N).batch(16)


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(20, activation=tf.nn.tanh)
        self.out = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.out(self.hidden(inputs))


model = Net()
optimizer = tf.keras.optimizers.SGD(0.01)


@tf.function
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        y_pred = model(x)
        loss = tf.reduce_mean(tf.square(y - y_pred))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(2):
    for xb, yb in dataset:
        loss = train_step(model, optimizer, xb, yb)
    print(epoch, loss.numpy())
