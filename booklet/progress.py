"""How far a long task is: a bar with the time left where a terminal can draw one, else a plain line now and then."""

import math
import os
import shutil
import time
from collections.abc import Callable
from typing import TextIO

EVERY = 10.0
"""Seconds between plain lines: a screen reader reads each of them out (screen.md section 2)."""
CELLS = 20


def can_draw(stream: TextIO) -> bool:
    """Whether a line may be written over; not where a person or a program reads line by line."""
    plain = os.environ.get("BOOKLET_UI") == "plain" or os.environ.get("ACCESSIBLE", "") not in ("", "0", "false", "no")
    return stream.isatty() and not plain and os.environ.get("TERM", "") not in ("dumb", "unknown")


class Progress:
    """Of `total` things that take about as long as one another; `clock` counts seconds."""

    def __init__(self, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.stream, self.clock = total, stream, clock
        self.draws = can_draw(stream)
        self.start = self.said = clock()
        self.drawn = 0

    def show(self, done: int) -> None:
        """To be called often."""
        now = self.clock()
        left = time_left((now - self.start) / done * (self.total - done)) if done else "working out how long it takes"
        if self.draws:
            told, room = f"{done} of {self.total}, {left}", shutil.get_terminal_size().columns - 1
            drawn = f"{bar(done, self.total)} {told}"
            text = (drawn if len(drawn) <= room else told)[:room]
            self.stream.write("\r" + text.ljust(self.drawn))
            self.stream.flush()
            self.drawn = len(text)
        elif now - self.said >= EVERY:
            self.said = now
            print(f"{done} of {self.total} made, {left}.", file=self.stream, flush=True)

    def clear(self) -> None:
        """Take the bar away, so that something else can be said."""
        if self.drawn:
            self.stream.write("\r" + " " * self.drawn + "\r")
            self.stream.flush()
            self.drawn = 0


def bar(done: int, total: int) -> str:
    """How far it is, as text."""
    filled = CELLS * done // total
    return f"[{'#' * filled}{'.' * (CELLS - filled)}]"


def time_left(seconds: float) -> str:
    """Such as "about 2 minutes left": rounded up, for a person who waits."""
    minutes = math.ceil(seconds / 60)
    if minutes <= 1:
        return "less than a minute left"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"about {minutes} minutes left"
    return f"about {hours} hour{'s' * (hours > 1)} {rest} minutes left"
