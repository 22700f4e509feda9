"""Work that takes time, done in another thread: what a page asks for and what the app gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Stopped(Exception):  # noqa: N818  # it is no error
    """The person stopped the work, or it is no longer wanted."""


class Tell(Protocol):
    """How a job says what it has found so far. Raises Stopped when the job is no longer wanted."""

    def __call__(self, found: object = None) -> None: ...


@dataclass(frozen=True)
class Job:
    """Work for another thread; of each group only the newest is wanted."""

    group: str
    run: Callable[[Tell], Any]
    then: Callable[[Any], None]
    """What to do with the result, Stopped or an exception included, back in the thread of the screen."""
    told: Callable[[Any], None] = lambda found: None


class Host(Protocol):
    """What the desk needs of the app."""

    def start(self, job: Job) -> None: ...
    def stop(self, group: str) -> None: ...
    def exit(self, code: int) -> None: ...
