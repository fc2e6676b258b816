"""The functions and classes that Keras exports, by their qualified names."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import External, LayerValue, Value
from layoutlint.interpreter.keras import applications, called_losses, compiled_losses, get_config, load_model
from layoutlint.interpreter.keras.declared_inputs import make_input
from layoutlint.interpreter.keras.keras_layers import construct
from layoutlint.interpreter.keras.keras_models import functional, sequential
from layoutlint.layers.legacy import merged_layers
from layoutlint.layers.merging import FUNCTIONS
from layoutlint.model.graph import Tensor
from layoutlint.operations import lookup


def _keras_layers(site: Site, name: str, arguments: Arguments) -> Value:
    last = name.rsplit(".", 1)[-1]
    form = FUNCTIONS.get(last)
    if form is not None:
        # keras.layers.concatenate(inputs, axis) is Concatenate(axis)(inputs)
        options = {key: value for key, value in arguments.keywords.items() if key != "inputs"}
        options.update(zip(form.parameters.positional[1:], arguments.positional[1:], strict=False))
        made = construct(site, form.class_name, Arguments((), options, arguments.open))
        return site.call(made, Arguments((arguments.get(0, "inputs", Tensor(None)),)))
    if last[:1].isupper():
        made = construct(site, last, arguments)
        if last == "Merge" and isinstance(made, LayerValue):
            site.evaluator.merged[made.layer] = merged_layers(arguments.positional, arguments.keywords)
        return made
    return site.lost(f"{name} is not followed")


def _image_data_format(site: Site, arguments: Arguments) -> Value:
    return site.evaluator.data_format or site.lost("the data format is set to something unknown")


def _dim_ordering(site: Site, arguments: Arguments) -> Value:
    names = {"channels_first": "th", "channels_last": "tf", None: None}
    return names[site.evaluator.data_format] or site.lost("the data format is set to something unknown")


FORMATS = {
    "channels_first": "channels_first",
    "channels_last": "channels_last",
    "th": "channels_first",
    "tf": "channels_last",
}
"""The names of the data formats, those of Keras 1 too."""


def _set_data_format(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "data_format", arguments.keywords.get("dim_ordering"))
    meaning = FORMATS.get(value) if isinstance(value, str) else None
    site.evaluator.data_format = meaning
    formats, origin = site.graph.data_formats, site.origin
    if (None, origin) in formats:
        # what was not known before the program ran to this line
        formats.remove((None, origin))
    formats.append((meaning, origin))
    return None


def _is_keras_tensor(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "x")
    return True if isinstance(value, Tensor) else site.lost("whether it is a Keras tensor")


def _merge(site: Site, arguments: Arguments) -> Value:
    inputs = arguments.get(0, "inputs", Tensor(None))
    made = construct(
        site,
        "Merge",
        Arguments((), {k: v for k, v in arguments.keywords.items() if k != "inputs"}),
    )
    return site.call(made, Arguments((inputs,)))


def _submodules(site: Site, arguments: Arguments) -> Value:
    """``get_submodules_from_kwargs(kwargs)`` of keras_applications, for libraries that are handed a Keras."""
    return tuple(External(f"keras.{name}") for name in ("backend", "layers", "models", "utils"))


def _activation(site: Site, arguments: Arguments) -> Value:
    """``keras.activations.get("softmax")``: the function of that name, to call or to give to a layer."""
    identifier = arguments.get(0, "identifier")
    if isinstance(identifier, str) and lookup.find(named := f"keras.activations.{identifier}") is not None:
        return External(named)
    return identifier


def _epsilon(site: Site, arguments: Arguments) -> Value:
    return 1e-7


def _floatx(site: Site, arguments: Arguments) -> Value:
    return "float32"


def _input_spec(site: Site, arguments: Arguments) -> Value:
    """``InputSpec(ndim=4)`` describes the input of a layer; it is not a layer."""
    return site.lost("what a layer says of its input")


_KERAS: dict[str, Handler] = {
    "keras.activations.get": _activation,
    "keras.activations.deserialize": _activation,
    "keras.backend.epsilon": _epsilon,
    "keras.config.epsilon": _epsilon,
    "keras.backend.floatx": _floatx,
    "keras.config.floatx": _floatx,
    "keras.applications.get_submodules_from_kwargs": _submodules,
    "keras.Input": make_input,
    "keras.InputSpec": _input_spec,
    "keras.layers.InputSpec": _input_spec,
    "keras.layers.InputLayer": make_input,
    "keras.Sequential": sequential,
    "keras.Model": functional,
    "keras.layers.merge": _merge,
    "keras.backend.image_data_format": _image_data_format,
    "keras.backend.image_dim_ordering": _dim_ordering,
    "keras.config.image_data_format": _image_data_format,
    "keras.backend.set_image_data_format": _set_data_format,
    "keras.config.set_image_data_format": _set_data_format,
    "keras.backend.set_image_dim_ordering": _set_data_format,
    "keras.backend.is_keras_tensor": _is_keras_tensor,
    "keras.utils.is_keras_tensor": _is_keras_tensor,
    "keras.models.load_model": load_model.load,
    load_model.CHECKPOINT: load_model.checkpoint,
    "keras.saving.load_model": load_model.load,
    "keras.models.save_model": load_model.save_model,
    "keras.saving.save_model": load_model.save_model,
    "keras.models.clone_model": load_model.clone,
}


def _find(name: str) -> Handler | None:
    """Names that are too many to list: layers and what makes them, losses, backbones."""
    found = get_config.layer_from_config(name)
    if found is None and name.startswith("keras.layers."):
        return lambda site, arguments: _keras_layers(site, name, arguments)
    loss = compiled_losses.class_of(name) or called_losses.function_of(name)
    return found or loss or applications.handler(name)


LIBRARY = Library("keras", functions=_KERAS, kinds=called_losses.KINDS, find=_find)
