"""Findings and the report that bears them: what is said to people and machines."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from layoutlint.model.keras_version import KerasVersion, Version
from layoutlint.model.origins import Location

Status: TypeAlias = Literal["checked", "skipped", "error"]


class _Grade(IntEnum):
    """Ordered words; ``str()`` is the word."""

    def __str__(self) -> str:
        return self.name.lower()


class Severity(_Grade):
    """How bad it is if the finding is right."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


class Confidence(_Grade):
    """How sure it is that the finding is right."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


RAISES = " raises: "
"""What stands between the name of a library and its error message in the words of a witness."""
SPEAKERS = ("Keras", "TensorFlow", "numpy")
"""Whose error messages a witness may quote: ``numpy raises: could not broadcast …``."""


class Witness(Struct, frozen=True):
    """A piece of evidence at a concrete place: a related span with what it says."""

    message: str
    location: Location

    @property
    def quoted(self) -> str | None:
        """Return a library's own words, if that is what it says."""
        return None if self.speaker is None else self.message.removeprefix(f"{self.speaker}{RAISES}")

    @property
    def speaker(self) -> str | None:
        """Return the library whose error message it quotes."""
        speaker, raises, _ = self.message.partition(RAISES)
        return speaker if raises and speaker in SPEAKERS else None


Sizes: TypeAlias = tuple[int | str | None, ...]
"""A shape as plain data: a number, None (free), or the text of a size that only the program knows."""


class ReadAxis(Struct, frozen=True):
    """An axis as a layer reads it: the role that the layer gives it, and its size."""

    role: str
    size: int | str | None


class Passage(Struct, frozen=True):
    """A call that data passes: its class or operation, where it stands, the sizes before and after it."""

    name: str
    location: Location
    before: Sizes | None = None
    after: Sizes | None = None


ANSWERING: Final = {
    "Dense": "units",
    **dict.fromkeys(
        [f"{name}{rank}D" for rank in (1, 2, 3) for name in ("Conv", "Convolution")]
        + [f"Conv{rank}DTranspose" for rank in (1, 2, 3)],
        "filters",
    ),
}
"""The layers that compute what a model outputs, and the argument that says how many values each gives."""


class Repair(Struct, frozen=True):
    """What a fix needs to know besides the finding's place; ``before`` and ``after`` have the batch first.

    ``layer`` is the constructor of the innermost layer with what it reads, ``declared`` the written shape of
    its input with the ``argument`` and the sizes, ``way`` what the data passes before the layer (nearest
    first), ``shaping`` the nearest layer before it that makes a shape of its own, ``arrays`` the operations
    on arrays that give samples of the declared shape, ``data_format`` that of an earlier layer, ``missing``
    how many axes, or rows of its table, the layer lacks, ``axis`` that of the channels, ``loss`` the place of
    the loss, by the name of Keras's function.

    ``head`` is the first of the last Dense layers, with what it reads; ``sizes`` are the numbers that the
    finding is about, by name: those that arguments of ``layer`` must have (``units``), or of samples;
    ``fed`` is what the program gives a model for one sample, ``remedy`` the code that makes it fit, with
    ``{x}`` for the array; ``others`` are the places of what belongs to the data: their targets. ``labels`` is
    how targets say a class, ``suited`` the class of ``layer`` for the axes that it gets.
    """

    layer: Passage | None = None
    declared: Passage | None = None
    argument: str | None = None
    way: tuple[Passage, ...] = ()
    shaping: Passage | None = None
    arrays: tuple[Passage, ...] = ()
    data_format: str | None = None
    missing: int | None = None
    axis: int | None = None
    loss: Passage | None = None
    head: Passage | None = None
    sizes: tuple[tuple[str, int], ...] = ()
    fed: Sizes | None = None
    remedy: str | None = None
    others: tuple[Location, ...] = ()
    labels: Literal["one-hot", "numbers"] | None = None
    suited: str | None = None


class VersionBound(Struct, frozen=True):
    """That a finding holds for some ``versions`` of Keras alone, and why it is made of this input.

    Where it is not known for which version the input is, ``known`` is false, and the finding is a note.
    """

    versions: tuple[Version, ...]
    reason: str
    known: bool = True


