"""From a saved configuration to a graph: Sequential and functional models, nested to any depth.

The order of the calls is a topological order that keeps the file's order where it can. What a file states
about shapes goes to ``Call.declared``: what Keras itself wrote beside a tensor is believed; what the next
layer was built for, and what its trained weights say, is used where inference knows nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct

from layoutlint.architecture.compiled import compilation
from layoutlint.architecture.config_values import Json, shape
from layoutlint.architecture.inbound_nodes import Node, Reference, parse, references, targets
from layoutlint.architecture.layer_config import (
    BROKEN,
    INPUT_SHAPES,
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
from layoutlint.inference import layer_call, trained_weights
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Declaration, Graph, Layer, Network, Tensor, flatten, map_nested
from layoutlint.model.keras_version import OPEN, VERSIONS, KerasVersion, Version
from layoutlint.model.origins import ModelOrigin
from layoutlint.model.sizes import Expression
from layoutlint.model.unreadable import UnreadableError, brief

MAX_REPLAY: Final = 500_000
"""How many calls inside of nested models are inferred again in one file."""

MAX_LAYERS: Final = 50_000
"""The largest model of keras.applications has 1,100 layers."""

Key = tuple[str, int]
"""One call in a functional model: the layer's name and the number of the call."""

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
    builder = _Builder(path, Graph(path, keras=keras), stored or {}, keras.number)
    with _broken_is_unreadable():
        network = builder.model(config, "", _given_shape(config))
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
    builder = _Builder(path, Graph(path, notes=list(notes), keras=keras), {}, keras.number)
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


def _given_shape(config: Mapping[str, Json]) -> Shape | None:
    """Return the input shape for which a model was built, from the serialised model around its
    configuration.
    """
    found = shape(_built_input(config))
    if found is None and isinstance(config.get("config"), dict):
        found = shape(config["config"].get("build_input_shape"))
    return found


