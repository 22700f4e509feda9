"""A list made by a Dask cluster: a real scheduler and two workers, as a hospital would run them."""

import os
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest

from booklet.__main__ import run
from booklet.errors import ExitCode
from tests.conftest import MADE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_spec("distributed"), reason='Dask is not installed: pip install ".[cluster]"'),
]
LIST = "topics,text-size,name\n" + "breaks/taking-a-break,16,Canary\nbreaks/changing-treatment,18,Canary\n" * 3
SETTINGS = {
    "PYTHONPATH": str(Path(__file__).parent.parent),
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
}


def dask(log: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    with log.open("wb") as file:
        program = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"]
        return subprocess.Popen(
            program, env={**os.environ, **SETTINGS}, stdout=file, stderr=file, start_new_session=True
        )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    at = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        for name, more in (
            ("scheduler", ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(at)]),
            *((f"worker-{n}", ["dask_worker", "--scheduler-file", str(at), "--nthreads", "1"]) for n in (1, 2)),
        ):
            local = ["--local-directory", str(tmp_path / "work")] if "worker" in name else []
            running = stack.enter_context(dask(tmp_path / f"{name}.log", *more, *local))
            stack.callback(running.terminate)
        yield _ready(at, tmp_path)


def _ready(at: Path, tmp_path: Path) -> str:
    """Waits, in a process that may use the network, until both workers have come."""
    program = (
        "import sys, os, time, distributed\n"
        "while not os.path.exists(sys.argv[1]): time.sleep(0.05)\n"
        "client = distributed.Client(scheduler_file=sys.argv[1], timeout=60)\n"
        "client.wait_for_workers(2, timeout=60)\n"
        "print(client.scheduler.address)\n"
        "client.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(at)],
        check=False,
        env={**os.environ, **SETTINGS},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_cluster_makes_the_same_booklets_and_keeps_and_logs_no_name(tmp_path: Path, scheduler: str) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    asked = ["batch", str(tmp_path / "list.csv"), "--date", MADE.isoformat()]
    done = subprocess.run(
        [sys.executable, "-m", "booklet", *asked, "-d", str(tmp_path / "there"), "--cluster", scheduler],
        env={**os.environ, **SETTINGS},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert urllib.parse.urlsplit(scheduler).hostname == "127.0.0.1"
    assert run([*asked, "-d", str(tmp_path / "here")]) == ExitCode.DONE
    made = {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()}
    assert len(made) == 6
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "here").iterdir()}
    left = [*tmp_path.glob("*.log"), *(path for path in (tmp_path / "work").rglob("*") if path.is_file())]
    assert len(left) >= 3
    assert not [path for path in left if b"Canary" in path.read_bytes()]
