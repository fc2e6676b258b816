import keras
from keras import layers, ops
import numpy as np


class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.teacher = teacher
        self.student = student

    def compile(self, optimizer, metrics, student_loss_fn, distillation_loss_fn, alpha=0.1, temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss_fn = student_loss_fn
        self.distillation_loss_fn = distillation_loss_fn
        self.alpha = alpha
        self.temperature = temperature

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, allow_empty=False):
        teacher_pred = self.teacher(x, training=False)
        student_loss = self.student_loss_fn(y, y_pred)
        distillation_loss = self.distillation_loss_fn(
            ops.softmax(teacher_pred / self.temperature, axis=1),
            ops.softmax(y_pred / self.temperature, axis=1),
        ) * (self.temperature**2)
        return self.alpha * student_loss + (1 - self.alpha) * distillation_loss

    def call(self, x):
        return self.student(x)


def make(width, name):
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(width, (3, 3), strides=(2, 2), padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.MaxPooling2D(pool_size=(2, 2), strides=(1, 1), padding="same"),
            layers.Conv2D(width * 2, (3, 3), strides=(2, 2), padding="same"),
            layers.Flatten(),
            layers.Dense(10),
        ],
        name=name,
    )


teacher, student = make(32, "teacher"), make(4, "student")
# Clone student for later comparison
student_scratch = keras.models.clone_model(student)

x_train = np.random.rand(32, 28, 28).astype("float32")
x_train = np.reshape(x_train, (-1, 28, 28, 1))
y_train = np.random.randint(0, 10, 32)

teacher.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
teacher.fit(x_train, y_train, epochs=1)

distiller = Distiller(student=student, teacher=teacher)
distiller.compile(
    optimizer=keras.optimizers.Adam(),
    metrics=[keras.metrics.SparseCategoricalAccuracy()],
    student_loss_fn=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    distillation_loss_fn=keras.losses.KLDivergence(),
)
distiller.fit(x_train, y_train, epochs=1)

# the old trick: one model, both logits side by side
teacher.trainable = False
inp = keras.Input((28, 28, 1))
both = layers.Concatenate(name="both")([teacher(inp), student(inp)])
soft = layers.Lambda(lambda t: t[:, :10] / 4.0)(both)
hard = layers.Lambda(lambda t: t[:, 10:])(both)
combined = keras.Model(inp, layers.Average()([layers.Softmax()(soft), layers.Softmax()(hard)]))
# hints: student features must be the teacher's width
hint_t = teacher.layers[0].output
hint_s = layers.Conv2D(hint_t.shape[-1], 1)(student.layers[0].output)
