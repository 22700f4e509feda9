"""Many booklets at once, by processes of this computer or of a cluster; nothing here writes to disk.

Whoever asked for the booklets gets each as bytes when it is made, and saves it: the workers leave nothing behind.
"""

import gc
import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from booklet import __version__, paths
from booklet.build import build
from booklet.errors import BookletError, Problem, RequestError, fault_code
from booklet.library import Library
from booklet.request import Request

TICK = 0.5
"""Seconds between two looks at how far it is."""
AT_A_CLUSTER = 100
"""How many booklets are under way at a cluster, whose workers may come and go."""
LOST = Problem(
    "The process that made this booklet was ended from outside.", "Perhaps memory ran out. Try it again with --jobs 1."
)
_ONE_AT_A_TIME = threading.Lock()
"""A worker of a cluster may have several threads, and faces and pictures are read once per process."""


class Job(msgspec.Struct, frozen=True):
    """One booklet to make. What is in it is kept out of logs, also of those of a cluster."""

    number: int
    """Its place in the list, counted from 1."""
    request: Request
    content: tuple[Path, ...] = ()
    """Folders beside our content."""
    edition: str = ""
    """The `edition` that a worker must have; empty where it cannot have another."""

    def __repr__(self) -> str:
        return f"Job({self.number})"


class Made(msgspec.Struct, frozen=True):
    """A booklet, or what kept it from being made."""

    data: bytes = b""
    folded: tuple[bytes, ...] = ()
    """The files for the printer, where the request asks for folding."""
    pages: int = 0
    sheets: int = 0
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return "Made(...)"


Pool = Callable[[], AbstractContextManager[Executor]]
"""Opens workers and closes them."""


def make(job: Job) -> Made:
    """The booklet of a job, in whichever process. Never raises: what an error says of a job could be logged far away."""
    try:
        with _ONE_AT_A_TIME:
            if job.edition and job.edition != edition(job.content):
                advice = "Install the same program and content on every computer, and start its worker again."
                return Made(
                    problems=(Problem("A computer of the cluster has another edition of the booklets.", advice),)
                )
            booklet = build(_library(job.content), job.request)
        return Made(booklet.data, booklet.folded, booklet.pages or 0, booklet.sheets or 0, booklet.warnings)
    except BookletError as e:
        return Made(problems=e.problems)
    except Exception as e:  # noqa: BLE001  a fault in one booklet is no reason to make none of the others
        advice = "Please tell the person who looks after the program."
        return Made(problems=(Problem(f"Something went wrong inside this program. Code: {fault_code(e)}.", advice),))


@cache
def _library(content: tuple[Path, ...]) -> Library:
    """Read once per process."""
    return Library.load(paths.CONTENT, *content)


@cache
def edition(content: tuple[Path, ...] = ()) -> str:
    """What tells one installation from another: the program and every file that ends up in booklets."""
    digest = hashlib.sha256(__version__.encode())
    for folder in (paths.CONTENT, paths.LAYOUTS, *content):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def make_all(
    jobs: Iterable[Job], pool: Pool, window: int, tick: Callable[[], None]
) -> Generator[tuple[Job, Made], None, None]:
    """Each job with what became of it, as they are done; one that fails never stops the others.

    At most `window` are under way, so that few booklets wait in memory. When a worker dies, those under way are tried
    again one by one: whichever brings its worker down again has failed. `tick` is called about every TICK seconds.
    """
    waiting, suspects = deque(jobs), deque[Job]()
    while waiting or suspects:
        alone = bool(suspects)
        queue = suspects if alone else waiting
        running: dict[Future[Made], Job] = {}
        try:
            with pool() as workers:
                while queue or running:
                    while queue and len(running) < (1 if alone else window):
                        future = _submit(workers, queue[0])
                        running[future] = queue.popleft()
                    done, _ = wait(running, TICK, FIRST_COMPLETED)
                    tick()
                    for future in done:
                        made = _result(future)
                        yield running.pop(future), made
        except BrokenExecutor:
            lost = list(running.values()) or [queue.popleft()]  # or the workers would not even start
            if alone:
                yield from ((job, Made(problems=(LOST,))) for job in lost)
            else:
                suspects.extend(lost)


def _submit(workers: Executor, job: Job) -> "Future[Made]":
    """A process that this starts is to be stopped by us, not by a Ctrl+C that it would explain at length."""
    if not hasattr(signal, "pthread_sigmask"):
        return workers.submit(make, job)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return workers.submit(make, job)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: "Future[Made]") -> Made:
    """Raises BrokenExecutor when the workers of this computer are gone."""
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except Exception:  # noqa: BLE001  a cluster has many, and none of them is about the booklet
        return Made(problems=(Problem("A computer of the cluster failed.", "See whether all its workers run."),))


@contextmanager
def processes(jobs: int, content: tuple[Path, ...]) -> Iterator[Executor]:
    """Workers of this computer. Left by an exception, they are ended at once."""
    others = set(multiprocessing.active_children())
    start = multiprocessing.get_context("spawn")  # the same on every system, and no worker holds another's pipes
    pool = ProcessPoolExecutor(jobs, start, _begin, (content,))
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        pool.shutdown(cancel_futures=True)  # waits for its own thread, which Python would trip over at its end
        raise


def _begin(content: tuple[Path, ...]) -> None:
    """A worker starts: it reads what it needs, and ends when the program that started it does, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from booklet import fonts

    _library(content)
    fonts.face(fonts.USUAL)
    gc.set_threshold(100_000, 50, 50)
    gc.freeze()  # what has been read stays, so that nobody need look through it again


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler. Raises RequestError when there are none to be had."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        advice = 'Install it with the extra "cluster" (docs/batch.md), or leave --cluster out.'
        raise RequestError(Problem("A cluster needs Dask, which is not installed.", advice)) from None
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError, TypeError):
        advice = "See whether the scheduler runs, and whether its certificates are set up (docs/batch.md)."
        raise RequestError(Problem("The cluster cannot be reached.", advice)) from None
    with client:
        if not client.nthreads():
            raise RequestError(Problem("The cluster has no workers.", "Start some (docs/batch.md)."))
        yield client.get_executor(pure=False)


def check_address(address: str, personal: bool) -> None:
    """Raises RequestError for an address that is none, and for one over which personal details would go unprotected."""
    advice = "Write it such as tls://scheduler.example.org:8786."
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("tcp", "tls") and parts.hostname and parts.port
    except ValueError:
        known = False
    if not known:
        raise RequestError(Problem("This is not the address of a scheduler.", advice))
    if parts.scheme == "tcp" and personal and not _is_here(parts.hostname or ""):
        what = "This list has personal details in it, and others on the network could read them at this address."
        raise RequestError(Problem(what, "Use a scheduler with TLS, tls:// (docs/batch.md), or leave --cluster out."))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
