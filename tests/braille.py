"""Braille read back, by tables of their own: what the tests of the writer hold it against."""

import re
import subprocess
import unicodedata
from shutil import which

import pytest

from booklet.model import Document, Table, plain, walk, words
from booklet.paginate import Page
from booklet.writers import braille
from booklet.writers.braille import Layout
from booklet.writers.braille.cells import GOES_ON

DIGITS = dict(zip("abcdefghij", "1234567890", strict=True))
TWO_CELLS = {
    '"<': "(", '">': ")", ".<": "[", ".>": "]", "_<": "{", "_>": "}", "@<": "<", "@>": ">", "_/": "/", "_*": "\\",
    "_\\": "|", "@9": "~", "@5": "^", "@a": "@", "@&": "&", "_?": "#", '"9': "*", ".0": "%", '"6': "+", '"7': "=",
    "@l": "£", "@s": "$", "@e": "€", "^j": "°", "^c": "©", "_4": "•", ",8": "\u2018", ",0": "\u2019", ",-": "\u2013", ".-": "_",
    ",7": '"', ";8": "?",
}  # fmt: skip
ONE_CELL = {"4": ".", "1": ",", "3": ":", "2": ";", "6": "!", "'": "'", "-": "-", "0": '"'}
ACCENTS = {
    "^/": "\u0301",
    "^*": "\u0300",
    "^%": "\u0302",
    "^3": "\u0308",
    "^&": "\u0327",
    "^]": "\u0303",
    "^$": "\u030a",
}
BOLD = re.compile(r"\^[127](?! |$)|\^'")

needs_liblouis = pytest.mark.skipif(which("lou_translate") is None, reason="liblouis (lou_translate) is not installed")


def read_back(cells: str) -> str:
    """Uncontracted braille as print; the signs of bold are left out."""
    return _Reader(BOLD.sub("", cells)).text()


class _Reader:
    def __init__(self, cells: str) -> None:
        self.cells, self.at = cells, 0
        self.capitals = ""
        """Empty, one letter, a word or a passage: "", ",", ",,", ",,,"."""
        self.numeric = False

    def text(self) -> str:
        said = ""
        while self.at < len(self.cells):
            said += self.next(said)
        return said

    def take(self, count: int) -> str:
        self.at += count
        return self.cells[self.at - count : self.at]

    def next(self, said: str) -> str:
        one, two, three = (self.cells[self.at : self.at + n] for n in (1, 2, 3))
        if self.numeric and (one in DIGITS or one in "41"):
            return DIGITS.get(self.take(1)) or ONE_CELL[one]
        if self.numeric and one == '"' and two[1:] in DIGITS:
            self.take(1)
            return " "
        was_numeric, self.numeric = self.numeric, one == "#"
        if one == "#":
            self.capitals = "" if self.capitals == ",," else self.capitals
        if one == "#" or (one == ";" and was_numeric):
            self.take(1)
            return ""
        if three == ",,,":
            self.capitals = self.take(3)
            return ""
        if two in (",,", ",'"):
            self.capitals = {",,": ",,", ",'": ""}[self.take(2)]
            return ""
        if one.isalpha():
            return self.letter(self.take(1))
        if two in ACCENTS:
            self.take(2)
            return self.letter(self.cells[self.at], ACCENTS[self.take(1) and two])
        self.capitals = "" if self.capitals == ",," else self.capitals
        if two in TWO_CELLS:
            return TWO_CELLS[self.take(2)]
        if one == ",":
            self.capitals = self.take(1)
            return ""
        if one == "8":
            self.take(1)
            before = said.rstrip('"')
            return '"' if not before or before[-1] in " ([{<-\u2013" else "?"
        return ONE_CELL.get(self.take(1), one)

    def letter(self, letter: str, accent: str = "") -> str:
        made = letter.upper() if self.capitals else letter
        self.capitals = "" if self.capitals == "," else self.capitals
        return unicodedata.normalize("NFC", made + accent)


def translated(lines: list[str], table: str, direction: str = "--forward") -> list[str]:
    """Each line through liblouis, its cells in the letters that this program uses."""
    if direction == "--backward":
        lines = [line.translate({ord(a): b for a, b in zip("@[\\]^", "`{|}~", strict=True)}) for line in lines]
    done = subprocess.run(
        ["lou_translate", direction, table],
        input="\n".join(lines) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    made = done.stdout.removesuffix("\n").split("\n")
    if direction == "--forward":
        made = [line.translate({ord(a): b for a, b in zip("`{|}~", "@[\\]^", strict=True)}) for line in made]
    return made


def drawn(pages: list[Page], layout: Layout) -> list[list[str]]:
    """The lines of each page, in small letters, without the spaces that end one."""
    made = braille.write(pages, layout).decode("ascii").lower()
    return [[line.rstrip() for line in page.split("\r\n")[:-1]] for page in made.split("\f")[:-1]]


def spoken(pages: list[list[str]]) -> str:
    """All the pages read aloud, without their numbers, boxes, guide dots and what is said again."""
    lines = [line for page in pages for line in page[:-1] if line and line[:3] not in ("777", "ggg")]
    text = ""
    for line in lines:
        text += line.strip()[:-1] if line.endswith(GOES_ON) and not re.search(r' "+$', line) else f"{line.strip()} "
    return " ".join(read_back(re.sub(r' ""+ +#[a-j]+ ', " ", text)).split())


def told(document: Document) -> list[str]:
    """What has to be heard, in order; a heading that goes on to the next page is said again between."""
    tables = {plain(name) for _, block in walk(document.blocks) if isinstance(block, Table) for name in block.header}
    return [
        piece
        for each in words(document.blocks)
        if each not in tables
        for piece in (" ".join(line.split()) for line in each.split("\n"))
        if piece and "continued" not in piece
    ]
