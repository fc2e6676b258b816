"""Writes signal_wrong.keras and signal_right.keras: the two models as Keras saves them, but without their weights.

layoutlint never looks at the weights of such a model, so the repository does not carry them. Needs TensorFlow.
"""

import io
import zipfile
from pathlib import Path

import signal_right
import signal_wrong

HERE = Path(__file__).parent
KEPT = ("metadata.json", "config.json")
WHEN = (2026, 1, 1, 0, 0, 0)


def architecture(model):
    """The bytes of a .keras archive with everything but the weights."""
    whole = HERE / "whole.keras"
    model.save(whole)
    small = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as target:
        for name in KEPT:
            target.writestr(zipfile.ZipInfo(name, WHEN), source.read(name), zipfile.ZIP_DEFLATED)
    whole.unlink()
    return small.getvalue()


if __name__ == "__main__":
    for module in (signal_wrong, signal_right):
        (HERE / f"{module.__name__}.keras").write_bytes(architecture(module.build()))
