"""How much is found, and how much of what is found is true: ``python -m tests.mistakes.report``.

Recall is counted on the labelled programs of this folder, per kind and per rule: a mistake counts as found
where the default run reports it by the right rule on the right line. Precision is counted on findings in
public code that were judged one by one (``judged.yaml``). Writes ``docs/research/evidence.md``;
with ``--show`` prints it only.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from tests.mistakes.runner import RULES, Program, found, programs

JUDGED = Path(__file__).parent / "judged.yaml"
TARGET = Path(__file__).parents[2] / "docs" / "research" / "evidence.md"

Verdict = Literal["true", "false", "arguable"]
NOTHING = "\N{EN DASH}"
VERDICTS: tuple[Verdict, ...] = ("true", "arguable", "false")


@dataclass(frozen=True)
class Judgement:
    """A finding in public code that was looked at; a false one that is no longer made is ``mended``."""

    code: str
    file: str
    line: int
    rule: str
    verdict: Verdict
    why: str
    mended: bool = False


@dataclass
class Count:
    """Labelled mistakes: how many there are, how many are found, and what else is reported."""

    labelled: int = 0
    found: int = 0
    surplus: int = 0

    @property
    def recall(self) -> str:
        """In percent."""
        return f"{100 * self.found / self.labelled:.0f} %" if self.labelled else NOTHING


def judgements() -> list[Judgement]:
    """The judged findings; TypeError for an entry that lacks something."""
    return [Judgement(**entry) for entry in yaml.safe_load(JUDGED.read_text(encoding="utf-8"))]


def counted(all_programs: Iterable[Program]) -> tuple[dict[str, Count], dict[str, Count], list[str]]:
    """The counts per kind and per rule, and the lines of the list of what is missed."""
    kinds: dict[str, Count] = {}
    rules: dict[str, Count] = {}
    missed: list[str] = []
    for program in all_programs:
        reported, labelled = found(program), program.expected | program.missed.keys()
        for rule, line in sorted(labelled):
            is_found = (rule, line) in reported
            for count in (kinds.setdefault(program.kind, Count()), rules.setdefault(rule, Count())):
                count.labelled += 1
                count.found += is_found
            if not is_found:
                missed.append(f"| {program.name} | {rule} | {program.missed.get((rule, line), '')} |")
        for rule, _ in reported - labelled:
            kinds.setdefault(program.kind, Count()).surplus += 1
            rules.setdefault(rule, Count()).surplus += 1
    return kinds, rules, missed


def document() -> str:
    """The whole page, in Markdown."""
    all_programs = programs()
    kinds, rules, missed = counted(all_programs)
    judged = judgements()
    total = Count(*(sum(getattr(c, n) for c in kinds.values()) for n in ("labelled", "found", "surplus")))
    crash = sum(program.keras == "crash" for program in all_programs)
    verdicts = Counter((entry.rule, entry.verdict) for entry in judged if not entry.mended)
    programs_of = Counter(program.kind for program in all_programs)
    names = [rule.name for rule in RULES]
    return "\n".join(
        [
            INTRODUCTION.format(programs=len(all_programs), crash=crash, silent=len(all_programs) - crash),
            *_table(
                ("kind", "programs", "mistakes", "found", "recall", "reported besides"),
                [
                    (k, programs_of[k], c.labelled, c.found, c.recall, c.surplus)
                    for k, c in sorted(kinds.items())
                ]
                + [("all", len(all_programs), total.labelled, total.found, total.recall, total.surplus)],
            ),
            MISSED,
            "| program | rule | why |",
            "|---|---|---|",
            *missed,
            REPORTED,
            PER_RULE,
            *_table(
                ("rule", "labelled", "found", "recall", "true", "arguable", "false", "precision"),
                [_row(name, rules.get(name, Count()), verdicts) for name in sorted({*names, *rules})],
            ),
            JUDGEMENTS.format(count=len(judged), mended=sum(entry.mended for entry in judged)),
            *_table(
                ("code", "place", "rule", "verdict", "why"),
                [
                    (e.code, f"{e.file}:{e.line}", e.rule, "false, mended" if e.mended else e.verdict, e.why)
                    for e in judged
                ],
            ),
            "",
        ]
    )


def _row(name: str, count: Count, verdicts: Counter[tuple[str, Verdict]]) -> tuple[object, ...]:
    true, arguable, false = (verdicts[name, verdict] for verdict in VERDICTS)
    judged = true + arguable + false
    precision = f"{100 * (true + arguable) / judged:.0f} % of {judged}" if judged else NOTHING
    return (name, count.labelled, count.found, count.recall, true, arguable, false, precision)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    first = "".join("---|" if index == 0 or name in TEXTS else "---:|" for index, name in enumerate(head))
    return [f"| {' | '.join(head)} |", f"|{first}", *(f"| {' | '.join(map(str, row))} |" for row in rows)]


TEXTS = frozenset(["place", "rule", "verdict", "why"])

INTRODUCTION = """# What is found, and how much of it is true

