"""``layoutlint report``: the page over files of results."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from layoutlint.fleet.result_rows import ResultFinding, ResultRow, encoded
from layoutlint.fleet.totals import EXAMPLES, REASONS, Totals, place_of
from tests.fleet.fleets import archive, models

EVIL = "<script>alert(1)</script>\"'&\x1b[31m"


class Page(HTMLParser):
    """The tags and the text of a page."""

    VOID = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def written(run, *rows: ResultRow) -> Page:
    run.write("r.jsonl", b"".join(map(encoded, rows)))
    assert run("report", "r.jsonl", "--html", "r.html").code == 0
    page = Page((run.folder / "r.html").read_text("utf-8"))
    assert page.open == []
    return page


def test_names_of_others_are_text(run):
    finding = ResultFinding(EVIL, "error", "high", EVIL, layer=EVIL)
    page = written(
        run,
        ResultRow(EVIL, "keras", "checked", findings=(finding,), layoutlint=EVIL, seconds=1.0),
        ResultRow(EVIL, EVIL, "checked"),
        ResultRow(EVIL, "unknown", "error", EVIL),
    )
    assert not {"script", "img", "iframe", "link"} & set(page.tags)
    assert "<script>alert(1)</script>" in page.text
    assert "\x1b" not in page.text


def test_the_page_of_a_scan(run):
    models(run.folder / "zoo", 60)
    said = run("scan", "zoo", "--results", "r.jsonl").out
    assert run("report", "r.jsonl", "--html", "r.html").code == 0
    page = Page((run.folder / "r.html").read_text("utf-8"))
    assert "11 findings in 11 inputs" in page.text
    assert "11 findings in 11 inputs" in said
    assert "zoo/000/model_00005.keras:c" in page.text
    assert "Conv1D has a single step" in page.text
    (worst,) = {json.loads(line)["reason"] for line in (run.folder / "r.jsonl").open() if '"error"' in line}
    assert worst in page.text


def test_the_text_is_that_of_the_scan(run):
    models(run.folder / "zoo", 30)
    said = run("scan", "zoo", "--results", "r.jsonl").out
    assert run("report", "r.jsonl").out == said


def test_shards_are_summed_up(run):
    models(run.folder / "zoo", 30)
    for part in (1, 2):
        run("scan", "zoo", "--shard", f"{part}/2", "--results", f"{part}.jsonl")
    # of the inputs that cannot be read, and of the slowest, the examples are others
    whole, summed_up = (
        said.partition("unreadable 3:")[0]
        for said in (run("scan", "zoo").out, run("report", "1.jsonl", "2.jsonl").out)
    )
    assert "checked 27 of 30 inputs" in whole
    assert summed_up == whole


def test_parquet(run):
    pytest.importorskip("pyarrow")
    archive(run.folder / "a.keras", 5)
    said = run("scan", "a.keras", "--results", "r.parquet").out
    assert run("report", "r.parquet").out == said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.jsonl", "{}\n", "r.jsonl:1: not a row of results"),
        ("r.jsonl", '{"path": "a", "kind": "keras", "status": "checked"}\n[1]\n', "r.jsonl:2: not a row"),
        ("r.jsonl", b"\xff\n", "r.jsonl:1: not a row of results"),
        ("r.parquet", b"PAR1 nonsense", "r.parquet: not a file of results"),
    ],
)
def test_a_file_that_is_none(run, name, content, said):
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    run.write(name, content)
    result = run("report", name)
    assert (result.code, said in result.err, result.err.count("\n")) == (2, True, 1)
    assert "no such file" in run("report", "nowhere.jsonl").err


def test_the_rows_of_a_scan_that_goes_on(run):
    whole = encoded(ResultRow("a.keras", "keras", "checked"))
    run.write("r.jsonl.part", whole + whole[:30])
    assert "checked 1 of 1 input" in run("report", "r.jsonl.part").out


def test_many_rows_are_a_bounded_amount():
    totals = Totals()
    finding = ResultFinding("r", "note", "low", "m")
    for number in range(5000):
        row = ResultRow(
            f"p{number}", "keras", "error", f"reason {number}", seconds=number, findings=(finding,)
        )
        totals.add(row)
    assert len(totals.reasons) == REASONS + 1
    assert totals.reasons["error", "other reasons"].inputs == 5000 - REASONS
    assert (totals.rules["r"].findings, len(totals.rules["r"].examples)) == (5000, EXAMPLES)
    assert totals.slowest[0] == (4999, "p4999")


def test_a_reason_is_one_wherever_it_is():
    totals = Totals()
    totals.add(ResultRow("a.py", "source", "error", "line 3: invalid syntax"))
    totals.add(ResultRow("b.py", "source", "error", "line 14: invalid syntax"))
    totals.add(ResultRow("c.ipynb", "notebook", "checked", unread=("cell 1, line 2: invalid syntax",)))
    found = {reason: total.examples for reason, total in totals.by_inputs}
    assert found == {"invalid syntax": ["a.py", "b.py"], "in part: invalid syntax": ["c.ipynb"]}


@pytest.mark.parametrize(
    ("path", "finding", "expected"),
    [
        ("a/m.keras", {"layer": "net/conv"}, "a/m.keras:net/conv"),
        ("a/x.py", {"line": 3, "column": 4}, "a/x.py:3:4"),
        ("a/x.ipynb", {"line": 3, "column": 4, "cell": 2}, "a/x.ipynb:cell 2:3:4"),
        ("a/x.py", {"line": 3, "column": 4, "file": "../b/y.py"}, "b/y.py:3:4"),
        ("git:r@v1:a/x.py", {"line": 1, "column": 1, "file": "y.py"}, "git:r@v1:a/y.py:1:1"),
        ("git:r@v1:x.py", {"line": 1, "column": 1, "file": "y.py"}, "git:r@v1:y.py:1:1"),
        ("memory://a/x.py", {}, "memory://a/x.py"),
    ],
)
def test_places(path, finding, expected):
    assert place_of(path, ResultFinding("r", "note", "low", "m", **finding)) == expected
