# expect: samples-against-samples @ 45
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model, Input


def build_actor_critic(n_obs, n_actions):
    obs = Input((n_obs,))
    h = layers.Dense(32, activation="tanh")(obs)
    policy = layers.Dense(n_actions, activation="softmax")(h)
    value = layers.Dense(1)(h)
    return Model(obs, [policy, value])


class Memory:
    def __init__(self):
        self.states, self.actions, self.rewards = [], [], []

    def add(self, state, action, reward):
        self.states.append(state)
        self.actions.append(action)
        self.rewards.append(reward)

    def returns(self, gamma=0.97):
        total, out = 0.0, []
        for r in reversed(self.rewards):
            total = r + gamma * total
            out.insert(0, total)
        return np.array(out, dtype="float32")


net = build_actor_critic(6, 3)
opt = tf.keras.optimizers.Adam(1e-3)
memory = Memory()
for t in range(50):
    memory.add(np.random.randn(6).astype("float32"), np.random.randint(3), np.random.rand())

states = tf.convert_to_tensor(np.array(memory.states))
actions = tf.convert_to_tensor(np.array(memory.actions), dtype=tf.int32)
returns = tf.convert_to_tensor(memory.returns())

with tf.GradientTape() as tape:
    probs, values = net(states, training=True)
    advantage = returns - values
    picked = tf.gather(probs, actions, axis=1, batch_dims=1)
    actor_loss = -tf.reduce_mean(tf.math.log(picked + 1e-8) * tf.stop_gradient(advantage))
    critic_loss = tf.reduce_mean(advantage ** 2)
    loss = actor_loss + 0.5 * critic_loss
opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
print(float(loss))
