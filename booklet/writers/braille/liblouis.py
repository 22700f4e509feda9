"""Contracted Unified English Braille (grade 2), by the program of liblouis where that is installed.

Its tables are long and kept by people who read braille; this program has no copy of them. Text goes to it through a
pipe and nowhere else: no file, no argument.
"""

import re
import subprocess
from collections.abc import Sequence

from booklet.errors import BookletError, Problem
from booklet.writers.braille import ueb

PROGRAM, TABLE = "lou_translate", "en-ueb-g2.ctb"
SECONDS = 60
LONGEST = 1000
"""Characters in a line of its input; it reads about 2,000."""
EMPTY_CELL = "\u2800"
"""A space that is not taken for one within a number."""
GRADE_1 = "\u2830"
"""The sign that liblouis leaves out between a digit and a letter that would be read as one."""
NOTE = ("\u2808\u2828\u2823", "\u2808\u2828\u281c")
"""`ueb.NOTE` as cells that liblouis passes on."""
ADVICE = (
    "Install liblouis (on Debian and Ubuntu: apt install liblouis-bin), or choose --format braille:"
    " uncontracted braille needs nothing else."
)


def contracted(texts: Sequence[str]) -> dict[str, str]:
    """The cells of each line of print, all in one call. Raises BookletError when liblouis is not there or fails."""
    parts = {text: _parts(ueb.words(text)) for text in texts}
    lines = [line for found in parts.values() for line in found]
    made = iter(_translated(lines))
    return {text: " ".join(next(made) for _ in found) for text, found in parts.items()}


def _parts(words: list[str]) -> list[str]:
    """The words as lines that are short enough, spelled so that only the spaces in a number are taken for such."""
    lines = [""]
    capitals = {n for first, last in ueb.in_capitals(words) for n in range(first, last + 1)}
    for n, word in enumerate(words):
        if n in capitals:
            word = re.sub("([0-9])([A-J])", rf"\1{GRADE_1}\2", word)
        said = word.replace(ueb.BLANK, " ").replace("\\", "\\x005c")
        said = said.replace(ueb.OPEN, NOTE[0]).replace(ueb.CLOSE, NOTE[1])
        if lines[-1] and len(lines[-1]) + len(said) > LONGEST:
            lines.append(said)
        else:
            digits = lines[-1][-1:].isdigit() and said[:1].isdigit()
            lines[-1] += ("" if not lines[-1] else EMPTY_CELL if digits else " ") + said
    return lines


def _translated(lines: Sequence[str]) -> list[str]:
    try:
        done = subprocess.run(
            [PROGRAM, "--forward", TABLE],
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=True,
        )
    except FileNotFoundError:
        raise BookletError(
            Problem("Contracted braille needs liblouis, which is not on this computer.", ADVICE)
        ) from None
    except (subprocess.SubprocessError, OSError, UnicodeError):
        raise BookletError(Problem("liblouis could not make contracted braille.", ADVICE)) from None
    made = [_in_small_letters(line) for line in done.stdout.removesuffix("\n").split("\n")]
    if len(made) != len(lines):
        raise BookletError(Problem("liblouis could not make contracted braille.", ADVICE))
    return made


def _in_small_letters(line: str) -> str:
    """Of the two characters that stand for one cell, the one that this program uses."""
    return line.upper().translate({ord(a): b for a, b in zip("`{|}~", "@[\\]^", strict=True)}).lower()
