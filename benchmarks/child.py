"""One measurement in a fresh process: `python -m benchmarks.child KIND ARGUMENTS` prints figures as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks import look
from benchmarks.engines import engine

T = TypeVar("T")


def main(kind: str, *arguments: str) -> None:
    if kind == "build":
        name, text, looks, output, times = arguments
        found = build(name, Path(text), Path(looks), Path(output), int(times))
    else:
        from benchmarks import stages

        found = stages.KINDS[kind](*arguments)
    print(json.dumps(found))


def build(name: str, text: Path, looks: Path, output: Path, times: int) -> dict[str, float]:
    """Builds so many times and keeps the last; the time of the last, and the most memory that was used."""
    chosen = engine(name)
    known = look.load(looks)
    for _ in range(times):
        data, wall, cpu = timed(lambda: chosen.build(text.read_text("utf-8"), known))
    output.write_bytes(data)
    return {"wall": wall, "cpu": cpu, "memory": most_memory()}


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What it returns, the seconds it took, and the seconds of processors it used."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    return made, time.perf_counter() - wall, time.process_time() - cpu


def most_memory() -> float:
    """In bytes, of this process alone: on Linux `ru_maxrss` begins with what the process that started this one had."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
