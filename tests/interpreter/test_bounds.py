"""No program makes the interpreter run on, use up the stack or fail: past the budget the graph says so."""

from __future__ import annotations

import time

import pytest

from layoutlint.interpreter.core.budget import Limits
from layoutlint.readers.source import read

PRELUDE = "import keras\nfrom keras.layers import Dense, Input\nx = Dense(3)(Input((2,)))\n"
LIMITS = Limits(seconds=0.5)
SLACK = 1.5
"""Seconds of processor time beside the budget: for reading the file, and between two looks at the clock."""

HOSTILE = {
    "endless_loop": "while True:\n    x = Dense(x.shape[-1] + 1)(x)\n",
    "endless_loop_of_nothing": "while True:\n    pass\n",
    "endless_unknown_loop": "while unknown():\n    while unknown():\n        x = Dense(4)(x)\n",
    "endless_recursion": "def f(n):\n    return f(n + 1)\nf(0)\n",
    "mutual_recursion": "def f(n):\n    return g(n) + g(n)\ndef g(n):\n    return f(n) + f(n)\nf(0)\n",
    "exponential_calls": "f0 = lambda x: Dense(2)(x)\n"
    + "".join(f"def f{i + 1}(x):\n    return f{i}(f{i}(x))\n" for i in range(40))
    + "f40(x)\n",
    "exponential_branches": "".join(f"if c{i}():\n    x = Dense({i + 2})(x)\n" for i in range(200)),
    "exponential_early_returns": "def f(x):\n"
    + "".join(f"    if c{i}():\n        return Dense({i + 2})(x)\n" for i in range(200))
    + "    return x\nf(x)\n",
    "nested_loops": "".join(f"{'    ' * i}for i{i} in range(100):\n" for i in range(12))
    + "    " * 12
    + "x = Dense(2)(x)\n",
    "nested_unknown_loops": "".join(f"{'    ' * i}for i{i} in y{i}:\n" for i in range(15))
    + "    " * 15
    + "x = Dense(2)(x)\n",
    "breaks_everywhere": "for i in range(4000):\n    if c():\n        break\n    if d():\n        continue\n"
    "    x = Dense(2)(x)\n",
    "growing_number": "n = 2\nfor i in range(1000):\n    n = n ** n\nDense(n)(x)\n",
    "growing_text": "s = 'a'\nfor i in range(1000):\n    s = s + s\nDense(3, name=s)(x)\n",
    "growing_list": "s = [1]\nfor i in range(1000):\n    s = s + s\nDense(len(s))(x)\n",
    "growing_list_in_place": "s = [1]\nfor i in range(1000):\n    s += s\nDense(len(s))(x)\n",
    "list_in_itself": "s = []\ns.append(s)\nDense(s)(x)\nprint(s == s, str(s), s + s)\nx = Dense(s[0])(x)\n",
    "dict_in_itself": "d = {}\nd['d'] = d\nDense(**d)(x)\ne = {**d, 'e': d}\nDense(units=d)(x)\n",
    "model_in_itself": "m = keras.Sequential([Input((2,))])\nm.add(m)\nm(x)\n",
    "names_in_themselves": "d = globals()\nd['d'] = d\nd.update(d)\nglobals().update(globals=globals())\n"
    "for i in range(10**6):\n    globals()[f'x{i}'] = globals()\nDense(globals()['d'])(x)\nexec('exec(1)')\n",
    "settings_of_a_long_line": "class C0:\n    a = 1\n"
    + "".join(f"class C{i + 1}(C{i}):\n    a{i} = {i}\n" for i in range(300))
    + "for i in range(10**5):\n    setattr(C300, unknown(), i)\n    C300.__dict__.update(unknown())\n",
    "object_in_itself": "class A:\n    pass\na = A()\na.a = a\na.b = [a, a.a]\nDense(a.b)(x)\n",
    "long_product": "from itertools import product\n"
    "for p in product(range(100), repeat=10):\n    Dense(p[0])(x)\n",
    "large_range": "y = [i for i in range(10**12)]\nz = list(range(10**12))\nDense(len(z))(x)\n",
    "large_array": "import numpy as np\na = np.zeros((10 ** 9, 10 ** 9))\nDense(2)(a)\nb = [0] * 10 ** 9\n",
    "long_chain": "y = 0\n" + "y = y" + " + 1" * 500 + "\nDense(y)(x)\n",
    "deep_calls": "y = x\nf = lambda v: v\ny = " + "f(" * 80 + "y" + ")" * 80 + "\n",
    "generator_of_itself": "def g():\n    yield from g()\n    yield 1\nfor i in g():\n    x = Dense(i)(x)\n",
    "class_of_itself": "class A(A):\n    pass\nclass B(unknown, B):\n    def f(self):\n"
    "        return super().f()\nB().f()\n",
    "decorator_of_itself": "def d(f):\n    return d(f)\n@d\ndef g(): pass\ng()\n",
    "text_of_itself": "t = 'eval(t)'\neval(t)\nu = 'eval(u) + eval(u)'\nDense(eval(u))(x)\n",
    "setter_of_itself": "class A:\n    @property\n    def p(self):\n        return 1\n"
    "    @p.setter\n    def p(self, v):\n        self.p = v\na = A()\na.p = 3\n",
    "endless_side_by_side": "from itertools import *\n"
    "for a, b in product(zip(count(), cycle(count())), repeat=3):\n"
    "    Dense(a)(x)\nfor p in permutations(count(), 8):\n    Dense(p[0])(x)\n",
    "defaults_in_defaults": "from collections import defaultdict\nf = lambda: defaultdict(f)\nd = f()\n"
    "for i in range(100):\n    d = d[i]\nd[d]\n",
    "property_of_itself": "class A:\n    @property\n    def p(self):\n"
    "        return self.p\nDense(A().p)(x)\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_ends_within_the_budget(name: str) -> None:
    start = time.process_time()
    graph = read(PRELUDE + HOSTILE[name], f"{name}.py", limits=LIMITS)
    assert time.process_time() - start < LIMITS.seconds + SLACK
    first = graph.calls[1]
    assert first.layer.class_name == "Dense"
    assert str(first.output_tensors[0].shape) == "(None, 3)"


def test_says_that_it_was_cut_short() -> None:
    graph = read(PRELUDE + HOSTILE["exponential_calls"], "a.py", limits=LIMITS)
    assert any("stopped after" in note for note in graph.notes)


def test_says_nothing_where_nothing_was_cut() -> None:
    assert not read(PRELUDE, "a.py", limits=LIMITS).notes
