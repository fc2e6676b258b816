"""Build the documentation site: ``python docs/build.py [FOLDER]`` (default: ``build/site``).

The pages in ``docs/`` are copied, those that are made from the code are added: a page for each rule, an index
of the rules by group, the help of each command. Then zensical builds the site; a warning, a broken link or a
missing anchor ends the build. Needs ``pip install 'layoutlint[docs]'``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from layoutlint.model import project

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

COPIED = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
"""Pages at the top of the repository, with their names in the site."""

ELSEWHERE = re.compile(r"\]\((?:\.\./)*(?:tests|benchmarks|examples|layoutlint|LICENSE)[^)]*\)")
"""Links into the repository that the site does not hold: their text stays."""


def write_pages(target: Path) -> dict[str, list[str]]:
    """Write all pages of the site into a folder, and return the rule pages by group."""
    shutil.copytree(DOCS, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for source, name in COPIED.items():
        shutil.copy(ROOT / source, target / name)
    for page in target.rglob("*.md"):
        page.write_text(relinked(page.read_text(encoding="utf-8")), encoding="utf-8")
    (target / "commands.md").write_text("\n".join(command_lines()) + "\n", encoding="utf-8")
    return write_rules(target / "rules")


def relinked(text: str) -> str:
    """Return a page with its links as they are in the site."""
    text = ELSEWHERE.sub("]", text).replace("](docs/", "](")
    text = text.replace("](../rules)", "](rules/index.md)").replace("](../rules/", "](rules/")
    for source, name in COPIED.items():
        text = text.replace(f"](../{source}", f"]({name}").replace(f"]({source}", f"]({name}")
    return text


def write_rules(target: Path) -> dict[str, list[str]]:
    """Write a page for each rule and their index, and return the files by group."""
    from layoutlint.engine.groups import GROUPS, SUPPRESSION
    from layoutlint.engine.rules import builtin
    from layoutlint.reports.rule_page import pages

    target.mkdir()
    titles = {**GROUPS, SUPPRESSION: "Comments that silence findings"}
    index = ["# Rules", "", "`layoutlint rule NAME` prints the same pages.", ""]
    by_group: dict[str, list[str]] = {}
    every = pages(builtin())
    for group, title in titles.items():
        own = [page for page in every if page.group == group]
        index += [
            f"## {group}",
            "",
            f"{title}.",
            "",
            "| rule | severity | confidence | |",
            "|---|---|---|---|",
        ]
        for page in own:
            (target / f"{page.name}.md").write_text(page.text, encoding="utf-8")
            link = f"[{page.name}]({page.name}.md)"
            index.append(f"| {link} | {page.severity} | {page.confidence} | {page.summary} |")
        index.append("")
        by_group[group] = [f"rules/{page.name}.md" for page in own]
    (target / "index.md").write_text("\n".join(index), encoding="utf-8")
    return by_group


def command_lines() -> Iterator[str]:
    """Yield the page of the commands: what each prints with ``--help``."""
    import click

    from layoutlint.cli.commands import COMMANDS, cli

    yield "# Commands"
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        with click.Context(command, info_name=f"layoutlint {name}", max_content_width=100) as context:
            yield from ("", f"## layoutlint {name}", "", "```text", command.get_help(context), "```")


def settings(docs: Path, site: Path, rules: dict[str, list[str]]) -> dict[str, Any]:
    """Return the configuration of the site, with the rules in its navigation."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = set(re.findall(r"[\w/-]+\.md", json.dumps(found["nav"])))
    unlisted = sorted(page.name for page in DOCS.glob("*.md") if page.name not in listed)
    for entry in found["nav"]:
        if "Rules" in entry:
            entry["Rules"] = ["rules/index.md", *({group: files} for group, files in rules.items())]
        elif "Use" in entry:
            entry["Use"] += unlisted  # with their headings as titles
    addresses = {"site_url": project.SITE, "repo_url": project.REPOSITORY}
    found |= {key: address for key, address in addresses.items() if address}
    return found | {"docs_dir": str(docs), "site_dir": str(site)}


class Page(HTMLParser):
    """The links of a page, and the anchors in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up what a tag leads to, and what leads to it."""
        for name, value in attrs:
            if (
                name in ("href", "src")
                and value
                and not urlsplit(value).scheme
                and not value.startswith("//")
            ):
                self.links.add(value)
            elif name == "id" and value:
                self.anchors.add(value)


def broken_links(site: Path) -> Iterator[str]:
    """Yield what the pages of a built site link to within it that is not there."""
    found = {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    for path, page in sorted(found.items()):
        if path.name == "404.html":
            continue  # its links are those of the site's root, wherever that is
        for link in sorted(page.links):
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchors = found[target].anchors if target in found else {parts.fragment}
            if not target.is_file() or unquote(parts.fragment) not in anchors:
                yield f"{path.relative_to(site)}: {link}"


def build(site: Path) -> None:
    """Build the site. Raises SystemExit for a warning."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        rules = write_pages(work / "docs")
        # JSON is YAML
        configuration = work / "mkdocs.yml"
        configuration.write_text(json.dumps(settings(Path("docs"), Path("site"), rules)), encoding="utf-8")
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(configuration)]
        done = subprocess.run(command, cwd=work, check=False)
        if done.returncode:
            raise SystemExit(done.returncode)
        broken = [*broken_links((work / "site").resolve())]
        if broken:
            raise SystemExit("\n".join(["broken links:", *broken]))
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(work / "site", site)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site")