class _Member(Struct):
    """A layer of a functional model with its calls."""

    data: Mapping[str, Json]
    nodes: list[Node]
    made: MadeLayer | None = None
    shift: int = 0
    """By how much the file counts too far: a nested model may count its own making as call number 0."""


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
            return self.model(inner, path, _given_shape(inner))

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
            declared = self._next_built(layers, index)
            taker = members[index + 1].layer if index + 1 < len(members) else None
            calls.append(self._call(made, [current], {}, {}, declared, taker=taker))
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
        several = _built_for_several(data)
        if several:
            return [self._implicit(shape, made, calls) for shape in several]
        argument, declared = _declared_input(data)
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

    @staticmethod
    def _next_built(layers: list[Mapping[str, Json]], index: int) -> Shape | None:
        """Return the shape for which the next layer was built: what comes out of this one."""
        return _built_shape(layers[index + 1]) if index + 1 < len(layers) else None

    # --- functional ---------------------------------------------------------------------------------------

    def _functional(self, config: Mapping[str, Json], prefix: str) -> tuple[Any, Any, list[Call]]:
        members = self._members(config)
        inputs, outputs = targets(config.get("input_layers")), targets(config.get("output_layers"))
        self._count_from_zero(members, [*references(inputs), *references(outputs)])
        stated, wanted = self._stated(members, [*references(inputs), *references(outputs)])
        for member in members.values():
            member.made = self._make(member.data, prefix)
        built, takers = self._built(members), self._takers(members)
        made: dict[Key, Call] = {}
        calls: list[Call] = []
        for key in self._ordered(members):
            call = self._node(members, key, made, stated, wanted, built, takers)
            made[key] = call
            calls.append(call)

        def tensor(reference: Any) -> Any:
            if not isinstance(reference, Reference):
                return Tensor(None, origin=ModelOrigin(self.path, prefix))
            return self._tensor(members, reference, made)

        return map_nested(tensor, inputs), map_nested(tensor, outputs), calls

    def _members(self, config: Mapping[str, Json]) -> dict[str, _Member]:
        found: dict[str, _Member] = {}
        layers = layer_list({"config": config})
        names = {_member_name(data) for data in layers}
        for data in layers:
            nodes = data.get("inbound_nodes") or []
            if not isinstance(nodes, list | tuple):
                raise UnreadableError("its configuration has inbound_nodes that are not a list")
            name = _member_name(data)
            if name in found:
                raise UnreadableError(f"its configuration has two layers called {name}")
            found[name] = _Member(data, [parse(node, names) for node in nodes])
        return found

    @staticmethod
    def _count_from_zero(members: Mapping[str, _Member], ends: Iterable[Reference]) -> None:
        """Find the nested models whose calls the file counts from 1.

        Every call that a file keeps is used somewhere, so a number as large as the number of calls tells.
        (Keras 3 counts from 1 in output_layers alone; _key brings both together.)
        """
        largest: dict[str, int] = {}
        for member in members.values():
            for node in member.nodes:
                if node.is_legacy:
                    for reference in node.references():
                        largest[reference.layer] = max(largest.get(reference.layer, 0), reference.node)
        legacy = any(node.is_legacy for member in members.values() for node in member.nodes)
        if legacy:
            for reference in ends:
                largest[reference.layer] = max(largest.get(reference.layer, 0), reference.node)
        for name, index in largest.items():
            nested = members.get(name)
            if nested is not None and is_architecture(nested.data) and index >= len(nested.nodes) > 0:
                nested.shift = 1

    @staticmethod
    def _key(members: Mapping[str, _Member], reference: Reference, *, end: bool = False) -> Key:
        member = members.get(reference.layer)
        if member is None:
            return reference.layer, reference.node
        index = reference.node - member.shift
        if end and not member.shift and len(member.nodes) > 0 and _counts_ends_from_one(member):
            index -= 1
        if index >= len(member.nodes) > 0:
            index = len(member.nodes) - 1
        return reference.layer, max(index, 0)

    def _stated(
        self, members: Mapping[str, _Member], ends: Iterable[Reference]
    ) -> tuple[dict[tuple[str, int, int], Shape], dict[Key, int]]:
        """Return what the file states about tensors, and how many outputs of each call it uses."""
        shapes: dict[tuple[str, int, int], Shape] = {}
        counts: dict[Key, int] = {}
        used = [
            (reference, False)
            for member in members.values()
            for node in member.nodes
            for reference in node.references()
        ]
        used += [(reference, True) for reference in ends]
        for reference, is_end in used:
            key = self._key(members, reference, end=is_end)
            counts[key] = max(counts.get(key, 1), reference.tensor + 1)
            if reference.shape is not None:
                shapes.setdefault((*key, reference.tensor), reference.shape)
        return shapes, counts

    def _ordered(self, members: Mapping[str, _Member]) -> list[Key]:
        """Return all calls, each after those whose outputs it takes; what waits in a circle comes last."""
        order = {name: index for index, name in enumerate(members)}
        waiting: dict[Key, set[Key]] = {}
        users: dict[Key, list[Key]] = {}
        for name, member in members.items():
            for index in range(max(len(member.nodes), 1 if is_input(member.data) else 0)):
                key = (name, index)
                needs = set()
                if index < len(member.nodes):
                    needs = {self._key(members, reference) for reference in member.nodes[index].references()}
                if index:
                    needs.add((name, index - 1))
                waiting[key] = needs
        for key, needs in waiting.items():
            waiting[key] = {need for need in needs if need in waiting and need != key}
            for need in waiting[key]:
                users.setdefault(need, []).append(key)
        ready = [(order[key[0]], key[1], key) for key, needs in waiting.items() if not needs]
        heapq.heapify(ready)
        found: list[Key] = []
        while ready:
            key = heapq.heappop(ready)[2]
            found.append(key)
            for user in users.get(key, ()):
                waiting[user].discard(key)
                if not waiting[user]:
                    heapq.heappush(ready, (order[user[0]], user[1], user))
        if len(found) < len(waiting):
            self.graph.notes.append("some layers depend on each other in a cycle")
            reached = set(found)
            found += [key for key in waiting if key not in reached]
        return found

    def _node(
        self,
        members: Mapping[str, _Member],
        key: Key,
        made: Mapping[Key, Call],
        stated: Mapping[tuple[str, int, int], Shape],
        wanted: Mapping[Key, int],
        built: Mapping[Key, Shape],
        takers: Mapping[Key, Layer],
    ) -> Call:
        name, index = key
        member = members[name]
        assert member.made is not None
        if is_input(member.data):
            return self._input(member.made.layer, member.data)
        node = member.nodes[index]

        def tensor(value: Any) -> Any:
            return self._tensor(members, value, made) if isinstance(value, Reference) else value

        arguments = [map_nested(tensor, argument) for argument in node.arguments]
        keywords = {keyword: map_nested(tensor, value) for keyword, value in node.keywords.items()}
        declared = {i: stated[(*key, i)] for i in range(wanted.get(key, 1)) if (*key, i) in stated}
        return self._call(
            member.made, arguments, keywords, declared, built.get(key), wanted.get(key, 1), takers.get(key)
        )

    def _built(self, members: Mapping[str, _Member]) -> dict[Key, Shape]:
        """Return, for each call, the shape for which a layer was built that takes its output first, and takes
        it alone.
        """
        found: dict[Key, Shape] = {}
        for member in members.values():
            shape_built = _built_shape(member.data)
            if shape_built is None or not member.nodes:
                continue
            used = member.nodes[0].only_input
            if used is not None:
                found.setdefault(self._key(members, used), shape_built)
        return found

    def _takers(self, members: Mapping[str, _Member]) -> dict[Key, Layer]:
        """Return, for each call, a layer that takes its first output, and takes it alone; none where no
        trained weights are stored.
        """
        found: dict[Key, Layer] = {}
        if not self.stored:
            return found
        for member in members.values():
            for node in member.nodes:
                used = node.only_input
                if used is not None and member.made is not None:
                    found.setdefault(self._key(members, used), member.made.layer)
        return found

    def _tensor(
        self, members: Mapping[str, _Member], reference: Reference, made: Mapping[Key, Call]
    ) -> Tensor:
        call = made.get(self._key(members, reference)) or made.get(self._key(members, reference, end=True))
        outputs = call.output_tensors if call is not None else []
        if reference.tensor < len(outputs):
            found = outputs[reference.tensor]
            assert isinstance(found, Tensor)
            return found
        return Tensor(reference.shape, call, ModelOrigin(self.path, reference.layer))

    # --- calls --------------------------------------------------------------------------------------------

    def _input(self, layer: Layer, data: Mapping[str, Json]) -> Call:
        argument, found = _declared_input(data)
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
        built: Shape | None = None,
        count: int = 1,
        taker: Layer | None = None,
    ) -> Call:
        """Return one use of a layer. ``stated`` are shapes of its outputs that the file gives, ``built`` the
        shape for which the next layer was built, ``count`` how many outputs are used, ``taker`` the layer
        that takes the only one.
        """
        call = self._infer(made, arguments, keywords)
        _believe(call, stated, built, count)
        if taker is not None and self.stored:
            _believe_weights(call, taker)
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