Made by `python -m tests.mistakes.report`.

## The labelled programs

{programs} programs with mistakes in them ([tests/mistakes](../../tests/mistakes)), written for this purpose
in the styles of real people: scripts, cells of notebooks, functions with parameters, classes, configurations.
Each is run under Keras 3: {crash} stop with an error, {silent} run through and compute something else than
was meant. A mistake counts as found where the default run reports it by the right rule on the right line;
what is reported besides counts against the rule.

Most programs were written along with a rule, or were worked on once they were missed, so the recall below
says that nothing that is known gets lost, and not what to expect of a program that nobody here has seen.
For that there are two figures. 66 of the programs (sizes, sequences, axes, images, of 20 to 60 lines) were
written before anybody looked at what is found in them. Of their 73 mistakes 50 were found at first sight by
the rule that had been expected (68 %), and 56 on the right line by some rule (77 %). After the mends that
followed, which are general ones but were made with these programs at hand, 22 more were written in the same
way, over all kinds, feeding included: of their 25 mistakes 23 were found at first sight by the expected rule
(92 %), with nothing reported besides. Faulty programs that others wrote are in [faults.md](faults.md).

### Fresh programs, by kind of mistake

71 more pairs, a faulty program and its correct twin of 20 to 50 lines, were written by kind without a look at
how the rules work, in other clothes than what is labelled: files of known and unknown sizes, classes,
configurations, generators, `tf.data`, training loops of one's own. Run once, before anything was changed for
them. *Found* is the right cause at the default confidence, on the line of the mistake or of the layer that
reads it; what is not found was not found at low confidence either. Of the mistakes that run silently 37 of 51
were found, of those that crash 15 of 20.

| kind of mistake | pairs | found at first sight | alarms on the correct twins |
|---|---:|---:|---:|
| roles of axes, from the data to the layer | 5 | 4 | 0 |
| one idea in another spelling | 5 | 3 | 0 |
| mirrors: the axes the other way round | 5 | 2 | 0 |
| height and width | 5 | 4 | 0 |
| rearranged in memory order | 5 | 4 | 0 |
| arithmetic of samples with samples | 5 | 4 | 0 |
| values that decide shapes | 5 | 4 | 0 |
| from one stage to the next | 5 | 4 | 0 |
| structure of inputs, targets and losses | 5 | 4 | 0 |
| samples in a shape | 5 | 2 | 0 |
| variants of twelve reported mistakes | 21 | 17 | 0 |
| all | 71 | 52 (73 %) | 0 |

Two more sets of 50 pairs each came later, over the first five kinds and the reported mistakes alone, the
second by somebody who tried to write as differently as people do: packages of several files, settings in
YAML, classes of settings, arguments, loaders in the manner of PyTorch, readers of recordings, scans,
rasters and chromatograms. Each was run once before anything was changed for it:

| kind of mistake | second set | third set |
|---|---:|---:|
| roles of axes, from the data to the layer | 3 of 8 | 6 of 9 |
| one idea in another spelling | 7 of 8 | 6 of 8 |
| mirrors: the axes the other way round | 4 of 8 | 4 of 9 |
| height and width | 8 of 8 | 3 of 8 |
| rearranged in memory order | 6 of 8 | 1 of 8 |
| variants of twelve reported mistakes | 5 of 10 | 6 of 8 |
| all | 33 of 50 (66 %) | 26 of 50 (52 %) |
| alarms on the correct twins | 0 of 50 | 0 of 50 |

