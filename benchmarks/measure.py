"""Running things in processes of their own, in random order, and what their times come to."""

import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = 7
"""Of the order of the runs."""
Figures = dict[str, float]


class NotMeasuredError(Exception):
    """Why something cannot be measured here."""


@dataclass(frozen=True)
class Task:
    """Something to measure once in each round."""

    key: tuple[str, ...]
    run: Callable[[], Figures]


@dataclass(frozen=True)
class Spread:
    median: float
    least: float
    most: float


def environment(home: Path) -> dict[str, str]:
    """The same for every process: no hash of a string, date or setting differs between two runs."""
    fixed = {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1795219200",
        "BOOKLET_HOME": str(home),
        "TERM": "xterm-256color",
    }
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "BOOKLET"))} | fixed


def command(arguments: Sequence[str], home: Path) -> tuple[Figures, str]:
    """A fresh Python from start to end, and what it printed. Raises NotMeasuredError with what it complained of."""
    errors = home / "errors.txt"
    start = time.perf_counter()
    with errors.open("wb") as complaints:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        assert process.stdout is not None
        with process.stdout:
            printed = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = errors.read_text("utf-8", errors="replace").strip().splitlines() or ["it said nothing"]
        raise NotMeasuredError(said[-1])
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime}, printed


def child(arguments: Sequence[str], home: Path) -> tuple[Figures, Figures]:
    """The process as seen from outside, and what it measured itself."""
    outside, printed = command(["-m", "benchmarks.child", *arguments], home)
    found: Figures = json.loads(printed)
    return outside, found


def rounds(
    tasks: Sequence[Task], runs: int, tell: Callable[[str], None]
) -> tuple[dict[tuple[str, ...], list[Figures]], dict[tuple[str, ...], str]]:
    """The figures of each task in each round, and why tasks were not measured. Each round has its own order, so that a
    spell in which the machine is busy falls on all of them alike.
    """
    order = random.Random(SEED)
    found: dict[tuple[str, ...], list[Figures]] = {}
    failed: dict[tuple[str, ...], str] = {}
    for number in range(1, runs + 1):
        shuffled = [task for task in tasks if task.key not in failed]
        order.shuffle(shuffled)
        for task in shuffled:
            tell(f"round {number} of {runs}: {', '.join(task.key)}")
            try:
                found.setdefault(task.key, []).append(task.run())
            except NotMeasuredError as e:
                failed[task.key] = str(e)
                found.pop(task.key, None)
    return found, failed


def spread(values: Iterable[float]) -> Spread:
    ordered = sorted(values)
    return Spread(statistics.median(ordered), ordered[0], ordered[-1])


def spreads(runs: Sequence[Mapping[str, float]]) -> dict[str, Spread]:
    return {name: spread(run[name] for run in runs) for name in runs[0]}


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """How a time grows with the pages: 1 in step with them, 2 with their square. None from fewer than two points."""
    logs = [(math.log(pages), math.log(seconds)) for pages, seconds in points]
    return statistics.linear_regression(*zip(*logs, strict=True)).slope if len(logs) > 1 else None
