"""Losses that a program calls itself, as in a training loop of its own: ``loss_fn(y, model(x))``.

Target and prediction meet as they do in ``fit``, and are judged alike. Source: ``keras/src/losses/loss.py``.
"""

from __future__ import annotations

from typing import Final

from layoutlint.inference.loss_names import OPTIONS, canonical
from layoutlint.inference.losses import LossOutcome, contract_of, losses_of_keras, meet
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import to_tensors
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.interpreter.keras.lowering import lower
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Feed, Layer, Loss, Tensor

MODULE: Final = "keras.losses."
LOSS: Final = "loss"
"""The method of such a feed, and the operation that stands for the loss in the graph."""
EACH_SAMPLE: Final = "none"
"""What ``reduction`` is for a value for each sample."""
ABBREVIATED: Final = {"kl": "KL", "ctc": "CTC"}
WHOLE: Final = ("dice", "tversky", "ctc")
"""Losses whose values are not those of the last axis alone."""
REDUCED: Final = ("sum", "sum_over_batch_size", "mean", "mean_with_sample_weight", "auto")


def _object(site: Site, made: LibraryObject, arguments: Arguments) -> Value:
    """``keras.losses.MeanSquaredError()(y, prediction)``."""
    options = {key: lower(site, option) for key, option in made.state.items()}
    name = canonical(made.kind.rsplit(".", 1)[-1])
    reduction = options.get("reduction", "sum_over_batch_size")
    given = _given(arguments)
    shape = None if given is None else _met(site, Loss(name, options, site.origin), *given)
    if isinstance(reduction, str) and reduction.lower() in REDUCED:
        return _made(site, Shape(), given)
    each = shape if reduction is None or str(reduction).lower() == EACH_SAMPLE else None
    return site.lost("the value of a loss") if each is None else _made(site, each, given)


def function_of(name: str) -> Handler | None:
    """Return what carries out ``keras.losses.mean_squared_error(y, prediction)``; None for another name."""
    if not name.startswith(MODULE) or contract_of(canonical(name.removeprefix(MODULE))) is None:
        return None
    loss = canonical(name.removeprefix(MODULE))

    def run(site: Site, arguments: Arguments) -> Value:
        options = {key: lower(site, value) for key, value in arguments.keywords.items() if key in OPTIONS}
        given = _given(arguments)
        shape = None if given is None else _met(site, Loss(loss, options, site.origin), *given)
        return site.lost("the value of a loss") if shape is None else _made(site, shape, given)

    return run


def _given(arguments: Arguments) -> tuple[Tensor, Tensor] | None:
    """Return target and prediction; None for what is not one array each."""
    target, output = (to_tensors(arguments.get(at, name)) for at, name in enumerate(("y_true", "y_pred")))
    if isinstance(target, Tensor) and isinstance(output, Tensor) and not arguments.open:
        return target, output
    return None


def _met(site: Site, loss: Loss, target: Tensor, output: Tensor) -> Shape | None:
    """Note in the graph that a target meets a prediction; return the shape of the loss before a reduction."""
    if target.shape is None or output.shape is None or output.shape.rank < 2 or not target.shape.rank:
        return None
    meeting = meet(loss.name, loss.options, target.shape, output.shape)
    if meeting is None:
        return None
    layer = Layer(LOSS, {}, site.origin, kind="operation")
    call = Call(layer, output, {}, site.origin, output, conditions=tuple(site.evaluator.conditions))
    site.graph.feeds.append(Feed(LOSS, "x", [], call, site.origin, target, site.origin, loss))
    is_by_values = meeting.outcome is LossOutcome.FITS and loss.name not in WHOLE
    return Shape(output.shape[:-1]) if is_by_values else None


def _made(site: Site, shape: Shape, given: tuple[Tensor, Tensor] | None) -> Value:
    made = Call(Layer(LOSS, {}, site.origin, kind="operation"), list(given or ()), {}, site.origin)
    made.outputs = Tensor(shape, made, site.origin)
    return made.outputs


def _class_name(function: str) -> str:
    return "".join(ABBREVIATED.get(part, part.capitalize()) for part in function.split("_"))


KINDS: Final = {f"{MODULE}{_class_name(name)}": Kind(call=_object) for name in losses_of_keras()}