Those pairs ask for what the rules are about. One more set asks what people get wrong, whether or not a tool
could see it: 50 pairs of 40 to 120 lines, many of two to four files, for the kinds of the second half of
the table and for programs with options. Keras runs 35 of the faulty programs to their end. Run once, before
anything was changed for them, 10 of those 35 were found, and 7 of the 15 that stop:

| kind of mistake | pairs | found at first sight | alarms on the correct twins |
|---|---:|---:|---:|
| arithmetic of samples with samples | 9 | 5 | 0 |
| values that decide shapes | 9 | 1 | 0 |
| from one stage to the next | 10 | 2 | 0 |
| structure of inputs, targets and losses | 8 | 1 | 0 |
| samples in a shape | 7 | 1 | 0 |
| options, tables of models, configurations | 7 | 7 | 0 |
| all | 50 | 17 (34 %) | 0 |

Most of what was missed is in kinds that no rule knew: results that are unpacked in another order, class
weights by names, a decoder that reads its own target, predictions that are never scaled back, columns in
another order in the program that serves the model.
"""

REPORTED = """
## Mistakes that people reported

A harder test: mistakes from public issues, pull requests and questions, each rebuilt in our own words as
a faulty and a correct program before anybody looked at what is found in it. Keras runs both: *silent*
ones run through. Default run, no configuration, each round checked once, before anything was changed for
it:

| round | programs | silent, found | crash, found | alarms on the correct programs |
|---|---:|---:|---:|---:|
| 1 | 36 | 10 of 27 | 7 of 9 | 0 of 36 |
| 2 | 25 | 11 of 18 | 4 of 7 | 0 of 25 |
| 3 | 27 | 6 of 20 | 6 of 7 | 1 of 27 |
| 4 | 15 | 6 of 15 | 0 of 0 | 0 of 15 |
| 5 | 26 | 15 of 26 | 0 of 0 | 0 of 26 |
| 6 | 30 | 11 of 30 | 0 of 0 | 0 of 30 |
| 7 | 32 | 18 of 30 | 0 of 0 | 2 of 32 |
| 8 | 34 | 16 of 34 | 0 of 0 | 1 of 34 |
| 9 | 48 | 21 of 42 | 5 of 6 | 1 of 48 |

Of the 27 silent ones of the first round 5 can hardly be decided without running the program; of the other 22,
10 were found (45 %). Between the rounds the causes of what was missed were worked on; among them was the
comparison of images at training and at prediction, of which 5 of the 25 programs of the second round are
cases. In the second round 61 % of the silent ones were found, 12 of the 15 findings on the line at fault. Of
the 20 silent ones of the third round one can hardly be decided; 30 % were found, all 12 findings of that
round on the line at fault, and one correct program drew an alarm. Its reports are of more kinds than those
before: attention by hand, values that a model is fed, what is read out of a prediction. The fourth round, of
silent ones alone, came after those causes were worked on: 6 of 15, two of which can hardly be decided. It is
less blind than the others: nine of its reports had been collected before those causes were worked on, and a
rule got an exception while one of them was read. The fifth round, of silent ones alone, 18 from issues and
pull requests and 8 from questions in forums that no other round used, was written and checked at one go: 15
of 26 (58 %), all 15 on the line at fault. The sixth, 30 silent ones out of issues and pull requests, has more
of training steps, losses and attention that are written by hand: 11 of 30 (37 %), all 11 on the line at
fault, and low confidence adds none; three can hardly be decided, or make no difference to what is computed.
The seventh was collected for the kinds that people ask about most: windows of series, reshapes, losses that
broadcast, the order of generators, sizes and colours of images, a softmax or an argmax along the wrong axis;
28 from issues and pull requests, 4 from forums. Of its 32 programs two turned out to be no mistakes: today's
Keras makes the shapes agree inside of its losses too. Of the other 30, 18 were found (60 %), all on the line
at fault; low confidence has three more, two of them with images that are square, where nothing changes. The
two findings on correct programs are true ones of a mistake that both twins had: weights of ImageNet behind a
division by 255. The eighth took the reports as they came, of what people do wrong most: windows, attention,
scaling, colours, shuffling, padding, the last layer against the loss; 32 from issues and pull requests, 2
from forums. Of its 34 silent programs 16 were found (47 %), all on the line at fault, and low confidence
adds one; three can hardly be decided or are a matter of taste. Most of the missed ones are about the order
of the samples and about padding. The one finding on a correct program is true, of a second mistake that
both twins had. The ninth, 45 from issues and pull requests and 3 from forums, keeps the structure of what
was reported, classes, helpers and loaders included: of its 42 silent programs 21 were found (50 %), all on
the line at fault, low confidence adds one, and two can hardly be decided. The finding on a correct program
was a false one, of samples counted by an array that a transpose had turned; it is mended. The nine rounds
together, 114 of 242 (47 %), are the best guess of what is found of the silent mistakes that people report.
Most of what was missed has been found since, of the fifth round 10 of 11, of the sixth 11 of 19, of the
seventh 9 of 12, of the eighth 8 of 18, of the ninth 5 of 21 so far, which says little about the next 25. The
programs of rounds 3 to 8 are among the labelled ones, marked with their round; those that need weights of
ImageNet are examples of rules instead, and a few that read other files are left out.

