"""The command: measure, print the tables, write docs/performance.md and its chart."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import compare, own, report
from benchmarks.chart import chart
from benchmarks.engines import NAMES, OURS, PACKAGES, version
from benchmarks.measure import ROOT, Figures, rounds

LENGTHS = (10, 40, 160, 640)
RUNS = 5
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "performance.svg"


def main(argv: list[str] | None = None) -> int:
    asked = _parser().parse_args(argv)
    whole = not (asked.quick or asked.pages or asked.engines)
    lengths = asked.pages or ([LENGTHS[0]] if asked.quick else list(LENGTHS))
    wanted = list(dict.fromkeys([OURS, *(asked.engines or NAMES)]))
    engines = [name for name in wanted if version(name)]
    left_out = {name: f"not installed: {PACKAGES[name]}" for name in wanted if name not in engines}
    runs = asked.runs or (1 if asked.quick else RUNS)
    with tempfile.TemporaryDirectory(prefix="booklet-benchmarks-") as folder:
        results = measured(engines, lengths, runs, asked.quick, left_out, Path(folder))
    tables = report.tables(results)
    print(json.dumps(report.as_data(results), indent=2) if asked.json else tables)
    if whole:
        _write(results, tables)
    ours = {key: why for key, why in results.failed.items() if key[0] == OURS}
    return 1 if ours else 0


def measured(
    engines: list[str], lengths: list[int], runs: int, quick: bool, left_out: dict[str, str], work: Path
) -> report.Results:
    """Every engine at every length and what is our own, in rounds; the first run of each is thrown away."""
    load = os.getloadavg()[0]
    compare.texts(lengths, work)
    builds = list(compare.tasks(engines, lengths, work))
    ours = list(
        own.tasks(work, booklets=2 if quick else 12, packs=("newly-told",) if quick else ("newly-told", "everything"))
    )
    if not quick:
        shortest = [task for task in builds if task.key[1] == str(min(lengths))]
        rounds([*shortest, *ours], 1, lambda text: _tell(f"warming up, {text}"))
    found, failed = rounds([*builds, *ours], runs, _tell)
    rows = tuple(compare.rows(found, engines, lengths, work))
    mine: dict[tuple[str, ...], list[Figures]] = {task.key: found[task.key] for task in ours if task.key in found}
    return report.Results(runs, rows, mine, failed, left_out, load)


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _write(results: report.Results, tables: str) -> None:
    told = report.in_words(results)
    PICTURE.write_text(chart(report.lines(results), told), "utf-8")
    made = f"![{told}](pictures/{PICTURE.name})\n\n{tables}"
    PAGE.write_text(report.within(PAGE.read_text("utf-8"), made), "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="How fast booklets are made, beside others."
    )
    parser.add_argument("--quick", action="store_true", help="one run of about ten pages, to see that it works")
    parser.add_argument(
        "--pages", type=int, action="append", metavar="N", help="only about so many pages; more than once if wanted"
    )
    parser.add_argument("--runs", type=int, metavar="N", help=f"how often each thing is measured; usually {RUNS}")
    parser.add_argument("--engines", nargs="+", choices=list(NAMES), help="only these, and ours")
    parser.add_argument("--json", action="store_true", help="for programs, instead of the tables")
    return parser


if __name__ == "__main__":
    sys.exit(main())
