"""Rule files: what loads, what does not and where it says so; where the built-in rules are found."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.engine.rules import RuleError, builtin, catalogue, load, load_folder, parse
from layoutlint.facts import Subject
from layoutlint.model.findings import Confidence, Severity

REPOSITORY = Path(__file__).parents[2]

GOOD = """\
---
rule: too-many-steps
subject: layer
severity: warning
confidence: high
applies-to: [Conv1D, LSTM]
parameters: {most: 1000}
when: steps > most
message: "{layer} reads {steps} steps, more than {most}"
tip: "cut the signal"
fix: swap-input-axes
---
Long sequences are slow. They are.

More words.
"""


def test_a_rule_is_what_its_file_says():
    rule = parse(GOOD, "too-many-steps.md")
    (case,) = rule.cases
    facts = {"steps": 2000, "layer": "LSTM"}
    assert rule.name == "too-many-steps"
    assert rule.subject is Subject.LAYER
    assert rule.applies_to == {"Conv1D", "LSTM"}
    assert (case.severity, case.confidence, case.fix) == (
        Severity.WARNING,
        Confidence.HIGH,
        "swap-input-axes",
    )
    assert case.when.holds(facts, rule.parameters) is True
    assert case.message.fill(facts, rule.parameters) == "LSTM reads 2000 steps, more than 1000"
    assert rule.summary == "Long sequences are slow."


def test_parameters_come_from_the_configuration():
    rule = parse(GOOD, "r.md").with_parameters({"most": 5000})
    assert rule.cases[0].when.holds({"steps": 2000}, rule.parameters) is False
    with pytest.raises(ValueError, match="no parameter least; it has most"):
        rule.with_parameters({"least": 1})
    with pytest.raises(ValueError, match="most is a number, got 'x'"):
        rule.with_parameters({"most": "x"})
    with pytest.raises(ValueError, match="not a number, text, truth value or list"):
        rule.with_parameters({"most": None})


def test_cases_speak_for_themselves_and_inherit_the_rest():
    text = GOOD.replace(
        "when: steps > most\n",
        "cases:\n  - when: steps > 2 * most\n    severity: error\n"
        "  - when: steps > most\n    message: '{steps}'\n",
    )
    rule = parse(text, "r.md")
    first, second = rule.cases
    assert (first.severity, second.severity, rule.severity) == (
        Severity.ERROR,
        Severity.WARNING,
        Severity.ERROR,
    )
    assert second.message.fill({"steps": 7}, rule.parameters) == "7"
    assert first.tip is not None


MISTAKES = [
    # what is replaced, by what, the line and column of the mistake, a part of the message
    ("---\nrule", "rule", 1, 1, "begins with `---`"),
    ("---\nLong", "Long", 1, 1, "no closing `---`"),
    ("severity: warning", "severty: warning", 4, 1, "no key `severty`"),
    ("severity: warning\n", "", 1, 1, "no `severity`"),
    ("severity: warning", "severity: bad", 4, 11, "one of note, warning, error"),
    ("confidence: high", "confidence: [high]", 5, 13, "one value"),
    ("subject: layer", "subject: neuron", 3, 10, "one of layer, declaration"),
    ("rule: too-many-steps", "rule: Too_Many", 2, 7, "not a name"),
    ("when: steps > most", "when: step > most", 8, 7, "did you mean `steps`"),
    ("when: steps > most", "when: steps > most and colour == 3", 8, 24, "no fact or parameter `colour`"),
    ("when: steps > most", 'when: "steps > most and colour == 3"', 8, 25, "no fact or parameter `colour`"),
    ("when: steps > most", "when: >-\n  steps > most\n  and colour == 3", 10, 7, "colour"),
    ("when: steps > most", "when: |\n  steps > most\n  and colour == 3", 10, 7, "colour"),
    ("when: steps > most", "when: steps > most\n  and colour == 3", 9, 7, "colour"),
    ("when: steps > most", "when: steps >", 8, 13, "not an expression"),
    ("when: steps > most\n", "", 2, 1, "no `when`"),
    ("{steps} steps", "{stps} steps", 9, 25, "did you mean `steps`"),
    ("{steps} steps", "{steps:>8} steps", 9, 25, "a name in braces"),
    ("{steps} steps", "{steps steps", 9, 10, "message"),
    ("{most: 1000}", "{most: 1000, least: 2}", 7, 26, "nothing uses the parameter `least`"),
    ("{most: 1000}", "{most: 1000, steps: 2}", 7, 26, "is a fact"),
    ("{most: 1000}", "{most: {a: b}}", 7, 20, "a parameter is"),
    ("{most: 1000}", "[most]", 7, 13, "a mapping of names"),
    ("[Conv1D, LSTM]", "Conv1D", 6, 13, "a list of names"),
    ("[Conv1D, LSTM]", "[Conv1D, Conv1D]", 6, 22, "twice"),
    ("[Conv1D, LSTM]", "[Conv1D, 'a b']", 6, 22, "a list of names"),
    ("fix: swap-input-axes", "fix: Cut", 11, 6, "not a name"),
    (
        "fix: swap-input-axes",
        "fix: swap-input-axis",
        11,
        6,
        "no fix swap-input-axis; did you mean `swap-input-axes`?",
    ),
    ("fix: swap-input-axes", "rule: other", 11, 1, "appears twice"),
    ('tip: "cut the signal"', "tip: *x", 10, 6, "no anchors"),
    ('tip: "cut the signal"', "tip: &x y", 10, 6, "no anchors"),
    ('tip: "cut the signal"', "tip: !!python/object:os.system x", 10, 6, "no tags"),
    ('tip: "cut the signal"', "tip: [[[[[[[[x]]]]]]]]", 10, 11, "nested more than"),
    ('tip: "cut the signal"', "tip: [", 12, 1, "not YAML"),
    ("Long sequences are slow. They are.\n\nMore words.", "", 13, 1, "no explanation"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "message"), MISTAKES, ids=[m[4][:30] for m in MISTAKES]
)
def test_mistakes_are_located(old, new, line, column, message):
    assert old in GOOD
    with pytest.raises(RuleError) as raised:
        parse(GOOD.replace(old, new, 1), "house/r.md")
    error = raised.value
    assert message in str(error)
    assert (error.line, error.column) == (line, column), str(error)
    assert str(error).startswith(f"house/r.md:{line}:{column}: ")


def test_a_cases_mistakes_are_located():
    with pytest.raises(RuleError, match=r"^r.md:9:5: no key `wen`"):
        parse(GOOD.replace("when: steps > most", "cases:\n  - wen: steps > most"), "r.md")
    with pytest.raises(RuleError, match=r"^r.md:9:1: a rule has `when` or `cases`"):
        parse(GOOD.replace("when:", "cases: []\nwhen:"), "r.md")


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 200_000,
        "---\na: " + "[" * 5_000 + "\n---\nx",
        "---\n" + "a: &a [x]\n" * 50 + "---\nx",
        "---\n- a\n---\nx",
        "---\na\n---\nx",
        "---\n---\nx",
        "---\n\t\n---\nx",
        "---\n{a: b}: c\n---\nx",
        "---\n? [a]\n: b\n---\nx",
        "---\na: b\n...\n--- \nc: d\n---\nx",
        "\ufeff",
        "",
        "---",
        "---\x00\n",
    ],
)
def test_hostile_front_matter_is_one_clear_error(text):
    with pytest.raises(RuleError):
        parse(text, "r.md")


def test_windows_line_ends_and_a_byte_order_mark():
    assert parse("\ufeff" + GOOD.replace("\n", "\r\n"), "r.md").name == "too-many-steps"


def test_files(tmp_path):
    (tmp_path / "too-many-steps.md").write_text(GOOD)
    (tmp_path / "README.md").write_text("Our rules.")
    assert [rule.name for rule in load_folder(tmp_path)] == ["too-many-steps"]
    assert "too-many-steps" in catalogue([tmp_path])
    (tmp_path / "other.md").write_text(GOOD)
    with pytest.raises(RuleError, match=r"other\.md:2:7: the rule too-many-steps"):
        load_folder(tmp_path)
    (tmp_path / "other.md").write_bytes(b"---\nrule: \xff")
    with pytest.raises(RuleError, match=r"other\.md:2:1: not UTF-8"):
        load_folder(tmp_path)
    with pytest.raises(RuleError, match="not a readable folder"):
        load_folder(tmp_path / "nothing")
    with pytest.raises(RuleError, match="cannot be read"):
        load(tmp_path)


def test_a_house_rule_may_not_take_the_name_of_another(tmp_path):
    name = builtin()[0].name
    (tmp_path / f"{name}.md").write_text(GOOD.replace("too-many-steps", name))
    with pytest.raises(RuleError, match=f"there is a rule {name} in"):
        catalogue([tmp_path])


def test_the_rules_of_a_checkout():
    assert builtin_folder() == REPOSITORY / "rules"
    assert {path.stem for path in (REPOSITORY / "rules").glob("*.md")} == {rule.name for rule in builtin()}


def test_the_rules_of_an_installed_wheel(tmp_path):
    """The wheel is built, unpacked where no checkout is near, and asked for its rules."""
    build = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    site = tmp_path / "site"
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as wheel:
        wheel.extractall(site)
    program = textwrap.dedent("""
        import sys
        sys.path.insert(0, sys.argv[1])
        from layoutlint.engine.rule_folder import builtin_folder
        from layoutlint.engine.rules import builtin
        print(builtin_folder())
        print(*[rule.name for rule in builtin()])
    """)
    ran = subprocess.run(
        [sys.executable, "-c", program, str(site)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    folder, names = ran.stdout.splitlines()
    assert Path(folder) == (site / "layoutlint" / "rules").resolve()
    assert names.split() == [rule.name for rule in builtin()]


def test_loading_is_cheap():
    """A built-in rule takes no more than 3,000 calls of functions (counted: 1,400)."""
    count = len(builtin())
    calls = 0

    def counted(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        load_folder(builtin_folder())
    finally:
        sys.setprofile(None)
    assert calls < 3_000 * count
