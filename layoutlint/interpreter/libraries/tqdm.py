"""tqdm: progress bars around what a loop goes over, which yield its items as they are.

Source: "Parameters" of ``tqdm``, https://tqdm.github.io/docs/tqdm/.
"""

from __future__ import annotations

from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import Value
from layoutlint.interpreter.libraries import builtins_items

MODULES: Final = ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook", "tqdm.std")


def _bar(site: Site, arguments: Arguments) -> Value:
    """Return ``tqdm(iterable)``: the iterable itself."""
    iterable = arguments.get(0, "iterable")
    return site.lost("a progress bar of nothing") if iterable is None else iterable


LIBRARY = Library(
    "tqdm",
    functions={
        **{f"{module}.tqdm": _bar for module in MODULES},
        **{f"{module}.trange": builtins_items.FUNCTIONS["range"] for module in MODULES},
        "tqdm.tqdm_notebook": _bar,
    },
)
