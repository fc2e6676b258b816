"""Python's features, one a snippet: what is inferred against what real Keras does when the snippet runs.

A snippet that reads an environment variable has an unknown value: it runs once for each value given, and
nothing may be claimed that does not hold in every run.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.oracle.comparison import compare
from tests.oracle.recorder import record

PRELUDE = """\
import os, functools, itertools, math
import numpy as np
import keras
from keras import layers
from keras.layers import Conv1D, Dense, Flatten, Input, LSTM, MaxPooling1D, Concatenate, Add, Dropout
"""

EXACT = {
    "numbers_of_an_enum": """
        import enum
        class Size(enum.IntEnum):
            SMALL = 4
            LARGE = 6
        x = Dense(int(Size.SMALL))(Input((int(Size["LARGE"]), 3)))
        Dense(int(Size(6)) * 2)(x)
        """,
    "attributes_that_a_class_makes_up": """
        class Chain:
            def __init__(self, shape):
                self.x = Input(shape)
            def __getattr__(self, name):
                if name.startswith("no_"):
                    raise AttributeError(name)
                def add(*args, **options):
                    self.x = getattr(layers, name)(*args, **options)(self.x)
                    return self
                return add
        chain = Chain((9, 2)).Conv1D(4, 3).MaxPooling1D(2)
        if not hasattr(chain, "no_more"):
            chain.Flatten().Dense(getattr(chain, "no_units", 5))
        """,
    "further_positional_arguments_of_calls": """
        x, mask = Input((4, 5)), Input((4, 5), dtype="bool")
        y = layers.Softmax()(x, mask)
        y = layers.Dropout(0.5)(Dense(3)(y), training=True)
        Dense(4)(layers.MultiHeadAttention(2, 3)(y, y, y))
        """,
    "call_of_the_base_class": """
        class Named(layers.Layer):
            def __init__(self, units):
                super().__init__()
                self.units = units
            def build(self, input_shape):
                self.inner = Dense(self.units + input_shape[-1])
            def __call__(self, inputs, **kwargs):
                return super().__call__(inputs, **kwargs)
            def call(self, inputs):
                return self.inner(inputs)
        Dense(2)(Named(3)(Input((4,))))
        """,
    "evaluated_texts": """
        width = 3
        def block(x, kind, size="width * 2"):
            make = eval(kind)
            return make(eval(size) + len(eval("[1, 2]")), name="of_a_text")(x)
        x = block(Input((5,)), "Dense")
        x = eval("layers.Dense")(4)(x)
        eval(" Dense(width)(x) ")
        """,
    "property_setters": """
        class Block:
            def __init__(self, width):
                self.width = width
            @property
            def width(self):
                return self._width * 2
            @width.setter
            def width(self, value):
                self._width = value + 1
        b = Block(3)
        x = Dense(b.width)(Input((2,)))
        b.width = 10
        Dense(b.width)(x)
        """,
    "classes_that_register_themselves": """
        class Registry(dict):
            pass
        CLASSES = {}
        def register(key):
            def keep(cls):
                CLASSES[key] = cls
                return cls
            return keep
        class Book:
            names = []
            @classmethod
            def note(cls, made):
                cls.names.append(made.__name__)
                return made
        @register("a")
        @Book.note
        class A:
            units = 4
        @register("b")
        @Book.note
        class B(A):
            units = 7
        x = Input((3,))
        for key in ("a", "b"):
            x = Dense(CLASSES[key].units + len(Book.names), name=Book.names[0].lower() + key)(x)
        """,
    "defaultdict_and_deque": """
        from collections import defaultdict, deque
        groups = defaultdict(list)
        for i, units in enumerate([3, 4, 5, 6, 7]):
            groups[i % 2].append(units)
        counts = defaultdict(int)
        for units in groups[0]:
            counts["n"] += units
        last = deque([1, 2, 3], maxlen=2)
        last.append(9)
        x = Dense(counts["n"] + len(groups[5]))(Input((3,)))
        for units in (*groups[1], last[0], last.popleft(), last.pop()):
            x = Dense(units)(x)
        """,
    "sorted_and_chosen_by_key": """
        table = [("b", 3), ("a", 9), ("c", 5)]
        x = Input((2,))
        for name, units in sorted(table, key=lambda row: row[1], reverse=True):
            x = Dense(units, name=name)(x)
        x = Dense(max(table, key=lambda row: row[0])[1])(x)
        x = Dense(min(table, key=lambda row: row[1])[1])(x)
        """,
    "endless_iterators": """
        x = Input((2,))
        for units, rate in zip(itertools.cycle([3, 5]), itertools.count(2, 2)):
            if rate > 8:
                break
            x = Dense(units * rate)(x)
        for units in itertools.islice(itertools.repeat(6), 2):
            x = Dense(units)(x)
        """,
    "length_of_an_object": """
        class Shelf:
            def __init__(self, items):
                self.items = items
            def __len__(self):
                return len(self.items)
            def __getitem__(self, i):
                return self.items[i]
        shelf = Shelf([4, 6])
        x = Input((2,))
        for i in range(len(shelf)):
            x = Dense(shelf[i])(x)
        """,
    "defaults_and_keyword_only": """
        def build(x, units=3, *, more=4, **rest):
            return Dense(units + more, **rest)(x)
        x = Input((5,))
        build(x); build(x, 6, more=1); build(x, more=0, name="last")
        """,
    "star_arguments": """
        def stack(x, *units, last):
            for u in units:
                x = Dense(u)(x)
            return Dense(last)(x)
        sizes = [7, 6]
        stack(Input((2,)), *sizes, 5, last=1)
        stack(Input((3,)), *(), **{"last": 2})
        """,
    "closures_late_binding": """
        makers = []
        for n in (2, 3, 4):
            makers.append(lambda x: Dense(n)(x))
        early = [lambda x, n=n: Dense(n)(x) for n in (5, 6)]
        for make in makers + early:
            make(Input((3,)))
        """,
    "nonlocal_counter": """
        def counted():
            n = 0
            def make(x):
                nonlocal n
                n += 1
                return Dense(n)(x)
            return make
        make = counted()
        x = make(Input((8,)))
        x = make(make(x))
        """,
    "global_setting": """
        UNITS = 4
        def double():
            global UNITS
            UNITS *= 2
        def use(x):
            return Dense(UNITS)(x)
        use(Input((2,))); double(); use(Input((2,)))
        """,
    "comprehensions": """
        x = Input((12, 2))
        branches = [Conv1D(4, k, padding="same")(x) for k in range(1, 8, 2) if k != 5]
        table = {k: Dense(k)(x) for k in (2, 3)}
        y = Concatenate()(branches + [table[k] for k in sorted(table)])
        z = Add()([Dense(3)(b) for row in [branches[:1], branches[1:]] for b in row])
        """,
    "generators": """
        def halves(n):
            while n > 2:
                yield n
                n //= 2
        def chained():
            yield from halves(16)
            yield 1
        x = Input((4,))
        for units in chained():
            x = Dense(units)(x)
        x = keras.Sequential([Dense(u) for u in halves(8)])(x)
        """,
    "while_and_break": """
        x = Input((64, 1))
        filters = 4
        while True:
            x = MaxPooling1D(2)(Conv1D(filters, 3, padding="same")(x))
            filters *= 2
            if x.shape[1] <= 8:
                break
        Flatten()(x)
        """,
    "for_else_continue": """
        x = Input((9,))
        for i in range(4):
            if i == 1:
                continue
            x = Dense(10 + i)(x)
        else:
            x = Dense(99)(x)
        """,
    "unpacking": """
        (a, b), *rest, last = (1, 2), 3, 4, 5
        first, second = map(lambda v: v * 10, (a, b))
        x = Dense(first)(Input((last,)))
        x = Dense(second)(x)
        for u in rest:
            x = Dense(u)(x)
        """,
    "walrus_and_conditional": """
        x = Input((3,))
        if (n := len("abcd")) > 3:
            x = Dense(n)(x)
        x = Dense(n * 2 if n % 2 == 0 else 1)(x)
        """,
    "match_statement": """
        def layer(spec):
            match spec:
                case ("dense", n):
                    return Dense(n)
                case {"kind": "conv", "filters": f}:
                    return Conv1D(f, 3)
                case [first, *others]:
                    return Dense(first + len(others))
                case int(n) if n > 5:
                    return Dense(n)
                case _:
                    return Dropout(0.1)
        x = Input((10, 2))
        for spec in (("dense", 4), {"kind": "conv", "filters": 6}, [7, 1, 1], 8, 2):
            x = layer(spec)(x)
        """,
    "try_except_finally": """
        try:
            import module_that_does_not_exist
            units = 1
        except ImportError:
            units = 7
        finally:
            extra = 2
        try:
            import json, keras
        except ImportError:
            extra = 50
        Dense(extra)(Input((2,)))
        """,
    "raise_in_branch": """
        def build(kind):
            if kind == "big":
                n = 9
            elif kind == "small":
                n = 2
            else:
                raise ValueError(kind)
            return Dense(n)(Input((4,)))
        build("big"); build("small")
        """,
    "classes_and_super": """
        class Base:
            units = 4
            def __init__(self, scale=1, **kw):
                self.scale = scale
                for name, value in kw.items():
                    setattr(self, name, value)
            @property
            def size(self):
                return self.units * self.scale
            @classmethod
            def default(cls):
                return cls(scale=2)
            @staticmethod
            def head(x):
                return Dense(1)(x)
            def __call__(self, x):
                return self.head(Dense(self.size)(x))
        class Child(Base):
            units = 5
            def __init__(self, *args, **kw):
                super().__init__(*args, **kw)
                self.scale += 1
            def __call__(self, x):
                return super().__call__(Dense(getattr(self, "extra", 3))(x))
        x = Input((6,))
        Base()(x); Child.default()(x); Child(3, extra=8)(x)
        """,
    "mixins_and_method_order": """
        class A:
            def size(self): return 1
        class B(A):
            def size(self): return 2 + super().size()
        class C(A):
            def size(self): return 10 + super().size()
        class D(B, C):
            pass
        Dense(D().size())(Input((3,)))
        """,
    "decorators": """
        def twice(function):
            @functools.wraps(function)
            def run(x, *args, **kw):
                return function(function(x, *args, **kw), *args, **kw)
            return run
        def with_units(n):
            def decorate(function):
                return lambda x: function(x, n)
            return decorate
        @twice
        def dense(x, n=3):
            return Dense(n)(x)
        @with_units(11)
        def other(x, n):
            return Dense(n)(x)
        other(dense(Input((4,))))
        """,
    "recursion": """
        def hourglass(x, depth, f):
            skip = Conv1D(f, 1)(x)
            y = MaxPooling1D(2)(x)
            y = hourglass(y, depth - 1, f) if depth > 1 else Conv1D(f, 3, padding="same")(y)
            y = layers.UpSampling1D(2)(y)
            return Add()([skip, y])
        hourglass(Input((32, 3)), 4, 8)
        """,
    "shared_mutable_default": """
        def collect(n, into=[]):
            into.append(n)
            return sum(into)
        x = Input((2,))
        for i in (1, 2, 3):
            x = Dense(collect(i))(x)
        """,
    "list_methods": """
        sizes = [4, 2, 9]
        sizes.append(5); sizes.insert(0, 7); sizes.extend((1, 1)); sizes.remove(2); sizes.sort(reverse=True)
        top = sizes.pop(); sizes[1:3] = [6]; sizes += [top + 1]
        del sizes[-2]
        x = Input((3,))
        for u in sizes:
            x = Dense(u)(x)
        """,
    "dict_methods": """
        base = {"units": 4, "activation": "relu"}
        copy = dict(base, units=5)
        copy.setdefault("use_bias", False)
        merged = base | {"units": 6}
        base.update(units=base.pop("units") + 10)
        for kw in (base, copy, merged, {**merged, "units": 8}):
            Dense(**kw)(Input((3,)))
        """,
    "string_building": """
        x = Input((20, 3))
        for i, token in enumerate("c8-p-c4".split("-")):
            kind, n = token[0], token[1:]
            if kind == "c":
                x = Conv1D(int(n), 3, name=f"{kind}_{i:02d}")(x)
            elif kind.startswith("p"):
                x = MaxPooling1D(name="{}{}".format(kind.upper(), i))(x)
        """,
    "arithmetic": """
        n = 100
        x = Input((n, 1))
        x = Conv1D(2 ** 3, 3, strides=n // 33, padding="valid")(x)
        x = Dense(int(n * 0.25))(x)
        x = Dense(round(n / 3))(x)
        x = Dense(math.ceil(n / 7) + divmod(n, 9)[1] + max(3, 1) - abs(-2) + (n >> 3))(x)
        x = layers.Reshape((-1, x.shape[-1] // 2))(x) if x.shape[-1] % 2 == 0 else Flatten()(x)
        """,
    "numpy_shapes": """
        data = np.zeros((50, 3, 16), "float32")
        data = np.transpose(data, (0, 2, 1))
        data = data[:, ::2]
        flat = data.reshape(len(data), -1)
        both = np.concatenate([flat, np.ones((50, 2))], axis=-1)
        Dense(1)(Input(data.shape[1:])); Dense(2)(Input(flat.shape[1:])); Dense(3)(Input((both.shape[1],)))
        windows = np.array([both[i:i + 5] for i in range(0, 40, 5)])
        model = keras.Sequential([LSTM(windows.shape[1], input_shape=windows.shape[1:])])
        """,
    "tensor_indexing": """
        x = Input((10, 6))
        last = x[:, -1]
        first = x[:, :1, :]
        wide = x[..., None]
        Dense(2)(last); Dense(3)(first); layers.Conv2D(4, 3)(wide)
        a, b = keras.ops.split(x, 2, axis=-1)
        Dense(5)(keras.ops.stack([a, b], axis=1))
        Dense(6)(x * 2 + keras.ops.mean(x, axis=1, keepdims=True))
        """,
    "partial_and_reduce": """
        conv = functools.partial(Conv1D, kernel_size=3, padding="same")
        x = functools.reduce(lambda t, f: conv(f)(t), [4, 8], Input((12, 1)))
        x = conv(filters=2, padding="valid")(x)
        for a, b in itertools.product((1, 2), repeat=2):
            Dense(10 * a + b)(x)
        for n in itertools.chain([3], (4,)):
            Dense(n)(x)
        for i, n in zip(range(1, 9), "ab"):
            Dense(i + 20)(x)
        """,
    "chained_comparison_and_boolean": """
        n = None
        units = n or 6
        if 1 < units <= 6 and not n:
            Dense(units)(Input((2,)))
        if "x" in ("x", "y") and units not in [1, 2]:
            Dense(units + 1)(Input((2,)))
        """,
    "nested_functions_and_returned_tuples": """
        def encoder(x):
            def block(t, f):
                t = Conv1D(f, 3, padding="same")(t)
                return t, MaxPooling1D(2)(t)
            skips = []
            for f in (2, 4):
                skip, x = block(x, f)
                skips.append(skip)
            return x, skips[::-1]
        x, skips = encoder(Input((16, 1)))
        for skip in skips:
            x = Concatenate()([layers.UpSampling1D(2)(x), skip])
        """,
    "sequential_methods": """
        m = keras.Sequential()
        m.add(Input((8,)))
        for u in (4, 3, 2):
            m.add(Dense(u))
        m.pop()
        m.add(Dense(m.layers[0].units + 1))
        Dense(2)(m.outputs[0])
        Dense(3)(keras.Model(m.inputs, m.layers[-2].output)(Input((8,))))
        Dense(m.output_shape[-1])(Input((2,)))
        """,
    "context_managers": """
        import contextlib
        @contextlib.contextmanager
        def scope(name):
            yield name
        with scope("a") as name, contextlib.suppress(ValueError):
            x = Dense(len(name))(Input((4,)))
        with keras.name_scope("b"):
            x = Dense(6)(x)
        """,
    "layer_reuse": """
        shared = Dense(5)
        a, b = shared(Input((3,))), shared(Input((7, 3)))
        lstm = LSTM(4, return_sequences=True, return_state=True)
        y, h, c = lstm(Input((9, 2)))
        Dense(1)(Concatenate()([h, c]))
        Dense(2)(y)
        """,
}

UNKNOWN = {
    "a_call_defined_under_a_condition": (
        """
        class Wide(layers.Layer):
            def build(self, input_shape):
                self.narrow, self.wide = Dense(4), Dense(8)
            if "WIDE" in os.environ:
                def call(self, inputs):
                    return self.wide(inputs)
            else:
                def call(self, inputs):
                    return self.narrow(inputs)
        Dense(2)(Wide()(Input((5,))))
        """,
        [{}, {"WIDE": "1"}],
    ),
    # snippet, and the environments under which it runs
    "if_else_ranks": (
        """
        x = Input((10, 4))
        if os.environ["A"] == "1":
            x = Flatten()(x)
        else:
            x = Dense(3)(x)
        Dense(2)(x)
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "if_without_else": (
        """
        units = 4
        if os.environ["A"] == "1":
            units = 8
        x = Dense(units)(Input((3,)))
        Dense(units + 1)(x)
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "early_return": (
        """
        def build(x):
            x = Dense(5)(x)
            if os.environ["A"] == "1":
                return x
            x = Dense(6)(x)
            return x
        Dense(1)(Concatenate()([build(Input((3,))), Input((2,))]))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "exit_in_a_branch": (
        """
        if os.environ["A"] == "1":
            n = 4
        else:
            n = 5
            if os.environ["B"] == "1":
                raise SystemExit
        Dense(n)(Input((3,)))
        """,
        [{"A": "1", "B": "1"}, {"A": "0", "B": "0"}, {"A": "0", "B": "1"}],
    ),
    "loop_of_unknown_length": (
        """
        x = Input((64, 2))
        filters = 4
        for i in range(int(os.environ["N"])):
            x = Conv1D(filters, 3, padding="same")(x)
            x = MaxPooling1D(2)(x)
            filters *= 2
        Dense(7)(x)
        Dense(filters)(Input((3,)))
        """,
        [{"N": "0"}, {"N": "1"}, {"N": "3"}],
    ),
    "while_of_unknown_length": (
        """
        n = int(os.environ["N"])
        x = Input((100,))
        size = 64
        while n > 0:
            size = size // 2
            x = Dense(size)(x)
            n -= 1
        Dense(3)(x)
        Dense(size)(Input((1,)))
        """,
        [{"N": "0"}, {"N": "1"}, {"N": "2"}, {"N": "4"}],
    ),
    "list_filled_in_an_unknown_loop": (
        """
        skips = [Input((8, 2))]
        for i in range(int(os.environ["N"])):
            skips.append(Conv1D(3, 1)(skips[-1]))
        Dense(4)(skips[-1])
        Dense(5)(skips[0])
        Concatenate()(skips) if len(skips) > 1 else None
        Dense(len(skips))(Input((3,)))
        """,
        [{"N": "0"}, {"N": "2"}, {"N": "3"}],
    ),
    "break_in_an_unknown_branch": (
        """
        x = Input((32,))
        for u in (16, 8, 4):
            x = Dense(u)(x)
            if os.environ["A"] == str(u):
                break
        Dense(2)(x)
        Dense(u)(Input((3,)))
        """,
        [{"A": "16"}, {"A": "8"}, {"A": "0"}],
    ),
    "continue_in_an_unknown_branch": (
        """
        x = Input((32,))
        for u in (16, 8):
            if os.environ["A"] == str(u):
                continue
            x = Dense(u)(x)
        Dense(2)(x)
        Add()([x, Dense(x.shape[-1])(x)])
        """,
        [{"A": "16"}, {"A": "8"}, {"A": "0"}],
    ),
    "mutation_in_an_unknown_branch": (
        """
        units = [4, 5]
        config = {"n": 3, "deep": {"m": 1}}
        if os.environ["A"] == "1":
            units.append(6)
            config["n"] = 9
            config["deep"]["m"] = 2
        x = Input((2,))
        for u in units:
            x = Dense(u)(x)
        Dense(config["n"])(Input((2,)))
        Dense(config["deep"]["m"])(Input((2,)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "mutation_through_an_object": (
        """
        class Config:
            def __init__(self):
                self.n = 3
                self.inner = [1]
            def grow(self):
                self.n += 1
                self.inner[0] = 7
        config = Config()
        if os.environ["A"] == "1":
            config.grow()
        Dense(config.n)(Input((2,)))
        Dense(config.inner[0])(Input((2,)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "different_functions": (
        """
        def a(x): return Dense(2)(x)
        def b(x): return Dense(4)(Flatten()(x))
        build = a if os.environ["A"] == "1" else b
        Dense(1)(build(Input((3, 5))))
        {"0": a, "1": b}[os.environ["A"]](Input((4, 4)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "layers_added_under_a_condition": (
        """
        model = keras.Sequential([Input((16, 2))])
        model.add(Conv1D(4, 3))
        if os.environ["A"] == "1":
            model.add(MaxPooling1D(2))
        model.add(Flatten())
        model.add(Dense(3))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "input_declared_on_one_side": (
        """
        shape = (None, 3) if os.environ["A"] == "1" else (10, 3)
        x = Input(shape)
        x = Conv1D(4, 3)(x)
        x = layers.GlobalAveragePooling1D()(x)
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "exception_decides": (
        """
        def parse(text):
            try:
                return int(text)
            except ValueError:
                return 12
        Dense(parse(os.environ["A"]))(Input((2,)))
        try:
            n = 3
            int(os.environ["A"])
            n = 4
        except ValueError:
            pass
        Dense(n)(Input((2,)))
        """,
        [{"A": "5"}, {"A": "x"}],
    ),
    "recursion_of_unknown_depth": (
        """
        def grow(x, n):
            if n == 0:
                return x
            return grow(Dense(x.shape[-1] * 2)(x), n - 1)
        Dense(3)(grow(Input((2,)), int(os.environ["N"])))
        """,
        [{"N": "0"}, {"N": "2"}],
    ),
    "set_in_a_loop_that_may_not_run": (
        """
        n = 4
        for item in os.environ["A"].split():
            n = 6
        Dense(n)(Input((2,)))
        """,
        [{"A": ""}, {"A": "x y"}],
    ),
    "overwritten_function": (
        """
        def make(): return 3
        if os.environ["A"] == "1":
            def make(): return 5
        Dense(make())(Input((2,)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "class_attribute_changed": (
        """
        class Config:
            n = 3
        if os.environ["A"] == "1":
            Config.n = 5
        Dense(Config.n)(Input((2,)))
        Dense(Config().n)(Input((2,)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "comprehension_over_unknown": (
        """
        sizes = [int(v) for v in os.environ["A"].split()]
        x = Input((4,))
        for s in sizes:
            x = Dense(s)(x)
        Dense(2)(x)
        Dense(len(sizes) + 1)(Input((4,)))
        y = keras.Sequential([Input((4,))] + [Dense(s) for s in sizes] + [Dense(9)])
        """,
        [{"A": "5"}, {"A": "5 6 7"}],
    ),
    "globals_changed_by_a_call": (
        """
        N = 3
        def change():
            global N
            N = 8
        if os.environ["A"] == "1":
            change()
        Dense(N)(Input((2,)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
    "boolean_operators_with_effects": (
        """
        log = [1]
        os.environ["A"] == "1" and log.append(2)
        Dense(len(log))(Input((2,)))
        Dense(sum(log))(Input((2,)))
        """,
        [{"A": "0"}, {"A": "1"}],
    ),
}


def program(tmp_path: Path, snippet: str) -> Path:
    lines = snippet.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    path = tmp_path / "snippet.py"
    path.write_text(PRELUDE + "\n".join(line[indent:] for line in lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", EXACT)
def test_exact(name: str, tmp_path: Path) -> None:
    path = program(tmp_path, EXACT[name])
    recording = record(path)
    assert recording.error is None, f"line {recording.error_line}: {recording.error}"
    verdicts = compare(path, recording)
    assert verdicts
    assert not [str(verdict) for verdict in verdicts if verdict.status != "exact"]


@pytest.mark.parametrize("name", UNKNOWN)
def test_nothing_that_holds_on_one_side_only(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snippet, environments = UNKNOWN[name]
    path = program(tmp_path, snippet)
    problems = []
    for environment in environments:
        _set(monkeypatch, environment)
        recording = record(path)
        assert recording.error is None, f"{environment}, line {recording.error_line}: {recording.error}"
        problems += [
            f"{environment}: {verdict}"
            for verdict in compare(path, recording)
            if verdict.status in ("wrong", "missing")
        ]
    assert not problems, "\n".join(problems)


def _set(monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
