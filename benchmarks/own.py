"""What only our own program does: its commands, its screens, its steps and its lists."""

import os
import pty
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.measure import ROOT, Figures, NotMeasuredError, Task, child, command, environment

ESCAPE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|.)", re.DOTALL)
QUESTION = re.compile(rb"[a-z]\?")
DOWN, OBEYED = b"\x1b[B", re.compile(rb"> Make booklets for a clinic list")
"""A key for the full screen, sent as soon as its first page can be read, and what that key leads to."""
PATIENCE = 60
"""Seconds after which a screen is given up."""
PACK = "newly-told"


def tasks(work: Path, booklets: int, packs: tuple[str, ...]) -> Iterator[Task]:
    """Of the commands as people give them; `booklets` is how long the list is."""
    for pack in packs:
        yield Task(("command", pack), partial(_command, pack, work))
    yield Task(("steps", packs[-1]), lambda: child(["steps", packs[-1]], work)[1])
    yield Task(("counting", ""), lambda: child(["counting"], work)[1])
    for flag in ("--screen", "--plain"):
        yield Task(("first", flag), partial(first_question, flag, work))
    numbers = count()
    for jobs in ("1", "2"):
        yield Task(("batch", jobs), partial(_batch, jobs, work, booklets, numbers))


def _command(pack: str, work: Path) -> Figures:
    return command(["-m", "booklet", "build", "--pack", pack, "-o", str(work / f"{pack}.pdf")], work)[0]


def _batch(jobs: str, work: Path, booklets: int, numbers: Iterator[int]) -> Figures:
    listed = work / "list.csv"
    listed.write_text("pack,text-size\n" + f"{PACK},18\n" * booklets, "utf-8")
    folder = str(work / f"batch-{next(numbers)}")
    figures, _ = command(["-m", "booklet", "batch", str(listed), "-d", folder, "--jobs", jobs], work)
    return {**figures, "a minute": 60 * booklets / figures["wall"]}


def first_question(flag: str, work: Path) -> Figures:
    """Seconds from starting the program in a terminal to the first question that can be read in it.

    For the full screen also to where a key pressed at that moment shows.
    """
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if not pid:  # the new process
        with suppress(OSError):
            os.chdir(ROOT)
            os.execve(
                sys.executable,
                [sys.executable, "-m", "booklet", flag],
                {**environment(work), "COLUMNS": "80", "LINES": "24"},
            )
        os._exit(127)
    try:
        seen = b""
        asked = obeyed = 0.0
        while time.perf_counter() - start < PATIENCE:
            more = _read(terminal, 1.0)
            if more is None:
                raise NotMeasuredError(f"this version asks no question with {flag}")
            seen += more
            text = ESCAPE.sub(b"", seen)
            if not asked and QUESTION.search(text):
                asked = time.perf_counter() - start
                if flag == "--screen":
                    os.write(terminal, DOWN)
            if asked and not obeyed and OBEYED.search(text):
                obeyed = time.perf_counter() - start
            if asked and not more:  # quiet, and still there: it waits for an answer
                return {"wall": asked, **({"obeyed": obeyed} if obeyed else {})}
        raise NotMeasuredError(f"no question in {PATIENCE} seconds")
    finally:
        os.close(terminal)
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
        os.waitpid(pid, 0)


def _read(terminal: int, seconds: float) -> bytes | None:
    """What there is to read; nothing when it is quiet so long; None when the program has ended."""
    if not select.select([terminal], [], [], seconds)[0]:
        return b""
    try:
        return os.read(terminal, 65536) or None
    except OSError:
        return None