class Finding(Struct, frozen=True):
    """A rule that holds at a place.

    ``interpretation`` is how the layer reads its input (``Conv1D: (batch, steps=1, input_dim=8000)``) and
    ``axes`` the same axis by axis,
    ``tip`` the way out, ``conditions`` the unknown conditions of the source under which it happens,
    ``fix`` the name of a fix and ``repair`` what the fix needs to know, ``layers`` the names that the author
    gave to the layers it is about, ``keras`` the versions of Keras for which alone it holds (None: for all).
    """

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    location: Location
    evidence: tuple[Witness, ...] = ()
    interpretation: str | None = None
    tip: str | None = None
    conditions: tuple[str, ...] = ()
    fix: str | None = None
    repair: Repair | None = None
    layers: tuple[str, ...] = ()
    keras: VersionBound | None = None
    axes: tuple[ReadAxis, ...] = ()
    focus: tuple[Location, ...] = ()
    """The few words that it is about, in the span of ``location``: a layer's name, an argument."""


class TextEdit(Struct, frozen=True):
    """A span of the source and the text that replaces it."""

    location: Location
    text: str


class Proposal(Struct, frozen=True):
    """What a finding's fix would change in its file, or the reason why it cannot be made.

    ``safe`` is true only where no program changes what it computes; ``note`` is what the author must see to.
    """

    edits: tuple[TextEdit, ...] = ()
    safe: bool = False
    note: str | None = None
    reason: str | None = None


class Coverage(Struct, frozen=True):
    """What became of one input.

    ``kind`` is what the content was recognised as (``source``, ``notebook``, ``keras``, ``hdf5``,
    ``saved-model``, ``memory``, ``unknown``). ``known``, ``partial`` and ``unknown`` count layers by
    their output shapes: every size a number or free; the rank known; nothing known.
    """

    path: str
    kind: str
    status: Status
    reason: str | None = None
    models: int = 0
    layers: int = 0
    known: int = 0
    partial: int = 0
    unknown: int = 0
    unread: tuple[str, ...] = ()
    """The places of a checked source that could not be parsed, and why."""
    keras: KerasVersion | None = None
    """The version of Keras that it is for, of an input that was checked."""

    @property
    def failures(self) -> tuple[str, ...]:
        """Return why it, or a place in it, could not be read; nothing where all of it was."""
        whole = (self.reason or "cannot be read",) if self.status == "error" else ()
        return (*whole, *self.unread)


class Report(Struct):
    """Everything one run has to say; ``ignored`` counts the findings that the author has silenced,
    ``baselined`` those that a baseline knows, ``unchanged`` those outside of the changed lines.
    """

    findings: list[Finding] = []
    inputs: list[Coverage] = []
    ignored: int = 0
    baselined: int = 0
    unchanged: int = 0
    severe: set[tuple[str, Location]] = set()
    """The findings, by rule and place, that are as severe as ``fail-on`` asks."""
    allows_empty: bool = False
    """Whether it is fine that there was nothing to check."""

    @property
    def exit_code(self) -> int:
        """Return what the command line exits with: 0 clean, 1 findings, 2 an input that could not be read
        (what was not read may hide more), 3 nothing to check.
        """
        if any(coverage.failures for coverage in self.inputs):
            return 2
        if any(map(self.is_severe, self.findings)):
            return 1
        is_checked = any(coverage.status == "checked" for coverage in self.inputs)
        return 0 if is_checked or self.allows_empty else 3

    def is_severe(self, finding: Finding) -> bool:
        """Tell whether a finding is as severe as ``fail-on`` asks."""
        return (finding.rule, finding.location) in self.severe

    @property
    def ok(self) -> bool:
        """Whether everything could be read, something was checked, and no finding is severe."""
        return self.exit_code == 0

    def __repr__(self) -> str:
        count = dict.fromkeys(("checked", "skipped", "error"), 0)
        for coverage in self.inputs:
            count[coverage.status] += 1
        inputs = ", ".join(f"{number} {status}" for status, number in count.items() if number)
        findings = "1 finding" if len(self.findings) == 1 else f"{len(self.findings)} findings"
        return f"<Report: {findings}, inputs: {inputs or 'none'}>"