def _believe(call: Call, stated: Mapping[int, Shape], built: Shape | None, count: int) -> None:
    """Put in what the file states about the outputs of a call."""
    tensors = call.output_tensors
    if count > len(tensors) and all(tensor.shape is None for tensor in tensors):
        tensors = [Tensor(None, call, call.origin) for _ in range(count)]
        call.outputs = list(tensors)
    if not stated and built is not None and len(tensors) == 1 and tensors[0].shape is None:
        # another use of the same layer may have had another batch
        stated = {0: Shape((Axis(None), *built[1:]))} if built else {}
    if not stated:
        return
    call.declared = stated.get(0)
    replaced = {
        id(tensor): Tensor(_merged(tensor.shape, stated[index]), call, tensor.origin, tensor.name)
        for index, tensor in enumerate(tensors)
        if index in stated and (tensor.shape is None or tensor.shape.sizes != stated[index].sizes)
    }
    call.outputs = map_nested(lambda tensor: replaced.get(id(tensor), tensor), call.outputs)
    if len(stated) >= len(tensors):
        # Keras built it, so it took this input, whatever we think
        call.error = None


def _believe_weights(call: Call, taker: Layer) -> None:
    """Put in what the trained weights of the layer that takes the output of a call say of it."""
    tensors = call.output_tensors
    if len(tensors) != 1 or not isinstance(tensors[0], Tensor):
        return
    (tensor,) = tensors
    if tensor.shape is not None and tensor.shape.is_known:
        return
    found = trained_weights.input_of(taker, tensor.shape)
    if found is not None:
        call.outputs = Tensor(found, call, tensor.origin, tensor.name)


def _merged(inferred: Shape | None, stated: Shape) -> Shape:
    """Return the stated sizes, as far as they are known, on the inferred axes, which know more
    about roles.
    """
    if inferred is None or inferred.rank != stated.rank:
        return stated
    return Shape(
        axis if isinstance(other.size, Expression) else axis.sized(other.size)
        for axis, other in zip(inferred, stated, strict=True)
    )


def _tensors(inputs: Any) -> Any:
    """Return the structure of a call's inputs with leaf tensors in place of constants."""

    def leaf(value: Any) -> Tensor | None:
        if value is None or isinstance(value, Tensor):
            return value
        return Tensor(value) if isinstance(value, Shape) else Tensor(None, name=str(value)[:40])

    return map_nested(leaf, inputs)


def _member_name(data: Mapping[str, Json]) -> str:
    name = data.get("name")
    if not isinstance(name, str):
        config = data.get("config")
        name = config.get("name") if isinstance(config, dict) else None
    return name if isinstance(name, str) else class_name_of(data)


def _counts_ends_from_one(member: _Member) -> bool:
    """Tell whether output_layers counts this nested model's calls from 1: Keras 3 does for
    functional ones.
    """
    config = member.data.get("config")
    return isinstance(config, dict) and "output_layers" in config


def _declared_input(data: Mapping[str, Json]) -> tuple[str | None, Shape | None]:
    config = data.get("config")
    if isinstance(config, dict):
        for name in INPUT_SHAPES:
            if config.get(name) is not None:
                found = shape(config[name])
                if found is not None:
                    return name, found
    return None, None


def _built_input(data: Mapping[str, Json]) -> Json:
    """Return the input shape for which a layer or model was built, or a list of them, as the file has it."""
    built = data.get("build_config")
    return built.get("input_shape") if isinstance(built, dict) else None


def _of_any_batch(written: Json) -> Shape | None:
    found = shape(written)
    return Shape((Axis(None), *found[1:])) if found else None


def _built_shape(data: Mapping[str, Json]) -> Shape | None:
    return _of_any_batch(_built_input(data))


def _built_for_several(data: Mapping[str, Json]) -> list[Shape]:
    """Return the shapes for which a layer was built that takes a list; none where it takes one tensor."""
    written = _built_input(data)
    if not isinstance(written, list) or not all(isinstance(each, list) for each in written):
        return []
    found = [made for each in written if (made := _of_any_batch(each)) is not None]
    return found if len(found) == len(written) else []