### Whole repositories, as they stood before a mistake was mended

The programs above are rebuilt, small and clean. Real ones span files, read their data from disks, are
written for Keras 0.3 to 3, and hold syntax errors. So the histories of some 600 public repositories of
Keras programs were searched by script for small commits about layout, shape, activation, loss or scale. 54
that mend a mistake were picked by eye, and the repositories checked out as they were before; the files,
lines and causes were written down before the tool saw any. Two turned out to be right before the commit and
wrong after it (`from_logits=True` beside a softmax, a sigmoid beside `from_logits=True`); nothing was
reported of those lines. Of the other 52, 7 cannot be decided without the data, or without a model that
another program saved.

| | programs | can be decided | found | at low confidence |
|---|---:|---:|---:|---:|
| silent | 30 | 26 | 7 (27 %) | 0 |
| crash | 22 | 19 | 6 (32 %) | 1 |

That is less than of rebuilt programs (47 % of the silent ones), and a better guess of what is found in a
repository. Of the 32 that were missed, or found at low confidence, there was no judgement for 10, among them
a tanh or a relu before a crossentropy; 11 are in functions that are given something of unknown shape, as the
losses of programs that train with generators are; 3 are lists or single labels out of a generator; 2 stand
in files that do not parse or build no layer and are not read; 6 have causes of their own. Of the 50 other
findings of the default run in these checkouts 33 are true, 11 arguable and 6 false, of four causes. Six of
the silent ones are found since.

A second search, through the histories of 61 repositories, gave 54 checkouts with a mistake that was mended, or,
three of them, reported and not confirmed; it was run with the code of a later day. Of 36 silent ones that
can be decided **16 were found (44 %)** and two more at low confidence, of 10 crashing ones 5; of 157 other
findings three places were false and five arguable. After the causes were worked on, 21 of the 36 are found, but of 13
further silent ones, run once, **3**, as many as before that work: what is mended at a few programs is not yet
what the next ones need. The three searches together: 26 of 75 silent ones (35 %). What is missed most: values
that pass through files (features that are flattened in one order and read back in another), helper files
without Keras that nothing imports, and what differs between classes of a program, colours or scales at
training and at prediction.
"""

MISSED = """
What is missed:
"""

PER_RULE = """
## Rule by rule

*Labelled* and *found* are counted on the labelled programs; *true*, *arguable* and *false* are findings of
the default run in public code, judged one by one (the list is below). Precision counts the arguable ones as
right: the finding says what is so, and its author may have meant it.
"""

JUDGEMENTS = """
## The judged findings

{count} findings of the default run in the public code of [real-code.md](real-code.md) and
[faults.md](faults.md), {mended} of them false ones that are no longer made. "True" is what Keras 3 refuses
or what computes something else than the program says it does; "arguable" is right by the letter, and
possibly meant.
"""


def main(arguments: Sequence[str]) -> None:
    """Write the page, or show it."""
    text = document()
    if "--show" in arguments:
        print(text)
    else:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
