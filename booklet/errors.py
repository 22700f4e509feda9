"""What can go wrong, said once, in words that a nurse or a content author can act on."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the command tells the program that ran it (product.md section 8)."""

    DONE = 0
    FAILED = 1
    BAD_REQUEST = 2
    PRINTING_FAILED = 3
    STOPPED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, and how; with its file and line where there is a file."""

    what: str
    advice: str = ""
    path: Path | None = None
    line: int | None = None
    warning: bool = False
    """Worth a second look, and no reason to refuse."""

    def __str__(self) -> str:
        """For a terminal or a log, whatever is in the file that it quotes."""
        place = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        parts = (printable(part) for part in (self.what, self.advice))
        said = f"{'Look again: ' if self.warning else ''}{' '.join(parts)}".strip()
        return f"{printable(place)}: {said}" if place else said


class BookletError(Exception):
    """What a user can put right; everything else is a bug of ours and stays a traceback."""

    exit_code = ExitCode.FAILED

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class ContentError(BookletError):
    """A file in `content/` needs mending."""


class LayoutError(BookletError):
    """A file in `layouts/` needs mending."""


class RequestError(BookletError):
    """What was asked for cannot be made as it was asked."""

    exit_code = ExitCode.BAD_REQUEST


class OutputError(BookletError):
    """The booklet was made but could not be written where it should go."""


class PrintingError(BookletError):
    """The booklet is as it was, and did not reach a printer or a reader of PDFs."""

    exit_code = ExitCode.PRINTING_FAILED


LONGEST_SAID = 2000
"""Letters of one thing that is shown: a list of every choice is shorter, and a file made to flood a screen is not."""


def printable(text: str, most: int = LONGEST_SAID) -> str:
    """A text on one line, safe to show: what could drive a terminal, or turn the order of letters round, is a "?"."""
    shown = "".join(
        char if char.isprintable() else " " if unicodedata.category(char) == "Zs" else "?" for char in text[:most]
    )
    return f"{shown}..." if len(text) > most else shown


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest; empty when none is near."""
    import difflib

    names = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), list(names), n=1, cutoff=0.6)
    return names[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Advice that names the nearest known word, or nothing when none is near."""
    near = nearest(word, known)
    return f"Did you mean {near}?" if near else ""


def fault_code(error: BaseException) -> str:
    """Where in the program it happened, and nothing about what was asked for."""
    import traceback

    error = getattr(error, "error", error)  # Textual wraps what failed in a worker
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "booklet" in Path(frame.filename).parts] or frames[-1:]
    place = f"{Path(ours[-1].filename).stem}-{ours[-1].lineno}" if ours else "start"
    return f"{place}-{type(error).__name__}"
