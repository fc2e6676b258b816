"""From a saved configuration to a graph: Sequential and functional models, nested to any depth.

The order of the calls is a topological order that keeps the file's order where it can. What a file states
about shapes goes to ``Call.declared``: what Keras itself wrote beside a tensor is believed; what the next
layer was built for, and what its trained weights say, is used where inference knows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct

from layoutlint.architecture.compiled import compilation
from layoutlint.architecture.config_values import Json
from layoutlint.architecture.functional import Functional, Key
from layoutlint.architecture.inbound_nodes import Reference
from layoutlint.architecture.layer_config import (
    BROKEN,
    MadeLayer,
    Stored,
    class_name_of,
    is_architecture,
    is_input,
    is_of_keras_2,
    layer_list,
    make_layer,
    nonsense,
    place_of,
)
from layoutlint.architecture.saved_operations import use_operation
from layoutlint.architecture.stated_shapes import (
    believe,
    believe_weights,
    built_for_several,
    declared_input,
    given_shape,
)
from layoutlint.inference import layer_call
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Declaration, Graph, Layer, Network, Tensor, flatten, map_nested
from layoutlint.model.keras_version import OPEN, VERSIONS, KerasVersion, Version
from layoutlint.model.origins import ModelOrigin
from layoutlint.model.unreadable import UnreadableError, brief

MAX_REPLAY: Final = 500_000
"""How many calls inside of nested models are inferred again in one file."""

MAX_LAYERS: Final = 50_000
"""The largest model of keras.applications has 1,100 layers."""

__all__ = ["Part", "is_architecture", "read", "read_parts"]


class Part(Struct, frozen=True):
    """One layer of a subclassed model, without its place in the flow: how it is called from the model down,
    what is
    saved of it, and the shape for which it was built."""

    place: str
    data: Mapping[str, Json]
    built: Shape | None = None


def read(
    config: Mapping[str, Json],
    path: str,
    stored: Stored | None = None,
    keras_version: Json = None,
    training: Json = None,
) -> Graph:
    """Return the graph of a model's configuration; ``path`` is how its file is called, ``stored`` what it
    holds.

    ``keras_version`` is the release of Keras that wrote it and ``training`` what ``compile`` was given, where
    the file says so beside the configuration.
    """
    keras = _written_by(config, keras_version)
    builder = _Builder(path, Graph(path, keras=keras, is_saved=True), stored or {}, keras.number)
    with _broken_is_unreadable():
        network = builder.model(config, "", given_shape(config))
        compiled = compilation(training or config.get("compile_config"), network)
    if compiled is not None:
        builder.graph.compilations.append(compiled)
    return builder.graph


def read_parts(
    class_name: str,
    path: str,
    given: Shape | None,
    parts: Iterable[Part],
    notes: Iterable[str],
    keras_version: Json = None,
) -> Graph:
    """Return the graph of a subclassed model: its layers, each called on what it was built for, not
    connected.

    ``given`` is the shape for which the model was built, ``notes`` say what was not read, ``keras_version``
    is the release of Keras that wrote it.
    """
    keras = _written_by({}, keras_version)
    builder = _Builder(path, Graph(path, notes=list(notes), keras=keras, is_saved=True), {}, keras.number)
    origin = ModelOrigin(path, "")
    with _broken_is_unreadable():
        calls = [call for part in parts for call in builder.part(part)]
    fed, output = Tensor(given, origin=origin), Tensor(None, origin=origin)
    builder.graph.models.append(Network(class_name, fed, output, tuple(calls), origin))
    return builder.graph


def _written_by(config: Mapping[str, Json], said: Json) -> KerasVersion:
    """Return the version of Keras that wrote a model, by what its file says or by the form of its layers."""
    release = said if said is not None else config.get("keras_version")
    text = release.decode(errors="replace") if isinstance(release, bytes) else release
    major = text.strip().split(".")[0] if isinstance(text, str) else ""
    for version in VERSIONS:
        if major == str(version):
            return KerasVersion(version, f"its file has keras_version {brief(text)}")
    if not is_architecture(config):
        return OPEN
    if is_of_keras_2(config):
        return KerasVersion(2, "its layers have batch_input_shape, as Keras 2 writes it")
    if any("build_config" in layer or "registered_name" in layer for layer in layer_list(config)):
        configs = [layer.get("config") for layer in layer_list(config)]
        if any(isinstance(own, dict) and "batch_shape" in own for own in configs):
            return KerasVersion(3, "its layers have batch_shape, as Keras 3 writes it")
    return OPEN


@contextmanager
def _broken_is_unreadable() -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise UnreadableError(" ".join(nonsense(error).split())[:300]) from error


class _Builder(Struct):
    path: str
    graph: Graph
    stored: Stored = {}
    keras: Version | None = None
    weights: dict[int, int] = {}
    """How many calls one call of a network stands for, by identity."""
    replayed: int = 0

    # --- models -------------------------------------------------------------------------------------------

    def model(self, data: Mapping[str, Json], prefix: str, given: Shape | None) -> Network:
        """Return the network of a serialised model; ``prefix`` is its path in the file, empty for the
        outermost.
        """
        config = data.get("config")
        own = config if isinstance(config, dict) else {}
        name = own.get("name") or data.get("name")
        origin = ModelOrigin(self.path, prefix)
        if "input_layers" in own or "output_layers" in own:
            inputs, outputs, calls = self._functional(own, prefix)
        else:
            inputs, outputs, calls = self._sequential(layer_list(data), prefix, given)
        network = Network(
            class_name_of(data),
            inputs,
            outputs,
            tuple(calls),
            origin,
            name if isinstance(name, str) else None,
        )
        self.weights[id(network)] = sum(self._weight(call.layer) for call in calls)
        self.graph.models.append(network)
        return network

    def _weight(self, layer: Layer) -> int:
        return 1 if layer.network is None else 1 + self.weights.get(id(layer.network), 0)

    def _make(self, data: Mapping[str, Json], prefix: str) -> MadeLayer:
        def build(inner: Mapping[str, Json], path: str) -> Network:
            return self.model(inner, path, given_shape(inner))

        if len(self.graph.layers) >= MAX_LAYERS:
            raise UnreadableError(f"its configuration has more than {MAX_LAYERS} layers: damaged or hostile")
        made = make_layer(data, self.path, prefix, build, self.stored, self.keras)
        if made.layer.kind != "operation":
            self.graph.layers.append(made.layer)
        return made

    def part(self, part: Part) -> list[Call]:
        """Return a layer of a subclassed model and, where the shape for which it was built is known, its
        call.
        """
        prefix, _, name = part.place.rpartition("/")
        if is_architecture(part.data):
            self.model(part.data, part.place, part.built)
            return []
        made = self._make({**part.data, "name": name}, prefix)
        if part.built is None:
            return []
        fed = Tensor(part.built, origin=made.layer.origin)
        return [self._call(made, [fed], {}, {})]

    # --- Sequential ---------------------------------------------------------------------------------------

    def _sequential(
        self, layers: list[Mapping[str, Json]], prefix: str, given: Shape | None
    ) -> tuple[Any, Any, list[Call]]:
        calls: list[Call] = []
        start: Any = None
        current: Any = None
        members = [self._make(data, prefix) for data in layers]
        for index, (data, made) in enumerate(zip(layers, members, strict=True)):
            if is_input(data):
                calls.append(self._input(made.layer, data))
                current = calls[-1].outputs
                start = start or current
                continue
            if current is None:
                merged = self._branches(data, calls, prefix)
                if merged is not None:
                    start, current = merged
                else:
                    start = current = self._first(data, made, given, calls, prefix)
            taker = members[index + 1].layer if index + 1 < len(members) else None
            calls.append(self._call(made, [current], {}, {}, layers[index + 1 : index + 2], taker=taker))
            current = calls[-1].outputs
        return start if start is not None else [], current if current is not None else [], calls

    def _branches(
        self, data: Mapping[str, Json], calls: list[Call], prefix: str
    ) -> tuple[list[Tensor], list[Any]] | None:
        """Return the inputs and the outputs of the models that a Sequential begins with: those that the
        ``Merge`` of Keras 1 merges; None where it begins with another layer.
        """
        config = data.get("config")
        branches = config.get("layers") if isinstance(config, dict) else None
        if class_name_of(data) != "Merge" or not isinstance(branches, list) or not branches:
            return None
        if not all(isinstance(branch, dict) and is_architecture(branch) for branch in branches):
            return None
        place = place_of(data, prefix)
        starts: list[Tensor] = []
        outputs: list[Any] = []
        for branch in branches:
            made = self._make(branch, place)
            network = made.layer.network
            assert network is not None
            starts += network.input_tensors
            call = self._call(made, [network.inputs], {}, {})
            calls.append(call)
            outputs.append(call.outputs)
        return starts, outputs

    def _first(
        self,
        data: Mapping[str, Json],
        made: MadeLayer,
        given: Shape | None,
        calls: list[Call],
        prefix: str,
    ) -> Any:
        """Return what a Sequential model without an InputLayer is fed, one tensor or several: as its first
        layer says, or as it was built.
        """
        several = built_for_several(data)
        if several:
            return [self._implicit(shape, made, calls) for shape in several]
        argument, declared = declared_input(data)
        if declared is None and made.layer.network is not None:
            shapes = [tensor.shape for tensor in flatten(made.layer.network.inputs)]
            declared = shapes[0] if len(shapes) == 1 else None
        found = declared or given
        if found is None:
            return Tensor(None, origin=ModelOrigin(self.path, prefix))
        tensor = self._implicit(found, made, calls)
        if argument is not None:
            self._declare(argument, found, made.layer, calls[-1])
        return tensor

    def _implicit(self, found: Shape, made: MadeLayer, calls: list[Call]) -> Tensor:
        layer = Layer("InputLayer", {"batch_shape": found.sizes}, made.layer.origin, kind="input")
        call = self._fed(layer, found)
        calls.append(call)
        tensor = call.outputs
        assert isinstance(tensor, Tensor)
        return tensor

    # --- functional ---------------------------------------------------------------------------------------

    def _functional(self, config: Mapping[str, Json], prefix: str) -> tuple[Any, Any, list[Call]]:
        functional = Functional.of(config)
        for member in functional.members.values():
            member.made = self._make(member.data, prefix)
        stated, counts = functional.stated()
        followers = functional.followers()
        takers = functional.takers() if self.stored else {}
        keys, is_ordered = functional.ordered()
        if not is_ordered:
            self.graph.notes.append("some layers depend on each other in a cycle")
        made: dict[Key, Call] = {}

        def tensor(value: Any) -> Any:
            return self._tensor(functional, value, made) if isinstance(value, Reference) else value

        def end(value: Any) -> Tensor:
            if isinstance(value, Reference):
                return self._tensor(functional, value, made)
            return Tensor(None, origin=ModelOrigin(self.path, prefix))

        for key in keys:
            member = functional.members[key[0]]
            assert member.made is not None
            if is_input(member.data):
                made[key] = self._input(member.made.layer, member.data)
                continue
            node = member.nodes[key[1]]
            made[key] = self._call(
                member.made,
                [map_nested(tensor, argument) for argument in node.arguments],
                {keyword: map_nested(tensor, value) for keyword, value in node.keywords.items()},
                stated.get(key, {}),
                followers.get(key, ()),
                counts.get(key, 1),
                takers.get(key),
            )
        return (
            map_nested(end, functional.inputs),
            map_nested(end, functional.outputs),
            list(made.values()),
        )

    def _tensor(self, functional: Functional, reference: Reference, made: Mapping[Key, Call]) -> Tensor:
        call = made.get(functional.key(reference)) or made.get(functional.key(reference, end=True))
        outputs = call.output_tensors if call is not None else []
        if reference.tensor < len(outputs):
            found = outputs[reference.tensor]
            assert isinstance(found, Tensor)
            return found
        return Tensor(reference.shape, call, ModelOrigin(self.path, reference.layer))

    # --- calls --------------------------------------------------------------------------------------------

    def _input(self, layer: Layer, data: Mapping[str, Json]) -> Call:
        argument, found = declared_input(data)
        call = self._fed(layer, found)
        if argument is not None and found is not None:
            self._declare(argument, found, layer, call)
        return call

    def _fed(self, layer: Layer, found: Shape | None) -> Call:
        call = Call(layer, (), {}, layer.origin, declared=found)
        call.outputs = Tensor(found, call, layer.origin, layer.name)
        if found is None:
            call.reason = "the file does not say the shape of this input"
        self.graph.calls.append(call)
        return call

    def _declare(self, argument: str, found: Shape, layer: Layer, call: Call) -> None:
        tensor = call.outputs
        assert isinstance(tensor, Tensor)
        self.graph.declarations.append(Declaration(argument, found, layer, tensor, layer.origin))

    def _call(
        self,
        made: MadeLayer,
        arguments: list[Any],
        keywords: Mapping[str, Any],
        stated: Mapping[int, Shape],
        followers: Iterable[Mapping[str, Json]] = (),
        count: int = 1,
        taker: Layer | None = None,
    ) -> Call:
        """Return one use of a layer. ``stated`` are shapes of its outputs that the file gives, ``followers``
        the layers that take the only one, as they are saved, ``count`` how many outputs are used, ``taker`` a
        layer that takes the only one.
        """
        call = self._infer(made, arguments, keywords)
        believe(call, stated, followers, count)
        if taker is not None and self.stored:
            believe_weights(call, taker)
        if call.layer.kind == "operation":
            self.graph.layers.append(call.layer)
        self.graph.calls.append(call)
        return call

    def _infer(self, made: MadeLayer, arguments: list[Any], keywords: Mapping[str, Any]) -> Call:
        layer = made.layer
        inputs: Any = arguments[0] if len(arguments) == 1 else arguments
        reason = made.reason
        if layer.network is not None:
            self.replayed += self._weight(layer)
            if self.replayed > MAX_REPLAY:
                reason = "models are nested too deeply"
        if reason is None:
            try:
                if layer.kind == "operation":
                    return use_operation(layer, arguments, keywords)
                return layer_call.call(layer, _tensors(inputs), layer.origin, keywords)
            except (ShapeError, UndeterminedError) as error:
                reason = str(error)
            except BROKEN as error:
                reason = nonsense(error)
        call = Call(layer, _tensors(inputs), keywords, layer.origin, reason=reason)
        call.outputs = Tensor(None, call, layer.origin)
        return call


def _tensors(inputs: Any) -> Any:
    """Return the structure of a call's inputs with leaf tensors in place of constants."""

    def leaf(value: Any) -> Tensor | None:
        if value is None or isinstance(value, Tensor):
            return value
        return Tensor(value) if isinstance(value, Shape) else Tensor(None, name=str(value)[:40])

    return map_nested(leaf, inputs)
