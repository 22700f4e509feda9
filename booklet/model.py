"""The document: what a booklet says, and nothing about how it looks.

The names are those of Pandoc and PDF. A `Document` holds `Block`s and the text of a block is a
tuple of `Run`s. A block is addressed by its `NodePath`, the indices that lead to it, so that a
line on a page, an element of the tag tree and a problem in a report can point at the same place.
Equal blocks occur twice, so identity and equality are no address.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

import msgspec

NodePath: TypeAlias = tuple[int, ...]


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of text with one set of marks. A newline in it is a line break."""

    text: str
    strong: bool = False
    href: str | None = None
    """An address, or `#anchor` for a place in this booklet."""
    page_of: str | None = None
    """An anchor whose page number follows the text; paged formats only, the others leave the run out."""


Runs: TypeAlias = tuple[Run, ...]


class Sample(msgspec.Struct, frozen=True):
    """A face and a size that a paragraph is set in whatever the stylesheet says: for pages to choose print by."""

    font: str
    size: float
    """In points, as set."""


class Heading(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Levels 1 and 2 are in the contents and the bookmarks; a level 1 begins a page."""

    level: int
    runs: Runs
    anchor: str = ""
    short: str = ""
    """What the foot of a page says where it has no room for the heading."""
    cover: bool = False
    """The title of the booklet."""
    colours: tuple[str, str] | None = None
    """Ink and paper of the pages from here on; None: those of the stylesheet, or of the heading before."""
    picture: str = ""
    """The name of a pictogram that stands beside the words and says the same."""
    sheet: bool = False
    """It begins a sheet of paper of its own, so that what is before it can be kept apart."""


class Paragraph(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    runs: Runs
    leads: bool = False
    """It says what the next block is, and is not parted from it."""
    sample: Sample | None = None


class ListItem(msgspec.Struct, frozen=True, omit_defaults=True):
    blocks: tuple["Block", ...]


class List(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    items: tuple[ListItem, ...]
    start: int | None = None
    """The first number of a numbered list; None for bullets."""

    def label(self, index: int) -> str:
        return "•" if self.start is None else f"{self.start + index}."


AdmonitionKind = Literal["key-points", "get-help", "note", "questions"]


class Admonition(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A titled box. It is kept on one page unless it is taller than a page."""

    kind: AdmonitionKind
    title: str
    blocks: tuple["Block", ...]
    picture: str = ""
    """The name of a pictogram that stands beside the title and says the same."""


class Emergency(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A locked block that begins a page: never reworded, shortened or set small, no item divided."""

    title: str
    blocks: tuple["Block", ...]
    anchor: str = ""
    back_cover: bool = False
    """The repeat that ends the last page."""


class Table(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """At most three columns (standards.md LP-20)."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


class WriteIn(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A label with lines under it to write on."""

    label: Runs
    lines: int = 1


class Ruler(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A line of known length, to check that a page was printed at its own size; on paper only."""

    label: Runs
    millimetres: int


class QrCode(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A text as a square that a camera reads; the same text stands before it in letters. On paper only."""

    text: str


class ContentsEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    level: int
    text: str
    anchor: str


class Contents(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    entries: tuple[ContentsEntry, ...]


Block: TypeAlias = Heading | Paragraph | List | Admonition | Emergency | Table | WriteIn | Ruler | QrCode | Contents


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    title: str
    """Also the title in the file's metadata, so it never holds a name or a sensitive topic."""
    language: str
    made: date
    """The date on the cover and in the file's metadata."""
    blocks: tuple[Block, ...]


def plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def bookmarks(blocks: tuple[Block, ...]) -> list[ContentsEntry]:
    """The headings of level 1 and 2, in order: what the contents, the bookmarks and the links point at."""
    entries = []
    for block in blocks:
        match block:
            case Heading(level, runs, anchor) if level <= 2:
                entries.append(ContentsEntry(level, plain(runs), anchor))
            case Emergency(title, _, anchor, back_cover):
                entries.append(ContentsEntry(1, f"{title} (again)" if back_cover else title, anchor))
            case _:
                pass
    return entries


def figure_text(figure: Ruler | QrCode) -> str:
    """What a reader who cannot see what is drawn is told."""
    if isinstance(figure, QrCode):
        return f"A square for a camera. It says: {figure.text}."
    return f"A straight line that measures {figure.millimetres} mm when printed at actual size."


def walk(blocks: tuple[Block, ...], path: NodePath = ()) -> Iterator[tuple[NodePath, Block]]:
    """Every block in reading order with its path, containers before contents."""
    for index, block in enumerate(blocks):
        here = (*path, index)
        yield here, block
        match block:
            case Admonition() | Emergency():
                yield from walk(block.blocks, here)
            case List():
                for n, item in enumerate(block.items):
                    yield from walk(item.blocks, (*here, n))
            case Heading() | Paragraph() | Table() | WriteIn() | Ruler() | QrCode() | Contents():
                pass


def words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The text of each leaf in reading order: what every format must carry, word for word.

    Page numbers are not among them: they belong to pages, not to the document.
    """
    for _, block in walk(blocks):
        match block:
            case Heading() | Paragraph():
                yield "".join(run.text for run in block.runs if run.page_of is None)
            case WriteIn():
                yield plain(block.label)
            case Admonition() | Emergency():
                yield block.title
            case Table():
                yield from (plain(cell) for row in (block.header, *block.rows) for cell in row)
            case Contents():
                yield from (entry.text for entry in block.entries)
            case List() | Ruler() | QrCode():
                pass
