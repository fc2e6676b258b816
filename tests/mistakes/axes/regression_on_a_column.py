# expect: samples-against-samples @ 22
# reported: round 7
# keras: silent
import numpy as np
import tensorflow as tf

train_x = np.array([[1., 1.], [1., 2.], [2., 2.], [3., 1.]], dtype="float32")
train_y = np.array([[2.], [3.], [4.], [4.]], dtype="float32")
n_samples = len(train_x)
epochs = 20

model = tf.keras.Sequential([
    tf.keras.Input((2,)),
    tf.keras.layers.Dense(1),
    tf.keras.layers.Reshape(()),
])
optimizer = tf.keras.optimizers.SGD(0.01)

for epoch in range(epochs):
    with tf.GradientTape() as tape:
        pred = model(train_x)
        cost = tf.reduce_sum((pred - train_y) ** 2 / n_samples)
    gradients = tape.gradient(cost, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    if epoch & (epoch - 1) == 0 or epoch == epochs - 1:
        print(epoch, float(cost))
