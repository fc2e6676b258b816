"""Where a model begins: ``keras.Input``, and the shapes that layers declare for themselves."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import sizes_of, to_tensors
from layoutlint.interpreter.core.values import Choice, LibraryObject, Scope, Unknown, Value, as_size, text_of
from layoutlint.interpreter.keras.lowering import raised
from layoutlint.interpreter.keras.shape_sources import sources
from layoutlint.layers.legacy import RECURRENT
from layoutlint.layers.registry import spec_of
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import SHAPE_OF, Call, Declaration, Layer, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Expression, Size, unknown_size

SHAPE_ARGUMENTS = ("batch_shape", "batch_input_shape", "input_shape", "input_dim")


def remember_declared(ev: Evaluator, layer: Layer, arguments: Arguments, scope: Scope) -> None:
    for name in SHAPE_ARGUMENTS:
        node = arguments.nodes.get(name)
        if node is not None and name in layer.config:
            ev.declared_at[layer] = ev.origin(node, scope)
            ev.declared_from[layer] = sources(Site(ev, node, scope))
            return


def declared_input(layer: Layer) -> tuple[str, Shape | None] | None:
    """Return the input shape that a layer's own arguments give, and the argument; None if they
    give none.

    The shape has the batch first. ``input_shape=(8000, 1)`` gives (None, 8000, 1), ``input_dim=8`` gives
    (None, 8), with ``input_length=10`` (None, 10, 8).
    """
    spec = spec_of(layer)
    own = spec.parameters.names if spec is not None else frozenset()
    config = layer.config
    rank = spec.rank if spec is not None else None
    batch = _size(config.get("batch_size")) if "batch_size" not in own else None
    for name in ("batch_shape", "batch_input_shape"):
        if config.get(name) is not None and name not in own:
            return name, _written_shape(config[name], None, rank)
    has_dim = config.get("input_dim") is not None and "input_dim" not in own
    # of a recurrent layer that gets both, Keras up to 2.3 took the input_dim alone
    is_told_twice = has_dim and layer.class_name in RECURRENT
    if config.get("input_shape") is not None and "input_shape" not in own and not is_told_twice:
        return "input_shape", _written_shape(config["input_shape"], Axis(batch), rank)
    if has_dim:
        length = [_size(config["input_length"])] if "input_length" in config else []
        if rank == 3 and not length:
            length = [None]
        return "input_dim", Shape.of(batch, *length, _size(config["input_dim"]))
    if layer.class_name == "Embedding" and config.get("input_length") is not None:
        length = config["input_length"]
        lengths = length if isinstance(length, tuple) else (length,)
        return "input_length", Shape.of(batch, *map(_size, lengths))
    if layer.class_name == "Embedding" and batch is not None:
        return "batch_size", Shape.of(batch, None)  # Keras 2 declares a sequence of any length then
    return None


def _size(value: object) -> Size:
    """Return an argument as the size of an axis: unknown where it is no number."""
    return as_size(raised(value))


def _written_shape(value: object, batch: Axis | None, rank: int | None) -> Shape | None:
    """Return a shape argument with its batch axis; of the needed rank where the value is unknown but the
    layer's rank is not.
    """
    sizes = None if isinstance(value, Expression) else sizes_of(raised(value))
    before = () if batch is None else (batch,)
    if sizes is None:
        if rank is None:
            return None
        count = rank - len(before)
        if isinstance(value, Expression):
            return Shape((*before, *(Axis(_item_size(value, i)) for i in range(count))))
        return Shape((*before, *(Axis(unknown_size()) for _ in range(count))))
    return Shape((*before, *map(Axis, sizes)))


def _item_size(value: Expression, index: int) -> Expression:
    """Return the size ``index`` of an unknown shape: ``X.shape[1:]`` at 0 is ``X.shape[1]``."""
    source = Unknown.behind(value)
    return source.part(f"[{index}]").size() if source is not None else unknown_size()


def _said_by_array(value: object) -> dict[str, Tensor]:
    """Return the array of unknown rank whose whole shape is declared, ``input_shape=X.shape``, as keyword of
    the InputLayer's call.
    """
    said = Unknown.behind(value) if isinstance(value, Expression) else value
    if not isinstance(said, Unknown) or not said.path.endswith(".shape"):
        return {}
    array = to_tensors(said.owner("shape"))
    return {SHAPE_OF: array} if isinstance(array, Tensor) else {}


def declare(
    ev: Evaluator, layer: Layer, argument: str, shape: Shape | None, written: Shape | None, origin: Origin
) -> Tensor:
    """Return an input of a model with a shape that the author wrote: the tensor, its InputLayer and the
    declaration.
    """
    config = {"batch_shape": shape.sizes if shape is not None else None}
    input_layer = Layer("InputLayer", config, origin, None, kind="input")
    said = _said_by_array(layer.config.get(argument))
    made = Call(input_layer, (), said, origin, conditions=tuple(ev.conditions))
    made.outputs = Tensor(shape, made, origin)
    ev.record(made)
    if written is not None:
        read = ev.declared_from.get(layer, ())
        ev.graph.declarations.append(Declaration(argument, written, layer, made.outputs, origin, read))
    return made.outputs


def own_input(ev: Evaluator, layer: Layer) -> Tensor | None:
    """Return the input tensor that a layer declares for a model that it is the first layer of."""
    found = declared_input(layer)
    if found is None:
        return None
    argument, shape = found
    origin = ev.declared_at.get(layer, layer.origin)
    has_batch = argument in ("batch_shape", "batch_input_shape")
    written = shape if shape is None or has_batch else Shape(shape[1:])
    return declare(ev, layer, argument, shape, written, origin)


def make_input(site: Site, arguments: Arguments) -> Value:
    """``keras.Input(shape=…)`` in all its forms, and ``InputLayer(…)``."""
    origin = site.origin
    tensor = arguments.keywords.get("tensor")
    if isinstance(tensor, LibraryObject):
        tensor = tensor.array
    if isinstance(tensor, Tensor):
        return tensor
    argument, has_batch = "shape", False
    value: Value = arguments.get(0, "shape")
    for keyword, batched in (("batch_shape", True), ("batch_input_shape", True), ("input_shape", False)):
        if value is None and keyword in arguments.keywords:
            argument, value, has_batch = keyword, arguments.keywords[keyword], batched
    batch = as_size(arguments.keywords.get("batch_size", arguments.get(1, "batch_size")))
    written: Shape | None = None
    if value is None and not arguments.open:
        written = Shape() if "batch_size" in arguments.keywords else None
    else:
        sizes = sizes_of(_one_of(value))
        written = Shape(map(Axis, sizes)) if sizes is not None else None
    shape = written if has_batch or written is None else Shape((Axis(batch), *written))
    name = text_of(arguments.keywords.get("name"))
    shape_node = arguments.node(0, argument)
    layer = Layer(
        "InputLayer",
        {
            "batch_shape": shape.sizes if shape is not None else None,
            "dtype": text_of(arguments.keywords.get("dtype")),
        },
        origin,
        name,
        kind="input",
    )
    site.graph.layers.append(layer)
    said = {} if has_batch else _said_by_array(value)
    made = Call(layer, (), said, origin, conditions=tuple(site.evaluator.conditions))
    made.outputs = Tensor(shape, made, origin, name)
    site.evaluator.record(made)
    if written is not None:
        at, read = (site.at(shape_node).origin, sources(site.at(shape_node))) if shape_node else (origin, ())
        site.graph.declarations.append(Declaration(argument, written, layer, made.outputs, at, read))
    return made.outputs


def _one_of(value: Value) -> Value:
    """Return the one alternative that can be a shape."""
    if isinstance(value, Choice):
        possible = [a for a in value.alternatives if isinstance(a, tuple | list)]
        return possible[0] if len(possible) == 1 else Unknown()
    return value
