"""Saying and hearing one line at a time: plain characters, only ever added below what was said before.

Nothing is sent that moves the cursor, so a speech synthesiser, a braille line and a log file get the same bytes.
"""

import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap
from typing import TextIO

NARROWEST = 20
"""Letters a line, at the least that anybody can ask for."""
LETTERS = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2022": "-",
    "\u00b7": "-",
    "\u2026": "...",
    "\u00a3": "GBP ",
    "\u00b0": " degrees ",
    "\u00d7": "x",
    "\u00df": "ss",
}
"""How letters that are not ASCII are said, where taking the accent away is not enough."""


class Own(str):
    """A person's own words: said as they were typed."""

    __slots__ = ()


class EndOfAnswersError(Exception):
    """There is nothing more to hear."""


def ascii_of(text: str) -> str:
    """The text in ASCII: by `LETTERS`, else without its accents, else a question mark for each letter."""
    if text.isascii():
        return _visible(text)
    known = "".join(LETTERS.get(char, char) for char in text)
    bare = (char for char in unicodedata.normalize("NFKD", known) if not unicodedata.combining(char))
    return _visible("".join(char if char.isascii() else "?" for char in bare))


def _visible(text: str) -> str:
    """Without any character that drives a terminal."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "?" for char in text)


def sentence(text: str) -> str:
    """With a full stop, so that speech pauses."""
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


class Voice:
    """Where questions are said and answers are heard; `width` in letters, 0 for that of the terminal."""

    def __init__(self, source: TextIO, out: TextIO, width: int = 0) -> None:
        self.source, self.out, self.given = source, out, width
        self.is_terminal = source.isatty()
        self.heard_any = False

    @property
    def width(self) -> int:
        return self.given or max(shutil.get_terminal_size().columns, NARROWEST)

    @property
    def height(self) -> int:
        return shutil.get_terminal_size().lines

    def lines(self, parts: Iterable[str]) -> list[str]:
        text = "".join(_visible(part) if isinstance(part, Own) else ascii_of(part) for part in parts)
        return wrap(text, self.width, break_long_words=False, break_on_hyphens=False)

    def say(self, *parts: str) -> None:
        """One paragraph of the parts joined."""
        for line in self.lines(parts):
            self.out.write(f"{line}\n")

    def where(self, path: Path) -> None:
        """A path on a line of its own, not divided at its spaces."""
        self.out.write(f"{_visible(str(path))}\n")

    def blank(self, lines: int = 1) -> None:
        self.out.write("\n" * lines)

    def prompt(self, text: str) -> None:
        """On a line of its own; the answer follows it."""
        self.out.write("\n".join(self.lines([text])) + " ")
        self.out.flush()

    def hear(self) -> str:
        """What was typed, without the spaces around it. Raises EndOfAnswersError."""
        try:
            line = self.source.readline()
        except KeyboardInterrupt:
            self.blank()
            raise
        if not (line and self.is_terminal):
            self.blank()  # nobody pressed Enter on this screen
        if not line:
            raise EndOfAnswersError
        self.heard_any = True
        return line.strip()

    def ask(self, prompt: str) -> str:
        self.prompt(prompt)
        return self.hear()
