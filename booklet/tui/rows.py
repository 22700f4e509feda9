"""What a page is made of: rows of text whose state is text, and how a row becomes lines of a given width.

Stock controls differ by colour alone and use glyphs that consoles lack. Here `[x]`, `(*)` and the pointer `>` say it,
and every row wraps: nothing is cut and nothing ends in dots.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

ON, OFF = {"many": "[x]", "one": "(*)"}, {"many": "[ ]", "one": "( )"}
POINTER = "> "
COLUMN = 34
"""The widest label beside which notes stand in a column of their own, in cells; a wider one has its note below."""
CHUNK = 3
"""The most lines of text that are one stop: a longer paragraph would not fit on a magnified screen."""


@dataclass(frozen=True)
class Row:
    """One thing on a page. With a key the keyboard can reach it; a row without is only read."""

    text: str
    key: str = ""
    group: str = ""
    """Tab goes from group to group, the arrows from row to row."""
    mark: str = ""
    """Whether it is chosen, as text."""
    note: str = ""
    """Of less weight: beside the text where there is room, else below it."""
    value: str | None = None
    """What was typed, for a line to type on."""
    personal: bool = False
    """What was typed is about a person and can be hidden."""
    bold: bool = False
    indent: int = 0
    reads: bool = False
    """It is reached only to be read: pressing it does nothing."""


class Line(NamedTuple):
    """A line of the screen, padded by whoever draws it."""

    text: str
    focused: bool = False
    bold: bool = False


def cell_len(text: str) -> int:
    """How many cells a text is wide; nearly all of them are as wide as long."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as cells

    return cells(text)


def mark(kind: str, chosen: bool) -> str:
    return (ON if chosen else OFF)[kind]


def option(key: str, text: str, kind: str, chosen: bool, note: str = "", indent: int = 0) -> Row:
    """Something to choose, of the question that stands before "=" in its key."""
    return Row(text, key, key.partition("=")[0], mark(kind, chosen), note, indent=indent)


def button(key: str, text: str, note: str = "") -> Row:
    return Row(f"[ {text} ]", key, key, note=note)


def entry(key: str, label: str, value: str, personal: bool = True) -> Row:
    """A line to type on."""
    return Row(label, key, key, value=value, personal=personal)


def heading(text: str) -> Row:
    return Row(text, bold=True)


def reading(texts: Iterable[str], key: str = "read") -> Iterator[Row]:
    """Text that the arrows go through, so that a braille display or a magnifier follows it."""
    for n, text in enumerate(texts):
        yield Row(text, f"{key}-{n}", key, reads=True) if text else Row("")


def fold(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` cells, cut after spaces where there are any; together they are the text."""
    pieces, start = [], 0
    while cell_len(text[start:]) > width:
        end = start + 1
        while end < len(text) and cell_len(text[start : end + 1]) <= width:
            end += 1
        if end < len(text) and text[end] == " ":
            end += 1  # the space that ends a line needs no cell
        space = text.rfind(" ", start, end)
        end = space + 1 if space > start else end
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]] if start < len(text) or not pieces else pieces


def padded(text: str, width: int) -> str:
    return text + " " * max(width - cell_len(text), 0)


def lead(row: Row, pointed: bool, width: int) -> str:
    """What stands before the label: a margin, the pointer, the indent and the mark."""
    margin = " " if width >= 60 else ""
    pointer = (POINTER if pointed else " " * len(POINTER)) if row.key else ""
    return f"{margin}{pointer}{' ' * row.indent}{row.mark}{' ' if row.mark else ''}"


def label(row: Row) -> str:
    return row.text if row.value is None else f"{row.text}: {row.value}"


def lines(row: Row, width: int, pointed: bool = False, column: int = 0) -> list[str]:
    """A row as lines; `column` is where its note begins, counted from its label, if it can stand beside it."""
    start = lead(row, pointed, width)
    room = max(width - len(start) - 1, 8)
    pieces = [piece.rstrip() if row.value is None else piece for piece in fold(label(row), room)]
    beside = room - column - 2
    if row.note and 0 < cell_len(pieces[0]) <= column and len(pieces) == 1 and beside >= 12:
        notes = [piece.rstrip() for piece in fold(row.note, beside)]
        pieces = [f"{padded(pieces[0], column)}  {notes[0]}", *(" " * (column + 2) + more for more in notes[1:])]
    elif row.note and len(pieces) == 1 and cell_len(pieces[0]) + 2 + cell_len(row.note) <= room:
        pieces = [f"{pieces[0]}  {row.note}"]
    elif row.note:
        under = " " * min(len(start) + 2, 4 if width < 40 else width)
        notes = [under + piece.rstrip() for piece in fold(row.note, width - len(under) - 1)]
        return [start + pieces[0], *(" " * len(start) + piece for piece in pieces[1:]), *notes]
    return [start + pieces[0], *(" " * len(start) + piece for piece in pieces[1:])]


def column_of(rows: Iterable[Row], width: int) -> int:
    """Where the notes of these rows stand: beside the widest label that leaves them room; 0 where there is none."""
    widths = [cell_len(label(row)) + row.indent for row in rows if row.note and row.key]
    fitting = [each for each in widths if each <= COLUMN]
    return max(fitting, default=0) if width >= 60 else 0


def caret_of(row: Row, width: int, caret: int) -> tuple[int, int]:
    """The line and the cell of a row where the next letter typed goes."""
    start = lead(row, True, width)
    before = len(row.text) + 2 + caret
    pieces = fold(label(row), max(width - len(start) - 1, 8))
    for n, piece in enumerate(pieces):
        if before <= len(piece) and not (before == len(piece) and n + 1 < len(pieces)):
            return n, len(start) + cell_len(piece[:before])
        before -= len(piece)
    return len(pieces) - 1, len(start) + cell_len(pieces[-1])


def stops(rows: Iterable[Row], width: int) -> Iterator[Row]:
    """The rows with every text in parts that a small screen can hold."""
    for row in rows:
        if row.value is not None or (row.key and not row.reads):
            yield row
            continue
        room = max(width - len(lead(row, False, width)) - 1, 8)
        pieces = fold(row.text, room)
        for n in range(0, len(pieces), CHUNK):
            key = f"{row.key}.{n}" if row.key and n else row.key
            yield Row("".join(pieces[n : n + CHUNK]), key, row.group, bold=row.bold, reads=row.reads)
