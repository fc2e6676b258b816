"""einops: the shapes that rearrange, repeat and reduce give, as the library itself gives them."""

from __future__ import annotations

import pytest

from layoutlint.readers import source

CALLS = {
    "rearrange(np.zeros((10, 20, 30, 3)), 'b h w c -> b c h w')": (10, 3, 20, 30),
    "rearrange(np.zeros((10, 20, 30, 3)), 'b (h p) (w q) c -> b (h w) (p q c)', p=4, q=5)": (10, 30, 60),
    "rearrange(np.zeros((10, 20, 30)), 'b h w -> b h w 1')": (10, 20, 30, 1),
    "rearrange(np.zeros((10, 20, 1)), 'b h 1 -> b h')": (10, 20),
    "rearrange(np.zeros((10, 20, 30)), 'b ... -> b (...)')": (10, 600),
    "rearrange(np.zeros((10, 20, 30)), '... c -> c ...')": (30, 10, 20),
    "rearrange(np.zeros((10, 20, 30)), 'b h w -> (b h) w')": (200, 30),
    "rearrange(np.zeros((10, 20, 30)), 'b h w -> b () h w')": (10, 1, 20, 30),
    "rearrange(np.zeros((10, 20, 12)), 'b n (h d) -> b h n d', h=4)": (10, 4, 20, 3),
    "rearrange(np.zeros((10, 20, 30)), '(b t) h w -> b t h w', b=5)": (5, 2, 20, 30),
    "rearrange([np.zeros((20, 30))] * 4, 'b h w -> b w h')": (4, 30, 20),
    "repeat(np.zeros((10, 20)), 'b t -> b t k', k=3)": (10, 20, 3),
    "repeat(np.zeros((10, 20)), 'b t -> (k b) t', k=3)": (30, 20),
    "reduce(np.zeros((10, 20, 30, 3)), 'b (h 2) (w 2) c -> b h w c', 'mean')": (10, 10, 15, 3),
    "reduce(np.zeros((10, 20, 30, 3)), 'b h w c -> b c', 'max')": (10, 3),
}
UNKNOWN = [
    "rearrange(np.zeros((10, 20)), 'b h w -> b w h')",
    "rearrange(np.zeros((10, 20)), 'b (h p) -> b h p')",
    "rearrange(np.zeros((10, 20)), pattern)",
    "rearrange(np.zeros((10, 20)), 'b h -> b')",
]


def _shape(text):
    program = f"import numpy as np\nfrom einops import rearrange, reduce, repeat\nx = {text}\ny = np.abs(x)\n"
    graph = source.read(program, "program.py")
    (call,) = [call for call in graph.calls if call.layer.class_name == "abs"] or [None]
    tensors = [] if call is None else call.input_tensors
    return tensors[0].shape.sizes if tensors and tensors[0].shape is not None else None


@pytest.mark.parametrize("text", CALLS)
def test_the_shape_is_that_of_the_library(text):
    assert _shape(text) == CALLS[text]


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_a_pattern_does_not_tell_is_unknown(text):
    assert _shape(text) is None


def test_the_table_is_that_of_the_library():
    einops = pytest.importorskip("einops")
    import numpy as np

    names = {"np": np, **{name: getattr(einops, name) for name in ("rearrange", "reduce", "repeat")}}
    assert {text: eval(text, names).shape for text in CALLS} == CALLS
