from keras import Input, Model, layers


class NetBuilder:
    """net = NetBuilder((64, 64, 3)).conv(8).pool().mark("p2").conv(16)....build()"""

    def __init__(self, shape, activation="relu"):
        self._input = self._x = Input(shape)
        self._act = activation
        self._marks = {}

    def conv(self, filters, k=3, s=1, bn=True):
        self._x = layers.Conv2D(filters, k, strides=s, padding="same", use_bias=not bn)(self._x)
        if bn:
            self._x = layers.BatchNormalization()(self._x)
        return self.act()

    def act(self, name=None):
        self._x = layers.Activation(name or self._act)(self._x)
        return self

    def pool(self, size=2, kind="max"):
        cls = {"max": layers.MaxPooling2D, "avg": layers.AveragePooling2D}[kind]
        self._x = cls(size)(self._x)
        return self

    def repeat(self, n, method, *args, **kwargs):
        for _ in range(n):
            getattr(self, method)(*args, **kwargs)
        return self

    def mark(self, name):
        self._marks[name] = self._x
        return self

    def residual(self, inner):
        before = self._x
        inner(self)
        if before.shape[-1] != self.channels:
            before = layers.Conv2D(self.channels, 1)(before)
        self._x = layers.add([before, self._x])
        return self

    def up_to(self, name):
        target = self._marks[name]
        factor = target.shape[1] // self._x.shape[1]
        up = layers.UpSampling2D(factor)(self._x)
        self._x = layers.concatenate([up, target])
        return self

    @property
    def channels(self):
        return self._x.shape[-1]

    @property
    def shape(self):
        return tuple(self._x.shape)

    def head(self, n, spatial=False):
        if spatial:
            self._x = layers.Conv2D(n, 1, activation="sigmoid")(self._x)
        else:
            self._x = layers.Flatten()(self._x)
            self._x = layers.Dense(n)(self._x)
        return self

    def build(self, **kw):
        return Model(self._input, self._x, **kw)


clf = (NetBuilder((64, 64, 3))
       .conv(8).pool()
       .repeat(2, "conv", 16, k=5)
       .pool(3, kind="avg")
       .residual(lambda b: b.conv(24).conv(32))
       .head(10)
       .build(name="clf"))

seg = NetBuilder((48, 64, 1), activation="elu")
seg.conv(8).mark("s1").pool().conv(16).mark("s2").pool().conv(32)
print(seg.shape, seg.channels)
seg.up_to("s2").conv(16).up_to("s1").conv(8).head(1, spatial=True)
model = seg.build()
