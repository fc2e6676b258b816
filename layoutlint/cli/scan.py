"""``layoutlint scan``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from layoutlint.cli import exits, options, output
from layoutlint.cli.progress import Progress
from layoutlint.run.discovery import STANDARD_INPUT
from layoutlint.system.regular_files import words

if TYPE_CHECKING:
    from layoutlint.fleet.result_rows import ResultRow
    from layoutlint.fleet.results_file import ResultsFile
    from layoutlint.fleet.scanner import Scanner
    from layoutlint.fleet.scanning import Engine
    from layoutlint.fleet.totals import Totals
    from layoutlint.run.projects import Projects


def _shard(ctx: click.Context, parameter: click.Parameter, given: str | None) -> tuple[int, int]:
    """Return the number of a part and how many there are."""
    if given is None:
        return 1, 1
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", given)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter(f"{given!r} is not I/N with I from 1 to N", ctx, parameter)
    return int(found[1]), int(found[2])


@click.command("scan")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--from",
    "lists",
    multiple=True,
    metavar="FILE",
    help="Read paths from this file, one a line; - is standard input (repeatable).",
)
@click.option("--results", metavar="FILE", help="Write a row for each input: JSON lines, or .parquet.")
@click.option("--resume", is_flag=True, help="Go on where an interrupted run has stopped.")
@click.option(
    "--shard",
    callback=_shard,
    metavar="I/N",
    help="Take only part I of N, by the inputs' paths.",
)
@options.judgement
@options.reach
@options.jobs
@click.option(
    "--cluster",
    metavar="ADDRESS|local",
    help="Work on a cluster of dask.distributed: the address of its scheduler, or one of this machine.",
)
@options.exit_zero
@click.option("--quiet", "-q", is_flag=True, help="Print no summary.")
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    lists: tuple[str, ...],
    results: str | None,
    resume: bool,
    shard: tuple[int, int],
    jobs: int | None,
    cluster: str | None,
    exit_zero: bool,
    quiet: bool,
    **judgement: Any,
) -> None:
    """Check any number of models and programs, and write a row of results for each.

    A PATH is a file, a folder, a glob pattern, an address (s3://, hf:// ...), git:REPOSITORY@REVISION or
    git:REPOSITORY@REVISION:FOLDER. What an earlier run into the same results knows is not worked out again.
    """
    if not paths and not lists:
        raise click.UsageError("name a PATH, or a list with --from")
    if STANDARD_INPUT in paths:
        raise click.UsageError("a list from standard input is --from -")
    if resume and results is None:
        raise click.UsageError("--resume needs --results FILE")
    totals = _scan(paths, lists, results, resume, shard, jobs, cluster, quiet, judgement)
    if not quiet:
        from layoutlint.reports.fleet_text import summary_lines

        style = output.style(sys.stdout)
        output.result("".join(f"{line}\n" for line in summary_lines(totals, style)))
    elif totals.failed:
        output.problem(f"{totals.failed} of {totals.inputs} inputs could not be read")
    code = _code(totals)
    ctx.exit(exits.CLEAN if exit_zero and code == exits.FINDINGS else code)


def _scan(
    paths: Sequence[str],
    lists: Sequence[str],
    file: str | None,
    resume: bool,
    shard: tuple[int, int],
    jobs: int | None,
    cluster: str | None,
    quiet: bool,
    judgement: dict[str, Any],
) -> Totals:
    from layoutlint.fleet.git_trees import GitTrees
    from layoutlint.fleet.listing import ListError, Shard, listed
    from layoutlint.fleet.results_file import ResultsError, ResultsFile
    from layoutlint.fleet.scanner import Scanner
    from layoutlint.fleet.scanning import ClusterError, Earlier, scan
    from layoutlint.fleet.totals import Totals
    from layoutlint.run.configuration import ConfigurationError
    from layoutlint.run.rule_choice import chosen_rules

    projects = options.projects(**judgement)
    totals = Totals()
    progress = Progress(not quiet)
    trees = GitTrees()
    opened: ResultsFile | None = None
    engine: Engine | None = None

    def told(row: ResultRow, known: bool) -> None:
        totals.add(row, known)
        progress(totals.inputs)

    try:
        chosen_rules(projects.given)
        opened = ResultsFile(file) if file is not None else None
        scanner = Scanner(projects, trees)
        engine = _engine(cluster, jobs, scanner, projects)
        named = _named(paths, lists)
        pieces = listed(named, projects, trees, Shard(*shard))
        scan(pieces, Earlier(opened, scanner, resume=resume), engine, opened, told)
    except (ConfigurationError, ListError) as error:
        raise output.failure(str(error)) from None
    except (ResultsError, ClusterError) as error:
        raise output.failure(f"{error}{_kept(opened)}") from None
    except KeyboardInterrupt:
        progress.end()
        if opened is not None:
            output.remark(f"stopped after {totals.inputs} inputs{_kept(opened)}")
        raise
    finally:
        progress.end()
        if engine is not None:
            engine.close()
        trees.close()
        if opened is not None:
            opened.close()
    return totals


def _engine(cluster: str | None, jobs: int | None, scanner: Scanner, projects: Projects) -> Engine:
    """Return what works on the inputs: the pool of this machine, or a cluster."""
    if cluster is None:
        from layoutlint.fleet.on_pool import PoolEngine

        return PoolEngine(scanner, jobs)
    from layoutlint.fleet.on_cluster import ClusterEngine

    engine = ClusterEngine(cluster, projects, jobs)
    if engine.dashboard is not None:
        output.remark(f"dashboard: {engine.dashboard}")
    return engine


def _kept(opened: ResultsFile | None) -> str:
    """Return what is left of a run that has stopped."""
    if opened is None or not opened.keeps_rows:
        return ""
    return f"; the rows so far are in {opened.part}, and --resume goes on"


def _named(paths: Sequence[str], lists: Sequence[str]) -> Iterator[str]:
    """Yield the paths of the command line, then those of the lists."""
    from layoutlint.fleet.listing import ListError, lines

    yield from paths
    for name in lists:
        try:
            if name == STANDARD_INPUT:
                if sys.stdin is None:
                    raise ListError("standard input is closed")
                stream: BinaryIO = sys.stdin.buffer
                yield from lines(stream)
            else:
                with open(name, "rb") as stream:  # noqa: PTH123
                    yield from lines(stream)
        except (OSError, ValueError) as error:
            raise ListError(f"{name}: {words(error)}") from None
        except ListError as error:
            raise ListError(f"{name}: {error}") from None


def _code(totals: Totals) -> int:
    if totals.failed:
        return exits.ERROR
    if totals.severe:
        return exits.FINDINGS
    return exits.CLEAN if totals.statuses["checked"] else exits.NOTHING
